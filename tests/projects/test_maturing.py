"""What has to mature: public where the rules say so, nowhere where they do not."""

import copy
import csv
import io
import json

import pytest
from django.utils import translation

from terril.site.programme.emails.decisions import preview
from terril.site.programme.regimes import RegimeRefused, read
from terril.site.projects.queries import plan_of
from terril.site.website.queries.search import answer_to
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.places import PlaceFactory, TerritoryFactory
from tests.factories.programme import (
    NOW,
    REGIME,
    CallFactory,
    DecisionFactory,
    DossierFactory,
    RegimeFactory,
    ReservationFactory,
)

pytestmark = pytest.mark.django_db
FORMS = ["csv", "excel", "xlsx", "json"]
PLACES = [
    "/projets/a-murir/",
    "/donnees/a-murir.schema.json",
    "/donnees/a-murir.csv",
    "/donnees/a-murir-excel.csv",
    "/donnees/a-murir.xlsx",
    "/donnees/a-murir.json",
]
# Where a link or the name of such a project may stand beside other things.
OTHERS = [
    "/",
    "/projets/",
    "/donnees/",
    "/donnees/catalogue.jsonld",
    "/fil/projets.atom",
    "/fil/projets.rss",
    "/plan/",
    "/sitemap.xml",
    "/rechercher/?q=zqverger",
]


@pytest.fixture(autouse=True)
def _territory():
    TerritoryFactory()
    with translation.override("fr"):
        yield


def rules(*, is_public):
    text = copy.deepcopy(REGIME)
    text["outcomes"][1]["is_public"] = is_public
    return RegimeFactory(key="rules", text=text)


def an_edition(*, is_public):
    """Return a call with a label, a project to be matured and a refusal, all public."""
    call = CallFactory(code="2026", regime=rules(is_public=is_public))
    holder, lens = OrganisationFactory(name="zqholder"), PlaceFactory(name="Lens")
    for outcome, title in (
        ("labelled", "Le four"),
        ("to_be_matured", "zqverger"),
        ("refused", "zqrefus"),
    ):
        dossier = DossierFactory(
            decided=True,
            call=call,
            title=title,
            summary="zqsummary",
            theme="food",
            commune=lens,
            organisation=holder,
            is_example=True,
        )
        decision = DecisionFactory(dossier=dossier, outcome=outcome, published=True)
        if outcome == "to_be_matured":
            ReservationFactory(decision=decision, text="zqland")
            ReservationFactory(decision=decision, text="zqplan", lifted_at=NOW)
    return call


def read_at(client, path):
    response = client.get(path)
    return response.status_code, response.content.decode("utf-8", "replace")


def test_what_has_to_mature_is_nowhere_where_the_rules_do_not_say_so(client):
    an_edition(is_public=False)

    found = {path: read_at(client, path) for path in PLACES + OTHERS}

    assert {found[path][0] for path in PLACES} == {404}
    assert {found[path][0] for path in OTHERS} == {200}
    # The page of search repeats the word asked for, and nothing else of it.
    told = [
        path
        for path in OTHERS
        if "a-murir" in found[path][1]
        or ("zqverger" in found[path][1] and "rechercher" not in path)
    ]
    assert told == []
    assert answer_to("zqverger", person=None, role=None).count == 0


def test_what_has_to_mature_is_listed_where_the_rules_say_so(client):
    an_edition(is_public=True)

    status, page = read_at(client, "/projets/a-murir/")

    assert status == 200
    assert "zqverger" in page
    assert "2 réserves, dont 1 levée" in page
    assert "exemple" in page
    hidden = ("zqsummary", "zqholder", "zqland", "zqplan", "zqrefus", "Le four")
    assert [word for word in hidden if word in page] == []


def test_what_has_to_mature_is_in_every_channel_at_once(client):
    an_edition(is_public=True)

    found = {path: read_at(client, path)[1] for path in OTHERS[1:]}

    assert [path for path, text in found.items() if "a-murir" not in text] == []
    assert "À mûrir : zqverger [exemple]" in found["/fil/projets.atom"]


def test_what_has_to_mature_is_open_data_with_its_mark(client):
    an_edition(is_public=True)

    rows = list(csv.DictReader(io.StringIO(read_at(client, PLACES[2])[1])))
    told = json.loads(read_at(client, PLACES[5])[1])

    assert [(row["nom"], row["reserves"], row["exemple"]) for row in rows] == [
        ("zqverger", "2", "true")
    ]
    assert rows[0]["commune"] == "Lens"
    assert "zqverger" in json.dumps(told)


def test_a_page_for_nothing_yet_says_what_will_be_there(client):
    rules(is_public=True)

    status, page = read_at(client, "/projets/a-murir/")

    assert status == 200
    assert "Aucun projet à mûrir n’est encore public" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    count, client, django_assert_num_queries
):
    call = CallFactory(regime=rules(is_public=True))
    for _ in range(count):
        dossier = DossierFactory(decided=True, call=call, commune=PlaceFactory())
        DecisionFactory(dossier=dossier, outcome="to_be_matured", published=True)

    with django_assert_num_queries(6):
        page = client.get("/projets/a-murir/")

    assert len(page.context["projects"]) == count


@pytest.mark.parametrize(("is_public", "to_list"), [(True, 1), (False, 0)])
def test_the_plan_of_publication_counts_what_will_be_listed(is_public, to_list):
    call = CallFactory(regime=rules(is_public=is_public))
    for outcome in ("labelled", "to_be_matured", "refused"):
        dossier = DossierFactory(deliberated=True, call=call)
        DecisionFactory(dossier=dossier, outcome=outcome)

    plan = plan_of(call)

    assert (plan.to_register, plan.to_list, plan.to_keep_silent) == (
        1,
        to_list,
        2 - to_list,
    )


@pytest.mark.parametrize(
    ("is_public", "sentence"),
    [(True, "rendent publics le nom"), (False, "n’apparaît nulle part en public")],
)
def test_the_letter_says_what_will_be_public(is_public, sentence):
    call = CallFactory(regime=rules(is_public=is_public))
    dossier = DossierFactory(deliberated=True, call=call)
    decision = DecisionFactory(dossier=dossier, outcome="to_be_matured")

    _subject, body = preview(decision, PersonFactory(language="fr"))

    assert sentence in body


def test_a_refusal_cannot_be_made_public_by_any_rule():
    text = copy.deepcopy(REGIME)
    text["outcomes"][2]["is_public"] = True

    with pytest.raises(RegimeRefused) as caught:
        read(text)

    assert "refused" in str(caught.value)


def test_search_finds_what_has_to_mature_apart_from_labels():
    an_edition(is_public=True)

    found = answer_to("zqverger", person=None, role=None)

    assert [group.kind for group in found.groups] == ["maturing"]
