"""Pages anyone may read, in both languages, and each person's desk."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import translation

from terril.site.commons import journal
from terril.site.programme.queries import Boundaries
from terril.site.website import cards
from terril.site.website.navigation import DESKS, FOOTER, PUBLIC, links
from terril.site.website.stamp import stamp, version
from terril.site.website.views import machines
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.programme import NOW, DossierFactory, RegimeFactory
from tests.factories.projects import ProjectFactory
from tests.website import world

pytestmark = pytest.mark.django_db
# How many questions each page asks, those of its stamp included.
PAGES = {
    "home": 14,
    "label": 5,
    "organisations": 4,
    "calendar": 4,
    "search": 3,
    "legal": 3,
    "privacy": 3,
    "accessibility": 3,
    "contact": 3,
    "sources": 3,
    "site_map": 4,
}
H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_by_strangers_in_both_languages(client, name, language):
    world.territory()
    world.calls()
    world.labels()
    RegimeFactory()
    with translation.override(language):
        address = reverse(name)

    response = client.get(address)

    text = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in text
    assert len(H1.findall(text)) == 1
    assert response.cookies == {}
    assert "None" not in H1.findall(text)[0]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_the_same_questions_whatever_the_number(
    client, name, count, django_assert_num_queries
):
    world.territory()
    world.calls(count)
    world.labels(count)
    for _ in range(count):
        OrganisationFactory(is_public=True)
        RegimeFactory()

    with django_assert_num_queries(PAGES[name]):
        client.get(reverse(name))


def test_the_home_page_leads_to_the_open_call_and_marks_the_example(client):
    world.territory()
    world.calls()
    world.labels()

    text = client.get("/en/").content.decode()

    assert 'href="/en/programme/appels/2026-0/">Read the call and apply</a>' in text
    assert '<span class="tag tag-example">' in text
    assert "17 days" in text
    assert text.count("button-main") == 1


def test_the_home_page_says_so_when_nothing_is_open(client):
    text = client.get("/en/").content.decode()

    assert "No call is open" in text
    assert "No label in the register yet" in text


def test_the_home_page_announces_the_next_call(client):
    world.calls(opens_at=NOW + timedelta(days=2))

    assert "Next call" in client.get("/en/").content.decode()


@pytest.mark.parametrize("name", ["home", "register"])
def test_a_page_weighs_little_over_the_wire(client, name):
    world.territory()
    world.calls()
    world.labels(20)

    response = client.get(reverse(name), headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 20_000


def test_an_organisation_shows_its_labels_and_a_private_one_has_no_page(client):
    world.labels(2)
    OrganisationFactory(name="Association cachée", slug="cachee")

    text = client.get("/en/organisations/ville-de-lens/").content.decode()

    assert "Forêt urbaine 1" in text
    assert client.get("/organisations/cachee/").status_code == 404


def test_what_the_territory_has_not_filled_in_says_how_to(client, settings):
    empty = client.get("/en/mentions-legales/").content.decode()
    settings.LEGAL = {**settings.LEGAL, "publication_director": "Une personne"}
    filled = client.get("/en/mentions-legales/?now").content.decode()

    assert "Whoever runs this site sets TERRIL_PUBLICATION_DIRECTOR." in empty
    assert "Une personne" in filled
    assert "TERRIL_PUBLICATION_DIRECTOR" not in filled


def test_accessibility_is_said_on_every_page(client):
    for name in ("home", "legal"):
        assert (
            "Accessibility: not compliant"
            in client.get(f"/en{reverse(name)}").content.decode()
        )


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_is_read_back(client, kind):
    world.territory()
    world.calls()
    world.labels()

    response = client.get(f"/en/fil/projets.{kind}")

    text = ET.tostring(ET.fromstring(response.content), encoding="unicode")
    assert response["Content-Type"] == f"application/{kind}+xml; charset=utf-8"
    assert "In the register: Forêt urbaine 0" in text
    assert "The call opens: Call 2026-0 [example]" in text


def test_the_calendar_is_a_file_for_diaries(client):
    world.calls()

    response = client.get("/calendrier.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.content.count(b"BEGIN:VEVENT") == 2
    assert b"\r\nDTSTART:20260301T080000Z\r\n" in response.content


def test_the_calendar_page_tells_what_is_ahead_from_what_is_past(client):
    world.calls()

    text = client.get("/en/calendrier/").content.decode()

    assert text.count('class="is-ahead"') == 1
    assert text.count('class="is-done"') == 1


def test_the_site_map_leads_nowhere_private(client):
    world.territory()
    world.calls()
    world.labels()
    DossierFactory(handed_in=True)

    root = ET.fromstring(client.get("/sitemap.xml").content)

    addresses = [
        one.text.removeprefix("http://127.0.0.1:8000")
        for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    answers = {address: client.get(address).status_code for address in addresses}
    assert set(answers.values()) == {200}


def test_robots_keep_out_of_private_pages_and_of_the_demonstration(client, settings):
    text = client.get("/robots.txt").content.decode()
    settings.DEMO = True
    demo = client.get("/robots.txt?demo").content.decode()

    assert "Disallow: /en/mon-espace/\n" in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml\n" in text
    assert demo.startswith("User-agent: *\nDisallow: /\n")


def test_security_says_whom_to_write_to_and_expires(client, settings):
    text = client.get("/.well-known/security.txt").content.decode()
    settings.LEGAL = {**settings.LEGAL, "security_email": "cert@example.org"}
    named = client.get("/.well-known/security.txt?named").content.decode()

    assert text.splitlines() == [
        "Contact: http://127.0.0.1:8000/contact/",
        "Expires: 2026-09-12T00:00:00Z",
        "Preferred-Languages: fr, en",
        "Canonical: http://127.0.0.1:8000/.well-known/security.txt",
    ]
    assert named.splitlines()[0] == "Contact: mailto:cert@example.org"


def test_the_manifest_names_the_territory(client):
    world.territory()

    said = json.loads(client.get("/site.webmanifest").content)

    assert (said["short_name"], said["start_url"]) == ("Artois", "/")


def test_the_state_of_the_service_is_the_head_of_the_journal(client):
    journal.record("call.created", about="programme.call/1", by=None, at=NOW)

    response = client.get("/etat/")

    assert response.json() == {"ok": True, "database": True, "journal": 1}
    assert "no-store" in response["Cache-Control"]


def test_the_state_of_the_service_says_when_the_database_is_away(rf):
    def away(*_args):
        raise DatabaseError

    with connection.execute_wrapper(away):
        response = machines.health(rf.get("/etat/"))

    assert (response.status_code, json.loads(response.content)["ok"]) == (503, False)


def size_of(png):
    """Return the width and height that a PNG declares."""
    assert png.startswith(b"\x89PNG")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_a_project_is_shared_with_a_picture_of_its_own(client):
    world.territory()
    project = ProjectFactory(name="#[x] *a* " * 27, is_example=True)

    response = client.get(f"/partage/{project.slug}.png")
    again = client.get(f"/partage/{project.slug}.png?again")

    assert response["Content-Type"] == "image/png"
    assert size_of(response.content) == (cards.WIDTH, cards.HEIGHT)
    assert again.content == response.content
    assert client.get("/partage/nothing.png").status_code == 404


def test_the_site_is_shared_with_its_name(client):
    response = client.get("/partage/terril.png")

    assert size_of(response.content) == (cards.WIDTH, cards.HEIGHT)


def test_search_renews_its_results_only_when_asked_in_part(client):
    world.labels()

    whole = client.get("/en/rechercher/?q=foret").content.decode()
    part = client.get(
        "/en/rechercher/?q=foret",
        headers={"HX-Request": "true", "HX-Target": "found"},
    ).content.decode()

    assert "<mark>Forêt</mark> urbaine 0" in whole
    assert part.strip().startswith('<div id="found"')
    assert "<html" not in part


def test_search_says_what_it_did_not_find_without_believing_it(client):
    text = client.get("/en/rechercher/?q=<script>x</script>").content.decode()

    assert "Nothing for “&lt;script&gt;x&lt;/script&gt;”" in text
    assert "<script>x" not in text


def test_a_search_of_somebody_signed_in_is_not_kept_for_strangers(sign_in, client):
    holder = PersonFactory(roles=["holder"])
    DossierFactory(title="Le four secret", holder=holder)
    own = sign_in(holder, "holder").get("/en/rechercher/?q=secret").content.decode()
    client.logout()
    client.cookies.clear()

    stranger = client.get("/en/rechercher/?q=secret").content.decode()

    assert "Le four <mark>secret</mark>" in own
    assert "Le four" not in stranger


@pytest.mark.parametrize("key", DESKS)
def test_a_desk_opens_for_each_role_with_ways_that_exist(sign_in, key):
    person = PersonFactory(roles=[key])

    response = sign_in(person, key).get("/en/mon-espace/")

    text = response.content.decode()
    assert "What I must do today" in text
    assert all(link.url in text for link in links(DESKS[key]))


def test_a_desk_without_a_role_says_how_to_have_one(sign_in):
    text = sign_in(PersonFactory()).get("/en/mon-espace/").content.decode()

    assert "Your account has no role today" in text


def test_a_desk_is_for_those_who_signed_in(client):
    response = client.get("/mon-espace/")

    assert response.status_code == 302
    assert response.url == "/compte/connexion/?next=/mon-espace/"


def test_every_way_of_the_public_site_is_on_its_map(client):
    text = client.get("/en/plan/").content.decode()

    with translation.override("en"):
        addresses = [reverse(way.name) for way in (*PUBLIC, *FOOTER)]
    assert [one for one in addresses if f'href="{one}"' not in text] == []


def test_a_page_is_renewed_by_events_not_by_age(client):
    world.territory()
    before = client.get("/en/organisations/").content
    OrganisationFactory(name="Nouvelle", is_public=True)
    kept = client.get("/en/organisations/").content
    journal.record(
        "organisation.created", about="people.organisation/1", by=None, at=NOW
    )
    renewed = client.get("/en/organisations/").content

    assert kept == before
    assert b"Nouvelle" in renewed


def test_the_stamp_takes_one_question_until_something_happens(
    django_assert_num_queries,
):
    version()
    with django_assert_num_queries(2):
        stamp()

    with django_assert_num_queries(1):
        stamp()


def test_the_stamp_changes_when_a_call_opens_or_closes():
    world.calls()
    stamps = set()

    for days in (-30, 0, 30):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            stamps.add(stamp().split("|")[2])

    assert stamps == {"0", "1", "2"}


def test_a_call_opens_at_its_instant_and_closes_after_its_last(at):
    week = timedelta(days=7)
    known = Boundaries([at, at + week], [at + 2 * week])
    second = timedelta(seconds=1)

    instants = [at - second, at, at + week, at + 2 * week, at + 2 * week + second]

    assert [known.passed(one) for one in instants] == [0, 1, 2, 2, 3]
