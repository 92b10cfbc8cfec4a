"""The doors of the demonstration, and that they do not exist elsewhere."""

import os
import subprocess
import sys

import pytest
from django.urls import NoReverseMatch, reverse

from terril.site.commons.models import JournalEntry, Letter
from terril.site.people import seed
from terril.site.people.models import Mandate, Organisation, Person
from terril.site.people.roles import ROLES
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_the_door_does_not_exist_without_the_flag(client):
    with pytest.raises(NoReverseMatch):
        reverse("demo")

    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/1/").status_code == 404


def test_the_views_themselves_refuse_without_the_flag(client, demonstration, settings):
    persona = PersonFactory(is_example=True, roles=["agent"])
    settings.DEMO = False

    assert client.get(reverse("demo")).status_code == 404
    assert client.post(reverse("demo_enter", args=[persona.pk])).status_code == 404


def test_a_server_without_the_flag_has_no_such_address(tmp_path):
    script = (
        "import django; django.setup();"
        "from django.urls import get_resolver;"
        "print('demo' in get_resolver().reverse_dict)"
    )

    def answer(flag):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "terril.config.settings",
            "TERRIL_VAR": str(tmp_path),
            "TERRIL_DEMO": flag,
        }
        found = subprocess.run(
            [sys.executable, "-c", script],
            env=environment,
            capture_output=True,
            check=True,
        )
        return found.stdout.decode().strip()

    assert (answer("0"), answer("1")) == ("False", "True")


def test_each_persona_has_a_door(client, demonstration, at):
    seed.example_people(at)
    PersonFactory(roles=["agent"], given_name="Réelle")

    page = client.get(reverse("demo"))

    text = page.content.decode()
    assert text.count('name="csrfmiddlewaretoken"') == len(seed.PERSONAS)
    assert "Réelle" not in text
    assert all(person.given_name in text for person in page.context["personas"])


def test_one_click_signs_in(client, demonstration):
    persona = PersonFactory(is_example=True, roles=["agent"], second_factor=False)

    response = client.post(
        reverse("demo_enter", args=[persona.pk]), {"next": reverse("directory")}
    )

    assert response.url == reverse("directory")
    assert client.get(response.url).context["site"].role.key == "agent"
    assert len(client.get(reverse("sessions")).context["sessions"]) == 1


def test_another_click_takes_another_place(client, demonstration):
    first = PersonFactory(is_example=True, roles=["agent"])
    second = PersonFactory(is_example=True, roles=["holder"])

    for one in (first, second):
        client.post(reverse("demo_enter", args=[one.pk]))

    page = client.get(reverse("account"))
    assert (page.context["user"], page.context["site"].role.key) == (second, "holder")


@pytest.mark.parametrize(
    "fields",
    [
        {"roles": ["agent"]},
        {"is_example": True},
        {"is_example": True, "roles": ["agent"], "is_active": False},
    ],
)
def test_nobody_else_can_be_taken(fields, client, demonstration):
    person = PersonFactory(**fields)

    response = client.post(reverse("demo_enter", args=[person.pk]))

    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_door_is_a_post_with_its_token(client, demonstration):
    persona = PersonFactory(is_example=True, roles=["agent"])
    path = reverse("demo_enter", args=[persona.pk])
    strict = type(client)(enforce_csrf_checks=True)

    assert client.get(path).status_code == 405
    assert strict.post(path).status_code == 403


def test_example_people_hold_every_role_and_write_to_nobody(at):
    people = seed.example_people(at)

    held = {grant.role for person in people.values() for grant in person.grants.all()}
    committees = {
        grant.committee
        for person in people.values()
        for grant in person.grants.filter(role="member")
    }
    assert held == set(ROLES)
    assert committees == {"partners", "youth", "experts"}
    assert all(person.is_example for person in people.values())
    assert {person.email.split("@")[1] for person in people.values()} == {"example.org"}
    assert all(one.is_example for one in Organisation.objects.all())
    assert Letter.objects.count() == 0


def test_example_people_are_created_once(at):
    first = seed.example_people(at)
    lines = JournalEntry.objects.count()

    second = seed.example_people(at)

    assert first == second
    assert Person.objects.count() == len(seed.PERSONAS)
    assert (Mandate.objects.count(), JournalEntry.objects.count()) == (2, lines)
