"""Deposits on paper: who enters them, at which instant, and who takes them over."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from terril.site.commons import documents
from terril.site.commons.errors import Refused
from terril.site.commons.models import Document, JournalEntry, Letter
from terril.site.people.actions import accept_invitation
from terril.site.people.models import Invitation, Person
from terril.site.people.roles import AGENT
from terril.site.people.rules import KeptApart
from terril.site.programme import actions, papers
from terril.site.programme.models import Dossier
from terril.site.programme.queries.dossiers import dossiers_of, dossiers_seen_by
from terril.site.programme.queries.secrecy import is_at_distance
from terril.site.programme.queries.story import receipt_of
from terril.site.programme.rules.answers import Given
from terril.site.programme.rules.paper import Paper, PaperRefused
from tests.factories.people import PersonFactory
from tests.factories.programme import (
    CLOSES,
    NOW,
    OPENS,
    CallFactory,
    DossierFactory,
    full_call,
    upload,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RECEIVED = NOW - DAY


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


@pytest.fixture
def agent():
    return PersonFactory(roles=["agent"])


def said(call, files=None, **values):
    """Return what a paper says, by the keys of the questions."""
    asked = {one.key: one for one in call.questions.all()}
    given = [Given(asked[key], value) for key, value in values.items()]
    return actions.Content(given, files or {})


def entered(agent, paper=None, **content):
    """Enter the dossier of somebody without an account, received yesterday."""
    call = full_call()
    written = said(call, **({"titre": "Un jardin"} | content))
    paper = paper or Paper("Anne", "Lefebvre", RECEIVED)
    return actions.deposit_on_paper(call, paper, written, by=agent, at=NOW)


def verbs():
    return list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))


def test_deposit_on_paper_hands_in_at_the_instant_of_the_receipt(agent):
    dossier = entered(agent, resume="", budget={"raw": "beaucoup"})

    holder = dossier.members.get().person
    dossier.refresh_from_db()
    assert (dossier.title, dossier.status) == ("Un jardin", "submitted")
    assert (dossier.submitted_at, dossier.entered_at) == (RECEIVED, NOW)
    assert (dossier.entered_by, dossier.receipt) == (
        agent,
        f"{dossier.call.code}-001",
    )
    assert "un jardin" in dossier.search_text
    assert (str(holder), holder.email) == ("Anne Lefebvre", None)
    assert {one.question.key: one.value for one in dossier.answers.all()} == {
        "titre": "Un jardin",
        "budget": {"raw": "beaucoup"},
    }
    assert receipt_of(dossier).at == RECEIVED
    assert list(dossiers_seen_by(agent, AGENT)) == [dossier]
    assert verbs() == ["person.added", "dossier.entered", "dossier.submitted"]
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("roles", [[], ["holder"]])
def test_deposit_on_paper_goes_to_the_account_of_an_address(agent, roles):
    person = PersonFactory(email="anne@example.org", roles=roles)
    paper = Paper("Anne", "Lefebvre", RECEIVED, "Anne@example.org")

    dossier = entered(agent, paper)

    assert list(dossiers_of(person)) == [dossier]
    assert list(person.grants.values_list("role", flat=True)) == ["holder"]
    receipt = Letter.objects.get(key=f"receipt/{dossier.pk}/{person.pk}")
    assert receipt.recipient == "anne@example.org"


def test_deposit_on_paper_makes_no_candidate_of_whoever_decides(agent):
    judge = PersonFactory(email="anne@example.org", roles=["secretary"])
    paper = Paper("Anne", "Lefebvre", RECEIVED, "anne@example.org")

    dossier = entered(agent, paper)
    actions.invite_holder(dossier, "anne@example.org", by=agent, at=NOW)
    with pytest.raises(KeptApart):
        accept_invitation(Invitation.objects.get(), by=judge, at=NOW)

    assert is_at_distance(judge, dossier.call)
    assert dossier.members.get().person.email is None
    assert list(judge.grants.values_list("role", flat=True)) == ["secretary"]


def test_deposit_on_paper_keeps_the_files_that_were_scanned(agent):
    dossier = entered(agent, files={"pieces": [upload()], "inconnue": [upload()]})

    document = documents.kept_about(dossier).get()
    assert dossier.answers.get(question__key="pieces").value == [document.pk]
    assert "document.added" in verbs()


def test_deposit_on_paper_is_undone_by_a_file_that_cannot_be_kept(agent):
    with pytest.raises(Refused):
        entered(agent, files={"pieces": [upload("virus.exe", b"MZ")]})

    assert (Dossier.objects.count(), Document.objects.count()) == (0, 0)
    assert verbs() == []


@pytest.mark.parametrize(
    ("received_at", "reason", "sentence"),
    [
        (NOW + timedelta(seconds=1), "", "still to come"),
        (OPENS - DAY, "", "say why"),
        (OPENS - DAY, " ", "say why"),
    ],
)
def test_deposit_on_paper_refuses_an_instant_that_cannot_be(
    agent, received_at, reason, sentence
):
    with pytest.raises(PaperRefused, match=sentence):
        entered(agent, Paper("Anne", "Lefebvre", received_at, reason=reason))

    assert Dossier.objects.count() == 0


def test_deposit_on_paper_out_of_the_dates_says_why(agent):
    call = full_call()
    paper = Paper("Anne", "Lefebvre", CLOSES + DAY, reason="Grève de la poste.")

    dossier = actions.deposit_on_paper(
        call, paper, said(call, titre="Un jardin"), by=agent, at=CLOSES + 2 * DAY
    )

    assert dossier.entry_reason == "Grève de la poste."


def test_the_receipt_of_a_paper_says_where_its_instant_comes_from(agent):
    dossier = entered(agent)

    printed = str(papers.receipt(dossier, receipt_of(dossier), publisher="Ici"))

    assert f"Deposited on paper, entered by {agent}" in printed
    assert "received the whole request" not in printed


@pytest.mark.parametrize("title", ["", {"raw": "x" * 300}])
def test_deposit_on_paper_refuses_a_dossier_without_title(agent, title):
    with pytest.raises(PaperRefused, match="no title"):
        entered(agent, titre=title, resume="Des arbres.")


def test_deposit_on_paper_refuses_a_call_that_is_not_published(agent):
    paper = Paper("Anne", "Lefebvre", RECEIVED)

    with pytest.raises(PaperRefused, match="not published"):
        actions.deposit_on_paper(
            CallFactory(draft=True), paper, actions.Content([]), by=agent, at=NOW
        )


def test_the_holder_of_a_paper_takes_the_dossier_over(agent):
    dossier = entered(agent)
    account = PersonFactory(email="anne@example.org")

    actions.invite_holder(dossier, "anne@example.org", by=agent, at=NOW)
    invitation = Invitation.objects.get()
    accept_invitation(invitation, by=account, at=NOW)

    assert invitation.role == "holder"
    assert list(dossiers_of(account)) == [dossier]
    assert Person.objects.filter(family_name="Lefebvre", email=None).count() == 0


@pytest.mark.parametrize("is_paper", [True, False])
def test_invite_holder_is_for_papers_whose_holder_has_no_account(agent, is_paper):
    dossier = DossierFactory(
        handed_in=True,
        holder=PersonFactory(email="a@example.org" if is_paper else None),
        entered_at=NOW if is_paper else None,
    )

    with pytest.raises(PaperRefused, match="has an account already"):
        actions.invite_holder(dossier, "anne@example.org", by=agent, at=NOW)

    assert Invitation.objects.count() == 0


def test_an_agent_copies_a_paper_and_reads_it_as_any_other(sign_in, agent):
    call, visit = full_call(), sign_in(agent, "agent")
    who = {"given_name": "Anne", "family_name": "Lefebvre", "received_time": "09:00"}
    sent = {f"paper-{key}": text for key, text in who.items()}
    sent |= {"titre": "Un jardin", "titre__seen": ""}
    page = reverse("paper_deposit", args=[call.code])

    with time_machine.travel(NOW, tick=False):
        late = visit.post(page, {**sent, "paper-received_on": "15/04/2026"})
        made = visit.post(page, {**sent, "paper-received_on": "15/03/2026"})
        read = visit.get(made.url).content.decode()
        invite = reverse("holder_invite", args=[Dossier.objects.get().code])
        asked = visit.get(invite).content.decode()
        invited = visit.post(invite, {"email": "anne@example.org"})

    assert "still to come" in late.content.decode()
    assert 'value="Un jardin"' in late.content.decode()
    assert f"Deposited on paper, entered by {agent}" in read
    assert "A link leaves to this address" in asked
    assert invited.url == made.url


def test_a_paper_is_asked_for_its_title_alone(sign_in, agent):
    call = full_call(required=("titre", "budget"))
    visit = sign_in(agent, "agent")

    page = visit.get(reverse("paper_deposit", args=[call.code])).context["sections"]

    fields = {
        one.name: one.field.required for _part, asked in page for one, *_ in asked
    }
    assert (fields["titre"], fields["budget"]) == (True, False)
