"""Letters of decision: exact counts, previews, nothing sent twice, nothing sent alone."""

from datetime import date, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from terril.site.commons.models import Letter
from terril.site.programme import actions, queries
from terril.site.programme.models import Dossier, DossierMember
from terril.site.programme.queries import letters as reads
from terril.site.programme.rules import letters as rules
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.programme import (
    NOW,
    CallFactory,
    DecisionFactory,
    DossierFactory,
    DossierMemberFactory,
    ReservationFactory,
    withdrawal_letter,
)

pytestmark = pytest.mark.django_db
Status = Letter.Status


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


@pytest.fixture
def who():
    return {"by": PersonFactory(), "at": NOW}


@pytest.fixture
def agent(sign_in):
    return sign_in(PersonFactory(roles=["agent"]), "agent")


def decided(call, outcome="labelled", **person):
    holder = PersonFactory(**{"language": "en"} | person)
    dossier = DossierFactory(deliberated=True, call=call, holder=holder)
    return DecisionFactory(dossier=dossier, outcome=outcome, reasons="Good reasons.")


def an_edition():
    """Return a call with four labels, three to be matured, three refusals."""
    call = CallFactory(code="2026")
    for outcome, count in (("labelled", 4), ("to_be_matured", 3), ("refused", 3)):
        for _ in range(count):
            decided(call, outcome)
    return call


def statuses():
    return list(Letter.objects.order_by("pk").values_list("status", flat=True))


def test_what_will_be_written_is_counted_exactly():
    call = an_edition()
    first = call.dossiers.first()
    DossierMemberFactory(dossier=first)
    DossierMemberFactory(dossier=first, collaborator=True)
    decided(call, without_account=True)

    found = reads.composition(call)

    assert (found.dossier_count, found.address_count, len(found.to_write)) == (
        10,
        11,
        11,
    )
    assert sum(found.by_outcome.values()) == 11
    assert len(found.without_address) == 1


def test_ten_drafts_one_edited_one_discarded_nine_sent_and_none_twice(
    who, django_capture_on_commit_callbacks
):
    call = an_edition()
    assert actions.compose_letters(call, **who) == 10
    drafts = list(reads.drafts_of(call))
    actions.edit_letter(drafts[0], "Another  subject", "Another body.", **who)
    actions.discard_letter(drafts[9], "told by phone", **who)
    keys = [draft.pk for draft in drafts]

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.send_letters(keys, **who) == 9
    with pytest.raises(rules.NothingToSend):
        actions.send_letters(keys, **who)

    assert len(mail.outbox) == 9
    assert mail.outbox[0].subject == "Another subject"
    assert statuses() == ["sent"] * 9 + ["discarded"]


def test_composing_again_writes_only_what_is_new(who):
    call = an_edition()
    actions.compose_letters(call, **who)
    decided(call)

    assert actions.compose_letters(call, **who) == 1
    with pytest.raises(rules.NothingToSend):
        actions.compose_letters(call, **who)
    assert len(statuses()) == 11


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("labelled", ["receives the label", "keep this letter to yourself"]),
        (
            "to_be_matured",
            ["needs to mature", "- Confirmer le foncier. (to be lifted by"],
        ),
        ("refused", ["does not receive the label", "nowhere in public"]),
    ],
)
def test_each_outcome_has_its_letter_with_act_and_reasons(who, outcome, told):
    call = CallFactory()
    decision = decided(call, outcome)
    ReservationFactory(decision=decision, due_on=date(2026, 9, 1))

    actions.compose_letters(call, **who)

    letter = Letter.objects.get()
    for words in [*told, "Act 2026-42 of 28 May 2026.", "Good reasons."]:
        assert words in letter.body
    assert letter.subject.endswith("The decision on your dossier")
    assert "{" not in letter.body


def test_a_letter_after_the_publication_says_that_the_project_is_public(who):
    call = CallFactory()
    dossier = DossierFactory(
        decided=True, call=call, holder=PersonFactory(language="en")
    )
    DecisionFactory(dossier=dossier, published=True)

    actions.compose_letters(call, **who)

    assert "The project is in the public register." in Letter.objects.get().body


def a_letter(status=Status.DRAFT, **who):
    call = CallFactory()
    decided(call)
    actions.compose_letters(call, **who)
    Letter.objects.update(status=status)
    return Letter.objects.get()


@pytest.mark.parametrize(
    ("status", "act", "refusal", "sentence"),
    [
        pytest.param(
            Status.WAITING,
            lambda one, **who: actions.edit_letter(one, "A", "B", **who),
            rules.LetterGone,
            "This letter is “waiting”: its text no longer changes.",
            id="edits what waits",
        ),
        pytest.param(
            Status.DRAFT,
            lambda one, **who: actions.edit_letter(one, " ", "B", **who),
            rules.LetterIncomplete,
            "A letter has a subject and a text.",
            id="empties the subject",
        ),
        pytest.param(
            Status.WAITING,
            lambda one, **who: actions.discard_letter(one, "oui", **who),
            rules.LetterGone,
            "This letter is “waiting”: it can no longer be discarded.",
            id="discards what waits",
        ),
        pytest.param(
            Status.DRAFT,
            lambda one, **who: actions.discard_letter(one, " ", **who),
            rules.LetterIncomplete,
            "A letter is not discarded without a reason.",
            id="discards without a reason",
        ),
        pytest.param(
            Status.DRAFT,
            actions.retry_letter,
            rules.LetterGone,
            "This letter is “draft”: there is nothing to try again.",
            id="tries a draft again",
        ),
    ],
)
def test_what_cannot_be_done_to_a_letter_is_refused(
    status, act, refusal, sentence, who
):
    letter = a_letter(status, **who)

    with pytest.raises(refusal) as refused:
        act(letter, **who)

    assert str(refused.value) == sentence
    assert statuses() == [status]


def test_a_letter_that_failed_is_shown_and_tried_again(
    who, agent, monkeypatch, django_capture_on_commit_callbacks
):
    letter = a_letter(**who)

    def refuse(_message):
        raise SMTPException("the mailbox is full")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refuse)
        with django_capture_on_commit_callbacks(execute=True):
            actions.send_letters([letter.pk], **who)
    page = agent.get(f"/en/programme/courriers/{letter.pk}/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        agent.post(f"/programme/courriers/{letter.pk}/reessayer/")

    assert "the mailbox is full" in page
    assert statuses() == ["sent"]
    assert len(mail.outbox) == 1


def test_the_page_shows_counts_addresses_and_one_preview_for_each_outcome(agent):
    an_edition()

    page = agent.get("/en/programme/courriers/decisions/2026/").content.decode()

    assert "10 dossiers, 10 addresses, 10 letters." in page
    assert "labelled: 4 letters. Read the first" in page
    for words in ("receives the label", "needs to mature", "does not receive"):
        assert page.count(words) == 1
    assert Letter.objects.count() == 0


def test_an_empty_selection_has_no_recipient_and_no_button(agent):
    CallFactory(code="2026")

    page = agent.get("/en/programme/courriers/decisions/2026/").content.decode()

    assert "0 recipient: there is no letter to write." in page
    assert "0 recipient: no draft is waiting." in page
    assert "preparer" not in page
    assert "envoyer" not in page


def test_the_team_composes_reads_edits_discards_and_sends_from_the_pages(
    agent, django_capture_on_commit_callbacks
):
    an_edition()
    start = "/programme/courriers/"
    agent.post(f"{start}decisions/2026/preparer/")
    keys = list(Letter.objects.order_by("pk").values_list("pk", flat=True))

    shown = agent.get(f"/en{start}decisions/2026/").content.decode()
    agent.post(f"{start}{keys[0]}/modifier/", {"subject": "Sujet", "body": "Corps"})
    agent.post(f"{start}{keys[1]}/ecarter/", {"reason": "déjà dit"})
    with django_capture_on_commit_callbacks(execute=True):
        agent.post(f"{start}{keys[0]}/envoyer/")
        agent.post(f"{start}decisions/2026/envoyer/", {"letters": keys[2:4]})
    again = agent.post(f"{start}decisions/2026/envoyer/", {"letters": keys[2:4]})
    none = agent.post(f"{start}decisions/2026/envoyer/", {"letters": []})

    assert "10 drafts, ticked to leave" in shown
    assert [again.status_code, none.status_code] == [409, 409]
    assert mail.outbox[0].body == "Corps"
    assert statuses() == ["sent", "discarded", "sent", "sent"] + ["draft"] * 6


def test_pages_that_ask_for_words_keep_what_is_wrong_on_the_screen(agent, who):
    letter = a_letter(**who)
    start = f"/en/programme/courriers/{letter.pk}/"

    edit = agent.post(f"{start}modifier/", {"subject": "", "body": "Corps"})
    discard = agent.post(f"{start}ecarter/", {"reason": ""})

    assert "This field is required." in edit.content.decode()
    assert "This field is required." in discard.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_outbox_asks_as_much_for_one_as_for_three(
    agent, who, django_assert_num_queries, count
):
    call = CallFactory()
    for _ in range(count):
        decided(call)
    actions.compose_letters(call, **who)

    with django_assert_num_queries(13):
        page = agent.get("/programme/courriers/?status=draft")

    assert page.content.decode().count('scope="row"') == count


def test_the_outbox_is_narrowed_by_state(agent, who):
    a_letter(Status.FAILED, **who)

    assert len(agent.get("/programme/courriers/?status=failed").context["page"]) == 1
    assert len(agent.get("/programme/courriers/?status=sent").context["page"]) == 0
    assert len(agent.get("/programme/courriers/?status=odd").context["page"]) == 1


def test_letters_of_other_rooms_are_not_shown(agent, who):
    letter = a_letter(**who)
    Letter.objects.update(about="people.invitation/1")

    assert agent.get(f"/programme/courriers/{letter.pk}/").status_code == 404
    assert len(agent.get("/programme/courriers/").context["page"]) == 0


def test_a_holder_reads_the_letters_that_were_sent_and_no_draft(who):
    call = CallFactory()
    decision = decided(call)
    actions.compose_letters(call, **who)
    assert list(queries.letters_sent_about(decision.dossier)) == []

    Letter.objects.update(status=Status.SENT, sent_at=NOW + timedelta(hours=1))

    assert len(queries.letters_sent_about(decision.dossier)) == 1


def test_a_collaborator_receives_no_letter_of_decision():
    call = CallFactory()
    decision = decided(call)
    decision.dossier.members.update(part=DossierMember.Part.COLLABORATOR)

    assert reads.composition(call).to_write == []


def test_a_holder_finds_a_copy_of_what_was_sent(who, sign_in):
    call = CallFactory()
    dossier = decided(call).dossier
    holder = sign_in(dossier.members.get().person, "holder")
    RoleGrantFactory(person=dossier.members.get().person, role="holder")
    actions.compose_letters(call, **who)
    path = f"/en/programme/dossiers/{dossier.code}/courriers/"

    before = holder.get(path).content.decode()
    Letter.objects.update(status=Status.SENT, sent_at=NOW)
    after = holder.get(path).content.decode()

    assert "receives the label" not in before
    assert "receives the label" in after


def test_an_agent_handles_no_letter_of_an_edition_where_they_are_a_candidate(
    who, sign_in
):
    candidate = PersonFactory(roles=["agent"])
    call = CallFactory(code="2026")
    own = DossierFactory(deliberated=True, call=call, holder=candidate)
    DecisionFactory(dossier=own)
    decided(call)
    actions.compose_letters(call, **who)
    client = sign_in(candidate, "agent")

    shown = client.get("/programme/courriers/")

    assert list(shown.context["page"]) == []
    assert list(shown.context["calls"]) == []
    assert client.get("/programme/courriers/decisions/2026/").status_code == 404
    assert (
        client.post("/programme/courriers/decisions/2026/envoyer/").status_code == 404
    )
    assert page_of_own(client, own).status_code == 404


@pytest.mark.parametrize("is_example", [True, False])
def test_letters_about_fictional_dossiers_bear_the_mark(agent, who, is_example):
    letter = a_letter(**who)
    Dossier.objects.update(is_example=is_example)

    page = agent.get(f"/programme/courriers/{letter.pk}/")

    assert page.context["example"] is is_example


def page_of_own(client, dossier):
    return client.get(f"/programme/instruction/dossiers/{dossier.code}/")


@pytest.mark.parametrize("role", ["agent", "secretary"])
def test_nobody_reads_letters_about_a_draft_but_those_who_write_it(role, sign_in):
    client = sign_in(PersonFactory(roles=[role]), role)
    draft, examined = DossierFactory(), DossierFactory(examined=True)
    letters = [withdrawal_letter(one) for one in (draft, examined)]

    pages = [client.get(reverse("letter", args=[one.pk])) for one in letters]
    listed = client.get(reverse("letters")).context["page"]

    assert [page.status_code for page in pages] == [404, 200]
    assert list(listed) == letters[1:]
