"""A deposit after the closing, from the team's code to the receipt, in a browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from terril.site.programme.models import AccessCode, Dossier
from tests.factories.people import PersonFactory
from tests.factories.programme import DossierFactory, answered, full_call

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call():
    now = timezone.now()  # noqa: TID251 -- a real browser has a real clock
    return full_call(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(seconds=1),
        published_at=now - timedelta(days=10),
    )


def code_given(page, call):
    """Make a code of one deposit as an agent, and return what the page shows once."""
    page.goto(reverse("access_codes", args=[call.code]))
    page.get_by_label("Donné à").fill("Anne, par téléphone")
    until = timezone.now() + timedelta(days=2)  # noqa: TID251
    page.get_by_label("Dernier jour").fill(until.strftime("%d/%m/%Y"))
    page.get_by_role("button", name="Créer le code").click()
    return page.locator(".notice strong.code").inner_text()


def enter(page, text):
    page.locator("[name=code]").fill(text)
    page.get_by_role("button", name="Saisir le code").click()


def test_a_late_draft_is_let_in_by_a_code_once(call, opened):
    person = PersonFactory(roles=["holder"])
    first, second = (
        answered(DossierFactory(call=call, holder=person), titre=f"Projet {rank}")
        for rank in range(2)
    )
    text = code_given(opened(PersonFactory(roles=["agent"]), "agent"), call)
    page = opened(person, "holder")

    page.goto(reverse("dossier", args=[first.code]))
    page.get_by_role("link", name="Le saisir pour déposer après la clôture").click()
    expect(page.get_by_label("Pour quel dossier")).to_have_value(str(first.pk))
    enter(page, text.lower())
    page.goto(reverse("dossier_submit", args=[first.code]))
    page.locator("main form button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Récépissé de dépôt")
    page.goto(reverse("enter_code", args=[call.code]))
    page.get_by_label("Pour quel dossier").select_option(str(second.pk))
    enter(page, text)

    expect(page.locator("main")).to_contain_text("Ce code ne laisse pas entrer")
    first.refresh_from_db()
    assert first.submitted_at > call.closes_at
    assert AccessCode.objects.get().used == 1
    assert Dossier.objects.exclude(submitted_at=None).count() == 1
