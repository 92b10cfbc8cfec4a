"""A dossier from the call to its receipt: by keyboard, without JavaScript, with it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from terril.site.commons import documents
from terril.site.programme.models import Dossier
from tests.factories.people import PASSWORD, PersonFactory
from tests.factories.places import PlaceFactory, TerritoryFactory
from tests.factories.programme import DossierFactory, DossierMemberFactory, full_call
from tests.journeys.accessibility import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call():
    TerritoryFactory()
    PlaceFactory(code="62498", name="Lens")
    now = timezone.now()  # noqa: TID251 -- a real browser has a real clock
    return full_call(
        required=("titre", "resume", "theme", "commune", "budget"),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        published_at=now - timedelta(days=2),
    )


@pytest.fixture
def person():
    return PersonFactory(roles=["holder"])


def tab_to(page, selector):
    """Press Tab until something has the focus, as a person without a mouse does."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"Tab never reaches {selector}")


def a_draft(call, person):
    return DossierFactory(call=call, title="", holder=person)


def stored(dossier):
    return {one.question.key: one.value for one in dossier.answers.all()}


def saved(page, key):
    return page.locator(f"#q-{key} [data-state] .icon-check")


def write_by_keyboard(page):
    for key, text in [("titre", "La fosse qui rit"), ("resume", "Des arbres.")]:
        tab_to(page, f"#id_{key}")
        page.keyboard.type(text)
    tab_to(page, "[name=theme]")
    page.keyboard.press("Space")
    for key, text in [("commune", "Lens"), ("budget", "12 500,50 €")]:
        tab_to(page, f"#id_{key}")
        page.keyboard.type(text)


def test_a_dossier_is_handed_in_with_the_keyboard_alone(opened, call, person):
    page = opened(person)
    page.goto(call.get_absolute_url())

    tab_to(page, "form[action*=ouvrir] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/modifier/")
    found = {"form": violations(page)}
    write_by_keyboard(page)
    tab_to(page, "[name=then]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/deposer/")
    found["check"] = violations(page)
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recepisse/")
    found["receipt"] = violations(page)

    dossier = Dossier.objects.get()
    assert found == {"form": [], "check": [], "receipt": []}
    assert dossier.receipt == f"{call.code}-001"
    expect(page.locator("main")).to_contain_text(dossier.receipt)
    assert stored(dossier) == {
        "titre": "La fosse qui rit",
        "resume": "Des arbres.",
        "theme": "energy",
        "commune": {"code": "62498", "name": "Lens"},
        "budget": "12500.50",
    }


def test_a_dossier_is_handed_in_without_javascript(opened, call, person):
    page = opened(person, java_script_enabled=False)
    page.goto(call.get_absolute_url())
    page.click("form[action*=ouvrir] button")

    page.fill("#id_titre", "La fosse qui rit")
    page.fill("#id_budget", "douze")
    page.set_input_files(
        "#id_pieces",
        [
            {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
            {"name": "jeu.pdf", "mimeType": "application/pdf", "buffer": b"MZ"},
        ],
    )
    page.press("#id_titre", "Enter")
    expect(page.locator("#q-pieces [role=alert]")).to_contain_text("jeu.pdf")
    expect(page.locator("#q-budget .errorlist")).to_be_visible()
    expect(page.locator("#id_budget")).to_have_value("douze")
    page.fill("#id_resume", "Des arbres.")
    page.check("[name=theme][value=food]")
    page.fill("#id_commune", "62498")
    page.fill("#id_budget", "12 500,50 €")
    page.click("[name=then]")
    page.click("main form button")

    dossier = Dossier.objects.get()
    assert (dossier.receipt, dossier.status) == (f"{call.code}-001", "submitted")
    assert [one.name for one in documents.kept_about(dossier)] == ["plan.pdf"]
    assert stored(dossier)["budget"] == "12500.50"


def sign_in(page, person):
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/modifier/")


def test_a_session_that_ends_loses_nothing_without_javascript(opened, call, person):
    dossier = a_draft(call, person)
    page = opened(person, java_script_enabled=False)
    page.goto(f"{dossier.get_absolute_url()}modifier/")

    page.fill("#id_resume", "Une heure de travail.")
    Session.objects.all().delete()
    page.click(".actions button >> nth=0")
    sign_in(page, person)
    expect(page.locator("#id_resume")).to_have_value("Une heure de travail.")
    page.click(".actions button >> nth=0")
    page.wait_for_url("**/modifier/")

    expect(page.locator("#id_resume")).to_have_value("Une heure de travail.")
    assert stored(dossier) == {"resume": "Une heure de travail."}


def test_answers_are_saved_as_they_are_typed(opened, call, person):
    dossier = a_draft(call, person)
    page = opened(person)
    page.goto(f"{dossier.get_absolute_url()}modifier/")

    page.locator("#id_titre").press_sequentially("La fosse qui rit")
    expect(saved(page, "titre")).to_be_visible()
    page.fill("#id_budget", "douze")
    page.locator("#id_budget").blur()
    expect(page.locator("#q-budget .errorlist")).to_be_visible()
    page.check("[name=theme][value=food]")
    expect(saved(page, "theme")).to_be_visible()
    files = [{"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}]
    page.set_input_files("#id_pieces", files)
    expect(page.locator("#q-pieces .files a")).to_have_text("a.pdf")
    found = violations(page)
    page.reload()

    expect(page.locator("#id_titre")).to_have_value("La fosse qui rit")
    expect(page.locator("#id_budget")).to_have_value("douze")
    expect(page.locator("[name=theme][value=food]")).to_be_checked()
    assert found == []


def test_what_cannot_be_saved_says_so_and_is_tried_again(opened, call, person):
    dossier = a_draft(call, person)
    page = opened(person)
    page.goto(f"{dossier.get_absolute_url()}modifier/")

    page.route("**/reponses/titre/", lambda route: route.fulfill(status=500))
    page.fill("#id_titre", "La fosse qui rit")
    again = page.locator("#q-titre [data-state] button")
    expect(again).to_be_visible()
    before = stored(dossier)
    page.unroute("**/reponses/titre/")
    again.click()

    expect(saved(page, "titre")).to_be_visible()
    assert (before, stored(dossier)) == ({}, {"titre": "La fosse qui rit"})


def test_a_session_that_ends_loses_nothing_with_javascript(opened, call, person):
    dossier = a_draft(call, person)
    page = opened(person)
    page.goto(f"{dossier.get_absolute_url()}modifier/")

    Session.objects.all().delete()
    page.fill("#id_titre", "La fosse qui rit")
    page.locator("#q-titre [data-state] button").click()
    sign_in(page, person)

    expect(page.locator("#id_titre")).to_have_value("La fosse qui rit")
    expect(saved(page, "titre")).to_be_visible()
    assert stored(dossier) == {"titre": "La fosse qui rit"}


def test_two_people_who_write_the_same_answer_see_both(opened, call, person):
    dossier = a_draft(call, person)
    friend = PersonFactory(roles=["collaborator"])
    DossierMemberFactory(dossier=dossier, person=friend, collaborator=True)
    mine, theirs = opened(person), opened(friend)
    for page in (mine, theirs):
        page.goto(f"{dossier.get_absolute_url()}modifier/")

    theirs.fill("#id_titre", "Le leur")
    expect(saved(theirs, "titre")).to_be_visible()
    mine.fill("#id_resume", "Mon résumé")
    expect(saved(mine, "resume")).to_be_visible()
    mine.fill("#id_titre", "Le mien")
    conflict = mine.locator("#q-titre [data-conflict-box]")

    expect(conflict).to_contain_text("Le leur")
    expect(conflict).to_contain_text("Le mien")
    assert stored(dossier) == {"titre": "Le leur", "resume": "Mon résumé"}
    mine.fill("#id_titre", "Le nôtre")
    expect(saved(mine, "titre")).to_be_visible()
    assert stored(dossier)["titre"] == "Le nôtre"
