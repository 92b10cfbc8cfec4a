"""What the front page, feeds, calendars and site maps are made of."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db.models import EmailField
from django.utils import translation

from terril.site.people.models import Person
from terril.site.website.navigation import PUBLIC_PAGES
from terril.site.website.queries import (
    calendar,
    front,
    legal,
    news,
    organisations,
    sitemap,
    sources,
    texts,
)
from terril.site.website.rules.processing import PROCESSINGS
from tests.factories.people import OrganisationFactory
from tests.factories.places import PlaceFactory
from tests.factories.programme import NOW, CallFactory, DossierFactory, RegimeFactory
from tests.factories.projects import ProjectFactory
from tests.website import world

pytestmark = pytest.mark.django_db


def test_the_front_page_shows_the_open_call_and_the_last_labels():
    world.territory()
    (call,) = world.calls()
    world.labels(2)

    page = front.front(at=NOW)

    assert (page.call, page.is_open, page.has_examples) == (call, True, True)
    assert page.call_text == "Un appel pour essayer."
    assert [row.name for row in page.laureates] == [
        "Forêt urbaine 0",
        "Forêt urbaine 1",
    ]
    assert (page.population.communes, page.population.municipal) == (2, 2000)
    assert page.coverage.known == 2


def test_the_front_page_draws_one_spot_where_labels_share_a_point():
    world.territory()
    world.labels(2)

    (spot,) = front.front(at=NOW).drawing.spots

    assert (spot.label, spot.name) == ("1 · 2", "Forêt urbaine 0, Forêt urbaine 1")


def test_the_front_page_does_without_a_territory_a_call_or_a_label():
    page = front.front(at=NOW)

    assert (page.call, page.drawing, page.population) == (None, None, None)
    assert (page.call_text, page.laureates, page.has_examples) == ("", [], False)


def test_a_label_without_a_known_place_is_on_no_map():
    world.territory()
    call = CallFactory(unknown_dates=True)
    ProjectFactory(call=call)
    ProjectFactory(call=call, longitude=7.0, latitude=43.0)

    assert front.front(at=NOW).drawing.spots == ()


def test_a_territory_without_outlines_has_no_drawing():
    kept = world.territory()
    kept.members.get().place.outlines.all().delete()

    assert front.front(at=NOW).drawing is None


def test_the_call_of_the_day_is_the_open_one_else_the_next():
    (opened,) = world.calls()
    later = CallFactory(
        code="2027",
        opens_at=NOW + timedelta(days=300),
        closes_at=NOW + timedelta(days=400),
    )

    assert front.front(at=NOW).call == opened
    after = front.front(at=NOW + timedelta(days=100))
    assert (after.call, after.is_open) == (later, False)


def test_the_label_page_reads_the_published_rules_the_latest_first(settings):
    settings.TERRITORY = "elsewhere"
    RegimeFactory(key="a-2012")
    RegimeFactory(key="b-2022")
    RegimeFactory(key="c-draft", draft=True)

    page = front.label_page()

    assert page.current.key == "b-2022"
    assert [era.key for era in page.former] == ["a-2012"]
    assert page.current.text.committee_keys == ["partners", "youth", "experts"]


def test_the_label_page_tells_the_eras_known_by_sources():
    RegimeFactory(key="euralens-2022")

    page = front.label_page()

    assert [era.key for era in page.eras] == ["euralens-2022", "euralens-2012"]
    assert page.current.text.title.fr == "Règles de l’exemple"


def test_the_label_page_does_without_rules(settings):
    settings.TERRITORY = "elsewhere"

    assert front.label_page().current is None


def test_an_edition_in_preparation_is_not_shown():
    CallFactory(draft=True)
    past = CallFactory(unknown_dates=True, sources=["https://example.org/2016"])

    assert front.label_page().editions == [past]


def test_what_is_told_of_a_territory_is_told_of_no_other(settings):
    told = texts.told()
    settings.TERRITORY = "elsewhere"

    assert [fact.site for fact in told.facts] == [
        "lagazettefrance.fr",
        "pasdecalais.fr",
        "euralens.org",
        "polemetropolitainartois.fr",
    ]
    assert texts.told() == texts.Told()


def test_organisations_count_their_labels_and_keep_private_ones_apart():
    world.labels(2)
    OrganisationFactory(name="Association cachée")

    (shown,) = organisations.organisations_with_labels()
    page = organisations.organisation_page(shown, on=date(2026, 3, 16))

    assert (shown.name, shown.label_count) == ("Ville de Lens", 2)
    assert [row.name for row in page.projects] == ["Forêt urbaine 0", "Forêt urbaine 1"]


def test_dates_are_those_of_published_calls_in_order():
    (call,) = world.calls()
    CallFactory(draft=True)

    found = calendar.dates()

    assert [(one.key, one.at) for one in found] == [
        ("2026-0-opening", call.opens_at),
        ("2026-0-closing", call.closes_at),
    ]


def test_diaries_are_told_the_hour_of_paris_and_that_it_is_an_example():
    world.calls()

    with translation.override("en"):
        (_, closing) = calendar.calendar_events()

    assert closing.title == "[example] Closing – Call 2026-0"
    assert closing.text == "Closing on 2 April 2026 at 11:00 (Paris time)."
    assert closing.key == "2026-0-closing@127.0.0.1:8000"
    assert closing.url == "http://127.0.0.1:8000/en/programme/appels/2026-0/"


def test_news_are_what_has_happened_and_nothing_that_is_to_come():
    world.territory()
    world.calls()
    ProjectFactory(
        withdrawn=True,
        name="Un projet",
        slug="un-projet",
        decision__dossier__call__draft=True,
    )

    with translation.override("en"):
        feed = news.feed("atom", at=NOW)

    assert [item.title for item in feed.items] == [
        "Label withdrawn: Un projet",
        "In the register: Un projet",
        "The call opens: Call 2026-0 [example]",
    ]
    assert feed.title == "Artois: labels and calls"
    assert feed.items[0].key == "tag:127.0.0.1,2026:project-un-projet-withdrawn"


def test_the_site_map_gives_public_pages_in_both_languages():
    world.territory()
    world.calls()
    (project,) = world.labels()
    DossierFactory(handed_in=True, code="SECRET")
    OrganisationFactory(name="Association cachée", slug="cachee")
    PlaceFactory(code="75056", name="Paris")

    found = [page.addresses for page in sitemap.public_pages()]

    own = [
        address["fr"].removeprefix("http://127.0.0.1:8000")
        for address in found
        if any(word in address["fr"] for word in ("projets/", "appels/", "regimes/"))
    ]
    paths = " ".join(address["fr"] for address in found)
    assert f"/projets/{project.slug}/" in own
    assert "/programme/appels/2026-0/" in own
    assert found[0] == {
        "fr": "http://127.0.0.1:8000/",
        "en": "http://127.0.0.1:8000/en/",
    }
    assert [
        word
        for word in ("SECRET", "cachee", "75056", "compte", "espace")
        if word in paths
    ] == []
    assert "/lieux/commune/62498/" in paths
    assert len({address["fr"] for address in found}) == len(found)


def test_the_register_of_processing_lists_every_table_that_names_people():
    listed = {label.lower() for one in PROCESSINGS for label in one.models}
    ours = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("terril.site")
        and any(
            field.related_model is Person or isinstance(field, EmailField)
            for field in model._meta.concrete_fields
        )
    ]

    assert {model._meta.label_lower for model in ours} - listed == set()


def test_the_register_of_processing_reads_columns_from_the_models():
    with translation.override("en"):
        (accounts, *_) = legal.processing_register()
        (persons, *_) = accounts.holdings

    assert persons.name == "persons"
    assert {"e-mail address", "given name", "family name"} <= set(persons.columns)
    assert {
        holding.name: holding.columns
        for holding in accounts.holdings
        if holding.name == "Devices signed in"
    } == {
        "Devices signed in": [
            "the person concerned",
            "IP address",
            "last use",
            "session key",
            "browser",
        ]
    }


def test_accessibility_claims_nothing_without_an_audit(settings, tmp_path):
    none = legal.accessibility(date(2026, 3, 16))
    path = tmp_path / "audit.json"
    path.write_text(
        '{"on": "2020-03-01", "auditor": "A", "reference": "RGAA 4.1",'
        ' "conform": 60, "non_conform": 0, "not_applicable": 46}'
    )
    settings.LEGAL = {**settings.LEGAL, "rgaa_audit": str(path)}
    old = legal.accessibility(date(2026, 3, 16))
    fresh = legal.accessibility(date(2021, 3, 16))

    with translation.override("en"):
        assert (none.audit, str(none.level)) == (None, "not compliant")
        assert (old.is_expired, str(old.level)) == (True, "not compliant")
        assert (fresh.is_expired, str(fresh.level)) == (False, "fully compliant")


def test_sources_name_the_producers_of_what_ships():
    found = sources.sources()

    assert all(one.licence and one.text and one.editions for one in found.places)
    assert [work.licence for work in found.works[:2]] == [
        "EUPL-1.2",
        "SIL Open Font License 1.1",
    ]


def test_the_site_map_does_without_a_territory():
    assert len(sitemap.public_pages()) == len(PUBLIC_PAGES)
