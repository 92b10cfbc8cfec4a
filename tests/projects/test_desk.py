"""What the team and the secretary do with the register."""

import pytest
import time_machine

from terril.site.programme.models import Decision
from terril.site.projects.models import Project
from tests.factories.people import PersonFactory
from tests.factories.places import PlaceFactory
from tests.factories.programme import CallFactory, DecisionFactory, DossierFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-06-15T10:00:00Z", tick=False):
        yield


@pytest.fixture
def secretary(sign_in):
    return sign_in(PersonFactory(roles=["secretary"]), "secretary")


@pytest.fixture
def agent(sign_in):
    return sign_in(PersonFactory(roles=["agent"]), "agent")


@pytest.fixture
def call():
    call = CallFactory(code="2026")
    for title, outcome in (("Bois", "labelled"), ("Secret", "refused")):
        dossier = DossierFactory(deliberated=True, call=call, title=title)
        DecisionFactory(dossier=dossier, outcome=outcome)
    return call


# ---- publish


def test_the_secretary_reads_exact_counts_then_publishes(secretary, call, client):
    text = secretary.get("/en/projets/publier/2026/").content.decode()
    assert "2 decisions are prepared and secret." in text
    assert "Publish 2 decisions" in text
    assert Decision.objects.filter(published_at=None).count() == 2
    token = text.partition('name="fingerprint" value="')[2].partition('"')[0]

    answer = secretary.post("/en/projets/publier/2026/", {"fingerprint": token})

    assert answer.url == "/en/projets/"
    assert [one.name for one in Project.objects.all()] == ["Bois"]
    register = secretary.get("/en/projets/").content.decode()
    assert "1 project has entered the register." in register
    assert "Secret" not in register


def test_a_plan_that_changed_is_refused_and_publishes_nothing(secretary, call):
    answer = secretary.post("/en/projets/publier/2026/", {"fingerprint": "autre"})

    assert answer.status_code == 409
    assert b"none was published" in answer.content
    assert Decision.objects.filter(published_at=None).count() == 2


def test_who_is_a_candidate_of_the_call_neither_reads_nor_publishes(sign_in, call):
    person = PersonFactory(roles=["secretary"])
    DossierFactory(call=call, holder=person)
    client = sign_in(person, "secretary")

    answers = [client.get("/en/projets/publier/2026/")]
    answers += [client.post("/en/projets/publier/2026/")]

    assert [one.status_code for one in answers] == [404, 404]
    assert Decision.objects.filter(published_at=None).count() == 2


def test_the_button_waits_for_those_who_must_be_told(secretary, call):
    dossier = DossierFactory(deliberated=True, call=call, holder=PersonFactory())
    DecisionFactory(dossier=dossier, outcome="refused")

    text = secretary.get("/en/projets/publier/2026/").content.decode()

    assert "Those who are not retained are told first" in text
    assert dossier.receipt in text
    assert 'name="fingerprint"' not in text


def test_a_call_without_a_secret_has_nothing_to_publish(secretary):
    CallFactory(code="2027")

    assert secretary.get("/projets/publier/2027/").status_code == 404


@pytest.mark.parametrize(
    "role", ["agent", "holder", "member", "observer", "administrator"]
)
def test_nobody_else_reads_the_secret(sign_in, call, role):
    client = sign_in(PersonFactory(roles=[role]), role)

    answer = client.get("/projets/publier/2026/")

    assert answer.status_code == 403
    assert b"Bois" not in answer.content


def test_a_stranger_is_led_to_sign_in(client, call):
    answer = client.get("/projets/publier/2026/")

    assert answer.status_code == 302
    assert answer.url.startswith("/compte/")


# ---- what waits


def test_a_label_that_waits_is_registered_with_one_button(agent):
    dossier = DossierFactory(decided=True, title="Bois", code="ABCDEF")
    DecisionFactory(dossier=dossier, published=True)

    text = agent.get("/en/projets/a-inscrire/").content.decode()
    answer = agent.post("/projets/a-inscrire/ABCDEF/")

    assert "1 published label waits" in text
    assert answer.url == "/projets/bois/"
    assert "No label waits" in agent.get("/en/projets/a-inscrire/").content.decode()


def test_registering_is_never_a_reading(agent):
    DecisionFactory(published=True, dossier__code="ABCDEF")

    assert agent.get("/projets/a-inscrire/ABCDEF/").status_code == 405
    assert Project.objects.count() == 0


def test_a_secret_decision_cannot_be_registered(agent):
    DecisionFactory(dossier__code="ABCDEF")

    assert agent.post("/projets/a-inscrire/ABCDEF/").status_code == 404


# ---- correct


def test_an_agent_corrects_a_project(agent):
    ProjectFactory(slug="bois", places=[PlaceFactory(code="62498")])
    PlaceFactory(code="62132", name="Billy-Berclau")
    given = {
        "name": "Le bois",
        "communes": "62132",
        "longitude": "2,83",
        "latitude": "50.5",
        "reason": "Commune erronée.",
    }

    shown = agent.get("/projets/bois/corriger/").content.decode()
    answer = agent.post("/projets/bois/corriger/", given)

    assert 'value="62498"' in shown
    assert answer.url == "/projets/bois/"
    project = Project.objects.get()
    assert (project.name, project.places.get().code) == ("Le bois", "62132")
    assert (project.longitude, project.latitude) == (2.83, 50.5)


def test_the_form_shows_a_point_only_when_it_is_its_own(agent):
    ProjectFactory(slug="bois", longitude=2.8312, latitude=50.4, is_at_commune=True)
    ProjectFactory(slug="lieu", longitude=2.8312, latitude=50.4)

    assert b"2,8312" not in agent.get("/projets/bois/corriger/").content
    shown = agent.get("/projets/lieu/corriger/").content.decode()
    assert "2,8312" in shown or "2.8312" in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "id_name"),
        ({"reason": ""}, "id_reason"),
        ({"communes": "1004"}, "01004"),
        ({"communes": "99999"}, "No commune has the code “99999”"),
        ({"longitude": "2.8"}, "Give both, or neither."),
        ({"longitude": "est"}, "id_longitude"),
    ],
)
def test_a_bad_correction_comes_back_whole(agent, given, said):
    ProjectFactory(slug="bois", name="Avant")
    whole = {"name": "Après", "summary": "Gardé.", "reason": "Une raison.", **given}

    answer = agent.post("/en/projets/bois/corriger/", whole)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert said in text
    assert "Gardé." in text
    assert 'role="alert"' in text
    assert Project.objects.get().name == "Avant"


# ---- events


def test_an_agent_adds_a_public_event(agent):
    project = ProjectFactory(slug="bois")
    given = {
        "on": "1er juin 2026",
        "sentence": "Le lieu ouvre.",
        "source": "https://example.org/ouverture",
    }

    answer = agent.post("/projets/bois/evenement/", given)

    assert answer.url == "/projets/bois/"
    assert project.events.get().sentence == "Le lieu ouvre."


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"on": "demain", "sentence": "x", "source": "https://example.org"},
        {"on": "2026-06-01", "sentence": "x", "source": "nulle part"},
    ],
)
def test_a_bad_event_comes_back(agent, given):
    project = ProjectFactory(slug="bois")

    answer = agent.post("/projets/bois/evenement/", given)

    assert b'role="alert"' in answer.content
    assert project.events.count() == 0


# ---- end and withdraw


@pytest.mark.parametrize(
    ("word", "state"), [("terminer", "ended"), ("retirer", "withdrawn")]
)
def test_the_secretary_stops_a_label(secretary, word, state):
    ProjectFactory(decided=True, slug="bois")
    given = {"on": "10/06/2026", "act_reference": "2026-77", "reason": "Un motif."}

    shown = secretary.get(f"/projets/bois/{word}/")
    answer = secretary.post(f"/projets/bois/{word}/", given)

    assert shown.status_code == 200
    assert answer.url == "/projets/bois/"
    assert Project.objects.get().state == state


def test_a_withdrawal_without_an_act_is_refused(secretary):
    ProjectFactory(decided=True, slug="bois")

    answer = secretary.post(
        "/en/projets/bois/retirer/", {"on": "10/06/2026", "reason": "Un motif."}
    )

    assert answer.status_code == 409
    assert b"The reference of the act is missing." in answer.content


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("corriger", "secretary"),
        ("evenement", "holder"),
        ("terminer", "agent"),
        ("retirer", "agent"),
    ],
)
def test_each_verb_belongs_to_its_role(sign_in, word, role):
    ProjectFactory(decided=True, slug="bois")
    client = sign_in(PersonFactory(roles=[role]), role)

    assert client.get(f"/projets/bois/{word}/").status_code == 403
    assert client.post(f"/projets/bois/{word}/", {}).status_code == 403
    assert Project.objects.get().state == "labelled"
