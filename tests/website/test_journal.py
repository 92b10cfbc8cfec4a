"""The journal: whole for administrators, but for what a candidate may not read yet."""

import pytest
from django.urls import reverse

from terril.site.commons import journal
from terril.site.commons.addresses import address
from terril.site.commons.models import JournalEntry, Letter
from terril.site.programme import actions
from terril.site.programme.models import Decision
from tests.factories.people import PersonFactory
from tests.factories.programme import (
    DecisionFactory,
    DossierFactory,
    OpinionFactory,
    withdrawal_letter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(sign_in):
    return sign_in(PersonFactory(roles=["administrator"]), "administrator")


@pytest.mark.parametrize("count", [1, 3])
def test_journal_costs_the_same_for_many(
    count, administrator, at, django_assert_num_queries
):
    for _ in range(count):
        journal.record("role.granted", about=PersonFactory(), by=None, at=at)

    with django_assert_num_queries(14):
        page = administrator.get(reverse("journal"))

    assert [line.number for line in page.context["lines"]] == list(range(count, 0, -1))
    assert page.context["verdict"] is None


def test_journal_is_filtered(administrator, at):
    person = PersonFactory()
    journal.record("role.granted", about=person, by=None, at=at)
    journal.record("role.ended", about="people.person/999", by=None, at=at)
    path = reverse("journal")

    def numbers(**asked):
        page = administrator.get(path, asked)
        return [line.number for line in page.context["lines"]]

    assert numbers(verb="role.ended") == [2]
    assert numbers(about=f"people.person/{person.pk}") == [1]
    assert numbers(verb="nothing") == []


def test_journal_says_whether_the_chain_holds(administrator, at):
    path = "/en/compte/journal/"
    journal.record("role.granted", about="people.person/1", by=None, at=at)

    whole = administrator.get(path, {"verify": "1"}).content.decode()
    JournalEntry.objects.update(verb="role.ended")
    broken = administrator.get(path, {"verify": "1"}).content.decode()

    assert "The chain holds: 1 line read" in whole
    assert "The chain breaks at line 1." in broken
    assert "What this line says was changed." in broken


def test_a_candidate_finds_the_secrets_of_the_edition_once_they_are_public(sign_in, at):
    dossier = DossierFactory(deliberated=True, holder=PersonFactory())
    decision = DecisionFactory(dossier=dossier)
    actions.compose_letters(dossier.call, by=decision.prepared_by, at=at)
    letter = Letter.objects.get()
    opinion = OpinionFactory(dossier=dossier)
    for verb, about in (
        ("opinion.corrected", opinion),
        ("decision.prepared", decision),
        ("letter.released", letter),
        ("dossier.presented", dossier),
    ):
        journal.record(verb, about=about, by=decision.prepared_by, at=at)
    person = PersonFactory(roles=["administrator"])
    DossierFactory(call=dossier.call, holder=person)
    client = sign_in(person, "administrator")

    before = verbs_on(client)
    Decision.objects.update(published_at=at)
    after = verbs_on(client)

    assert before == ["dossier.presented", "letters.composed"]
    assert after == [
        "dossier.presented",
        "letter.released",
        "decision.prepared",
        "opinion.corrected",
        "letters.composed",
    ]


def verbs_on(client):
    page = client.get(reverse("journal"))
    return [line.verb for line in page.context["lines"]]


def test_the_journal_keeps_what_a_draft_says_for_those_who_write_it(administrator, at):
    draft = DossierFactory(title="Projet secret")
    handed_in = DossierFactory(title="Projet déposé", handed_in=True)
    posted = [withdrawal_letter(one) for one in (draft, handed_in)]
    for one in (draft, handed_in):
        journal.record("document.added", about=one, by=None, at=at, note="plan.pdf")
        journal.record("dossier.opened", about=one, by=None, at=at, note="une note")
    for letter in posted:
        journal.record("letter.retried", about=letter, by=None, at=at)

    page = administrator.get(reverse("journal"))

    assert [(str(one.about), one.note) for one in page.context["lines"][::-1]] == [
        (address(draft), ""),
        (address(draft), ""),
        ("Projet déposé", ""),
        ("Projet déposé", "une note"),
        (address(posted[0]), ""),
        (str(posted[1]), ""),
    ]
    assert "secret" not in page.content.decode()
