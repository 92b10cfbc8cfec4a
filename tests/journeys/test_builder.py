"""An agent builds a form, an applicant meets its conditions (AC-3): a real browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from terril.site.programme.models import Answer, Dossier, Question
from tests.factories.people import PersonFactory
from tests.factories.programme import DossierFactory, rich_call
from tests.journeys.accessibility import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call():
    now = timezone.now()  # noqa: TID251 -- a real browser has a real clock
    return rich_call(
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        published_at=now - timedelta(days=2),
    )


@pytest.fixture
def writer(opened, call):
    """Return a page on which somebody writes a dossier, and its address."""
    person = PersonFactory(roles=["holder"])
    dossier = DossierFactory(call=call, title="", holder=person)
    page = opened(person, "holder")
    page.goto(f"{dossier.get_absolute_url()}modifier/")
    return page, dossier.get_absolute_url()


def test_an_answer_that_closes_the_call_says_so_while_one_types(writer):
    page, address = writer

    page.fill("[name=titre]", "La fosse qui rit")
    page.check("[name=situation][value=out]")
    expect(page.locator("#q-situation")).to_contain_text("Le projet doit être dedans.")
    expect(page.locator("#q-distance")).to_be_visible()
    found = violations(page)
    page.reload()
    expect(page.locator("#q-situation")).to_contain_text("Le projet doit être dedans.")
    page.goto(f"{address}deposer/")
    expect(page.locator("main")).to_contain_text("Le projet doit être dedans.")
    expect(page.get_by_role("button", name="Déposer le dossier")).to_have_count(0)

    assert found == []


def test_a_dossier_that_applies_again_is_handed_in(writer):
    page, _address = writer
    page.fill("[name=titre]", "La fosse qui rit")
    page.check("[name=situation][value=out]")
    expect(page.locator("#q-distance")).to_be_visible()

    page.check("[name=situation][value=in]")
    expect(page.locator("#q-distance")).to_be_hidden()
    expect(page.locator("[data-summary]")).not_to_contain_text("Non éligible")
    page.click("[name=then]")
    page.get_by_role("button", name="Déposer le dossier").click()
    page.wait_for_url("**/recepisse/")

    assert Dossier.objects.get().status == "submitted"


def test_lines_are_added_one_by_one_and_saved_whole(writer):
    page, _address = writer

    page.get_by_role("button", name="Ajouter une ligne").click()
    expect(page.get_by_label("Nom, ligne 3")).to_be_focused()
    page.keyboard.type("Ville")
    page.keyboard.press("Tab")
    page.keyboard.type("12 000,50 €")
    page.click("[name=titre]")
    expect(page.locator("#q-plan [data-state] .icon-check")).to_be_visible()
    expect(page.get_by_role("button", name="Ajouter une ligne")).to_be_hidden()

    kept = Answer.objects.get(question__key="plan").value
    assert kept == [{"nom": "Ville", "montant": "12000.50"}]


def test_questions_change_places_by_keyboard_and_by_dragging(opened):
    rich_call(draft=True, code="2030")
    agent = PersonFactory(roles=["agent"])
    page = opened(agent, "agent")
    page.goto("/programme/instruction/2030/appel/")
    found = {"list": violations(page)}

    page.get_by_role("button", name="Monter : Libellé accord").press("Enter")
    page.wait_for_load_state()
    lines = page.locator("[data-drag] > li")
    lines.nth(0).drag_to(lines.nth(2))
    page.wait_for_load_state()
    page.goto("/programme/instruction/2030/appel/question/")
    expect(page.get_by_label("Colonnes du tableau")).to_be_hidden()
    page.select_option("[name=kind]", "group")
    expect(page.get_by_label("Colonnes du tableau")).to_be_visible()
    found["form"] = violations(page)

    keys = Question.objects.order_by("position").values_list("key", flat=True)
    assert found == {"list": [], "form": []}
    assert list(keys) == ["situation", "distance", "titre", "appuis", "accord", "plan"]
