"""What anybody may read of the register."""

import gzip
from datetime import date

import pytest
import time_machine

from terril.site.projects.actions.publication import publish_and_register
from terril.site.projects.models import Project
from tests.factories.people import PersonFactory
from tests.factories.places import OutlineFactory, PlaceFactory, TerritoryFactory
from tests.factories.programme import NOW, CallFactory, DecisionFactory, DossierFactory
from tests.factories.projects import EventFactory, ProjectFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-15T10:00:00Z", tick=False):
        yield


def read(client, address, **headers):
    return client.get(address, headers=headers).content.decode()


# ---- the register


def test_the_register_shows_its_projects_its_coverage_and_its_files(client):
    project = ProjectFactory(name="Forêt urbaine")

    text = read(client, "/en/projets/")

    assert f'<a href="{project.get_absolute_url()}">Forêt urbaine</a>' in text
    assert "1 label known here" in text
    assert 'href="/en/donnees/projets-excel.csv"' in text


CHANNELS = [
    "/",
    "/en/",
    "/projets/",
    "/projets/?page=1&whim=7",
    "/projets/?etat=labellise",
    "/en/projets/",
    "/projets/carte/",
    "/projets/carte/points.geojson",
    "/donnees/projets.csv",
    "/donnees/projets.json",
    "/donnees/projets.geojson",
    "/fil/projets.atom",
]


@pytest.mark.parametrize("address", CHANNELS)
def test_a_label_is_in_every_channel_at_once_for_every_reader(client, address):
    where = {"longitude": 2.83, "latitude": 50.43}
    ProjectFactory(name="Avant tout", call=CallFactory(), **where)
    label = DecisionFactory(dossier=a_deliberated("Toits partagés"), outcome="labelled")
    DecisionFactory(dossier=a_deliberated("Le four"), outcome="refused")
    readers = 2 * [{}, {"Accept-Encoding": "gzip"}, {"HX-Request": "true"}]
    before = [text_of(client, address, headers) for headers in readers]

    publish_and_register(label.dossier, by=PersonFactory(), at=NOW)
    after = [text_of(client, address, headers) for headers in readers]

    assert ["Toits partagés" in text for text in before] == [False] * 6
    assert ["Toits partagés" in text for text in after] == [True] * 6
    assert ["Avant tout" in text for text in before + after] == [True] * 12
    assert ["Le four" in text for text in before + after] == [False] * 12


def a_deliberated(title):
    """Return a dossier on which the body has decided in secret."""
    return DossierFactory(deliberated=True, title=title, longitude=2.83, latitude=50.43)


def text_of(client, address, headers):
    """Return what a reader is given, unpacked."""
    sent = client.get(address, headers=headers)
    is_packed = sent.get("Content-Encoding") == "gzip"
    return (gzip.decompress(sent.content) if is_packed else sent.content).decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(
    client, count, django_assert_max_num_queries
):
    TerritoryFactory()
    for _ in range(count):
        ProjectFactory(places=[PlaceFactory()], call=CallFactory())

    with django_assert_max_num_queries(13):
        text = read(client, "/en/projets/")

    assert text.count('<li class="entry">') == count


def test_the_filters_stay_in_the_page_and_in_its_links(client):
    ProjectFactory.create_batch(25, theme="energy")
    ProjectFactory(theme="health", name="Clinique")

    text = read(client, "/en/projets/?theme=energy&q=projet")

    assert '<option value="energy" selected>' in text
    assert 'value="projet"' in text
    assert "Clinique" not in text
    assert "/en/donnees/projets.csv?q=projet&amp;theme=energy" in text
    assert "page=2" in text


def test_htmx_gets_the_results_alone(client):
    ProjectFactory(name="Forêt")

    answer = client.get("/en/projets/", headers={"HX-Request": "true"})

    text = answer.content.decode()
    assert text.strip().startswith('<section class="results" id="results"')
    assert "<html" not in text
    assert "HX-Request" in answer["Vary"]


def test_going_back_gets_the_whole_page(client):
    text = read(
        client,
        "/en/projets/",
        **{"HX-Request": "true", "HX-History-Restore-Request": "true"},
    )

    assert "<html" in text


def test_an_empty_register_says_what_to_do(client):
    text = read(client, "/en/projets/?q=montgolfière")

    assert "No project answers these filters" in text
    assert "See the whole register" in text


@pytest.mark.parametrize(
    ("told", "mark"),
    [
        ({"is_example": True}, "tag-example"),
        ({"espoirs": True}, "is-espoirs"),
        ({"ended": True, "valid_until": date(2026, 6, 1)}, "is-ended"),
        ({"withdrawn": True}, "is-withdrawn"),
    ],
)
def test_the_register_marks_what_is_special(client, told, mark):
    ProjectFactory(**told)

    assert mark in read(client, "/en/projets/")


def test_what_people_write_is_never_markup(client):
    ProjectFactory(name="<script>alert(1)</script>")

    text = read(client, "/en/projets/?q=<script>")

    assert "<script>alert" not in text
    assert 'value="&lt;script&gt;"' in text


# ---- map, coverage


def test_the_map_and_its_list_say_the_same(client):
    OutlineFactory()
    ProjectFactory(name="Ici", longitude=2.8, latitude=50.4, is_at_commune=True)
    ProjectFactory(name="Nulle part", is_example=True)

    text = read(client, "/en/projets/carte/?theme=energy")

    assert 'data-source="/en/projets/carte/points.geojson?theme=energy"' in text
    assert "1 project on the map" in text
    assert "1 project that no source locates" in text
    assert "located at its commune" in text


def test_the_points_of_the_map_follow_the_filters(client):
    ProjectFactory(name="Ici", longitude=2.8, latitude=50.4, theme="energy")
    ProjectFactory(name="Là", longitude=2.9, latitude=50.4, theme="health")

    points = client.get("/projets/carte/points.geojson?theme=health").json()

    assert [one["properties"]["name"] for one in points["features"]] == ["Là"]


def test_coverage_is_proved_line_by_line(client):
    CallFactory(
        unknown_dates=True,
        title_en="Edition 2016",
        is_example=False,
        stated_laureates=10,
        stated_cumulated=40,
        sources=["https://example.org/article"],
    )

    text = read(client, "/en/projets/couverture/")

    assert "0 labels known here, of 40 (40 announced)" in text
    assert "https://example.org/article" in text
    assert "Edition 2016" in text


# ---- the page of a project


def test_a_page_shows_what_is_unknown_as_unknown(client):
    ProjectFactory(slug="foret", name="Forêt", theme="")

    text = read(client, "/en/projets/foret/")

    assert text.count('<span class="unknown">not known</span>') == 6
    assert "it has no certificate here" in text


def test_a_page_shows_what_is_known(client):
    project = ProjectFactory(
        decided=True,
        slug="foret",
        places=[PlaceFactory(name="Lens", code="62498")],
        longitude=2.8,
        latitude=50.4,
        is_at_commune=True,
        is_example=True,
    )
    EventFactory(project=project, source="https://example.org/acte")
    SourceFactory(project=project, url="https://example.org/article")

    text = read(client, "/en/projets/foret/")

    assert '<a href="/en/lieux/commune/62498/">Lens</a>' in text
    assert "The label is awarded." in text
    assert "https://example.org/acte" in text
    assert "https://example.org/article" in text
    assert 'data-source="/en/projets/foret/point.geojson"' in text
    assert "/en/projets/foret/certificat.pdf" in text
    assert f"/en/verifier/{project.certificate}/" in text
    assert "example-banner" in text
    assert "2026-42" in text


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"withdrawn": True}, "The label was withdrawn on 15 January 2027."),
        (
            {"ended": True, "valid_until": date(2026, 6, 1)},
            "The label ended on 1 June 2026.",
        ),
    ],
)
def test_a_page_says_that_the_label_is_no_more(client, told, sentence):
    ProjectFactory(slug="foret", **told)

    assert sentence in read(client, "/en/projets/foret/")


def test_a_page_has_a_twin_for_programs(client):
    project = ProjectFactory(decided=True, slug="foret", is_example=True)

    twin = client.get("/projets/foret.json").json()

    assert twin["number"] == project.number
    assert twin["label"]["act_reference"] == "2026-42"
    assert twin["is_example"] is True


def test_a_page_gives_the_point_of_its_map(client):
    ProjectFactory(slug="foret", longitude=2.8, latitude=50.4)
    ProjectFactory(slug="ailleurs")

    assert len(client.get("/projets/foret/point.geojson").json()["features"]) == 1
    assert client.get("/projets/ailleurs/point.geojson").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/projets/inconnu/",
        "/projets/inconnu.json",
        "/projets/inconnu/certificat.pdf",
        "/projets/inconnu/point.geojson",
    ],
)
def test_what_is_not_registered_is_nowhere(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        ("agent", "/projets/foret/corriger/", "/projets/foret/retirer/"),
        ("secretary", "/projets/foret/retirer/", "/projets/foret/corriger/"),
        ("holder", "/projets/foret/", "/projets/foret/corriger/"),
    ],
)
def test_a_page_offers_to_each_role_what_it_may_do(sign_in, role, seen, unseen):
    ProjectFactory(decided=True, slug="foret")
    client = sign_in(PersonFactory(roles=[role]), role)

    text = read(client, "/projets/foret/")

    assert seen in text
    assert unseen not in text


# ---- certificates


def test_a_certificate_is_a_pdf(client):
    ProjectFactory(decided=True, slug="foret", number="2026-L01")

    answer = client.get("/projets/foret/certificat.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert 'filename="certificat-2026-L01.pdf"' in answer["Content-Disposition"]


def test_a_label_known_by_sources_has_no_certificate(client):
    ProjectFactory(slug="foret")

    assert client.get("/projets/foret/certificat.pdf").status_code == 404


# ---- verification


def test_a_valid_certificate_is_said_valid(client):
    project = ProjectFactory(decided=True, name="Forêt")

    text = read(client, f"/en/verifier/{project.certificate}/")

    assert "This certificate is valid" in text
    assert "no end: the rules of this edition give none" in text
    assert "ab12 ab12" in text
    assert "Forêt" in text


def test_a_certificate_says_the_day_it_stopped(client):
    ended = ProjectFactory(decided=True, valid_until=date(2026, 6, 1))
    withdrawn = ProjectFactory(withdrawn=True, is_example=True)

    text = read(client, f"/en/verifier/{ended.certificate}/")
    assert "This label ended on 1 June 2026" in text
    text = read(client, f"/en/verifier/{withdrawn.certificate}/")
    assert "This label was withdrawn on 15 January 2027" in text
    assert "tag-example" in text


def test_a_certificate_runs_out_by_the_clock(client):
    project = ProjectFactory(decided=True, valid_until=date(2026, 6, 30))
    address = f"/en/verifier/{project.certificate}/"

    assert "This certificate is valid" in read(client, address)
    with time_machine.travel("2026-07-01T10:00:00Z", tick=False):
        assert "This label ended on 30 June 2026" in read(client, address)


def test_an_unknown_code_is_not_found_and_says_so(client):
    answer = client.get("/en/verifier/ABCDEFGHJKLM/")

    assert answer.status_code == 404
    text = answer.content.decode()
    assert "No certificate bears this code" in text
    assert "ABCD-EFGH-JKLM" in text


@pytest.mark.parametrize(
    "address",
    ["/verifier/abcd-efgh-jklm/", "/verifier/?code=abcd+efgh-jklm"],
)
def test_a_code_is_led_to_its_one_address(client, address):
    answer = client.get(address)

    assert (answer.status_code, answer.url) == (302, "/verifier/ABCDEFGHJKLM/")


@pytest.mark.parametrize(
    ("address", "is_refused"), [("/en/verifier/", False), ("/en/verifier/?code=", True)]
)
def test_the_form_asks_for_a_code(client, address, is_refused):
    text = read(client, address)

    assert 'name="code"' in text
    assert ("Write the code of the certificate." in text) is is_refused


def test_a_code_without_a_sign_is_unknown(client):
    assert client.get("/verifier/---/").status_code == 404
    assert Project.objects.count() == 0
