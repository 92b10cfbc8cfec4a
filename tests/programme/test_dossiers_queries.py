"""What is read of a dossier: completeness, content, story, pages, who may see it."""

from datetime import timedelta

import pytest
from django.utils import translation

from terril.site.commons import documents, journal
from terril.site.people import roles
from terril.site.programme import actions
from terril.site.programme.queries import answers, dossiers, pages, story
from tests.factories.people import InvitationFactory, PersonFactory
from tests.factories.places import (
    MembershipFactory,
    PlaceFactory,
    TerritoryMemberFactory,
)
from tests.factories.programme import (
    CLOSES,
    NOW,
    AdmissibilityFactory,
    CompletionRequestFactory,
    DecisionFactory,
    DossierFactory,
    DossierMemberFactory,
    answered,
    full_call,
    ready,
    upload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


def test_completeness_follows_the_sections_of_the_call():
    dossier = answered(
        DossierFactory(call=full_call(required=("titre", "resume"))),
        titre="Un titre",
        budget={"raw": "douze"},
    )

    found = answers.completeness(dossier)

    assert [(one.name, one.anchor, one.note) for one in found.sections] == [
        ("Le projet (en)", "section-1", "1 missing"),
        ("Le lieu (en)", "section-2", "optional"),
        ("Le porteur (en)", "section-3", "optional"),
        ("Les moyens (en)", "section-4", "1 to correct"),
    ]
    assert [item.anchor for item in found.faults] == ["q-resume", "q-budget"]
    assert found.saved_at == dossier.answers.first().updated_at
    assert (found.done_count, found.asked_count) == (1, 3)


def test_completeness_of_an_empty_dossier_was_never_saved():
    found = answers.completeness(DossierFactory(call=full_call(required=())))

    assert (found.saved_at, found.is_complete) == (None, True)


def test_content_shows_every_question_with_its_words_and_files(at):
    person = PersonFactory(roles=["holder"])
    dossier = answered(
        DossierFactory(call=full_call(), holder=person),
        theme="food",
        budget={"raw": "douze"},
    )
    question = dossier.call.questions.get(key="pieces")
    actions.attach(dossier, question, [upload("été.pdf")], by=person, at=at)

    parts = answers.content(dossier)

    lines = {line.question.key: line for part in parts for line in part.lines}
    assert [part.name for part in parts][:2] == ["Le projet (en)", "Le lieu (en)"]
    assert len(lines) == 9
    assert (lines["theme"].words, lines["titre"].words) == ("Food", "")
    assert (lines["budget"].words, lines["budget"].is_wrong) == ("douze", True)
    assert [one.name for one in lines["pieces"].files] == ["été.pdf"]


def test_content_digest_changes_with_any_answer_and_any_file(at):
    person = PersonFactory(roles=["holder"])
    dossier = answered(DossierFactory(call=full_call(), holder=person), titre="Un")
    first = answers.content_digest(dossier)
    question = dossier.call.questions.get(key="pieces")

    actions.attach(dossier, question, [upload()], by=person, at=at)
    second = answers.content_digest(dossier)
    dossier.answers.filter(question__key="titre").update(value="Deux")
    third = answers.content_digest(dossier)

    assert len({first, second, third}) == 3
    assert answers.content_digest(dossier) == third


def test_communes_called_finds_namesakes_then_look_alikes():
    here = PlaceFactory(code="62001", name="Saint-Martin")
    there = PlaceFactory(code="59002", name="Saint-Martin")
    PlaceFactory(code="62003", name="Saint-Martin", is_gone=True)
    near = PlaceFactory(code="62004", name="Saint-Martin-au-Laërt")

    assert answers.communes_called("st martin") == [there, here]
    assert answers.communes_called("saint martin au") == [near]
    assert answers.communes_called("Ailleurs") == []
    assert answers.is_called(near, "SAINT MARTIN AU LAERT") is True


def test_dossiers_seen_by_keeps_other_peoples_dossiers_out_of_sight():
    person, other = PersonFactory(), PersonFactory()
    mine = DossierFactory(holder=person)
    DossierFactory(holder=other, handed_in=True)

    seen = dossiers.dossiers_seen_by

    assert list(seen(person, roles.HOLDER)) == [mine]
    assert list(seen(person, roles.COLLABORATOR)) == [mine]
    assert list(seen(person, None)) == []
    assert list(seen(person, roles.OBSERVER)) == []


def test_part_of_and_team_of_put_the_holder_first():
    person, other = PersonFactory(), PersonFactory()
    dossier = DossierFactory()
    DossierMemberFactory(dossier=dossier, person=other, collaborator=True)
    DossierMemberFactory(dossier=dossier, person=person)

    team = [member.person for member in dossiers.team_of(dossier)]

    assert team == [person, other]
    assert dossiers.part_of(dossier, other) == "collaborator"
    assert dossiers.part_of(dossier, PersonFactory()) is None


def test_awaited_collaborator_is_somebody_of_the_team_without_an_account_yet(at):
    dossier = DossierFactory()
    person = PersonFactory(email=None)
    member = DossierMemberFactory(dossier=dossier, person=person, collaborator=True)
    about = f"people.person/{person.pk}"
    InvitationFactory(email="neuf@example.org", about=about, invited_at=at)

    assert dossiers.awaited_collaborator(dossier, " NEUF@example.org") == member
    assert dossiers.awaited_collaborator(dossier, "autre@example.org") is None
    assert dossiers.awaited_collaborator(DossierFactory(), "neuf@example.org") is None


def test_history_tells_applicants_nothing_of_what_prepares_a_decision(at):
    person = PersonFactory(given_name="Ada", family_name="Porteuse", roles=["holder"])
    agent = PersonFactory(roles=["agent"])
    dossier = ready(person)
    actions.submit(dossier, by=person, at=at)
    for verb in ("dossier.examined", "decision.prepared", "report.written"):
        journal.record(verb, about=dossier, by=agent, at=at)
    journal.record("dossier.admitted", about=dossier, by=agent, at=at)
    journal.record("document.added", about=dossier, by=None, at=at, note="plan.pdf")

    lines = story.history(dossier)

    assert [(one.sentence, one.by) for one in lines] == [
        ("file added — plan.pdf", ""),
        ("dossier found admissible", "examination team"),
        ("dossier handed in", "Ada Porteuse"),
    ]


def test_receipt_of_reads_the_proof_in_the_journal(at):
    person = PersonFactory(roles=["holder"])
    dossier = ready(person)
    assert story.receipt_of(dossier) is None

    actions.submit(dossier, by=person, at=at)
    digest = answers.content_digest(dossier)
    dossier.answers.update(value="Changé après")

    receipt = story.receipt_of(dossier)
    assert (receipt.number, receipt.at) == (dossier.receipt, at)
    assert (receipt.content, receipt.head) == (digest, journal.head()[1])


def test_receipt_of_stands_without_its_erased_note(at):
    person = PersonFactory(roles=["holder"])
    dossier = ready(person)
    actions.submit(dossier, by=person, at=at)
    line = journal.JournalEntry.objects.get()
    line.note.delete()

    assert story.receipt_of(dossier).content == ""


def steps(dossier):
    return [(one.text, one.is_done, one.is_ahead) for one in story.timeline(dossier)]


def test_timeline_of_a_draft_says_until_when():
    found = story.timeline(DossierFactory())

    assert [(one.text, one.is_done) for one in found] == [
        ("Dossier opened", True),
        ("To be handed in", False),
        ("Admissibility", False),
        ("Examination and opinions", False),
        ("Decision", False),
    ]
    assert found[1].when == "until 31 March 2026 at 12:00"
    assert found[4].when == "date not known"


def test_timeline_does_not_know_a_decision_before_it_is_public():
    dossier = DecisionFactory().dossier
    AdmissibilityFactory(dossier=dossier)
    before = steps(dossier)

    dossier.decision.published_at = NOW + timedelta(days=80)
    dossier.decision.save()

    assert before[2:] == [
        ("Admissibility", True, False),
        ("Examination and opinions", False, True),
        ("Decision", False, True),
    ]
    assert steps(dossier)[4] == ("Decision", True, False)


@pytest.mark.parametrize(
    ("state", "last"),
    [
        ({"withdrawn": True}, ("Withdrawn", True, False)),
        ({"inadmissible": True}, ("Not admissible", True, False)),
    ],
)
def test_timeline_stops_where_the_dossier_stops(state, last):
    dossier = DossierFactory(**state)
    AdmissibilityFactory(dossier=dossier, is_admissible=False, reasons="Hors zone.")

    assert steps(dossier)[-1] == last
    assert len(steps(dossier)) == 3


@pytest.mark.parametrize(
    ("state", "part", "at", "may"),
    [
        ({}, "holder", NOW, (True, True, True, False)),
        ({}, "collaborator", NOW, (True, False, False, False)),
        ({}, "holder", CLOSES + timedelta(seconds=1), (False, True, False, True)),
        ({"handed_in": True}, "holder", NOW, (False, True, False, False)),
        ({"to_complete": True}, "holder", NOW, (True, True, False, False)),
        ({"decided": True}, "holder", NOW, (False, False, False, False)),
    ],
)
def test_dossier_page_says_what_each_may_do(state, part, at, may):
    person = PersonFactory()
    dossier = DossierFactory(**state)
    DossierMemberFactory(dossier=dossier, person=person, part=part)

    page = pages.dossier_page(dossier, person, roles.HOLDER, at=at)

    assert (page.may_edit, page.may_withdraw, page.may_submit, page.is_late) == may


def test_dossier_page_shows_a_decision_only_once_it_is_public():
    decision = DecisionFactory()
    person = PersonFactory()
    DossierMemberFactory(dossier=decision.dossier, person=person)
    before = pages.dossier_page(decision.dossier, person, roles.HOLDER, at=NOW)

    decision.published_at = NOW
    decision.save()

    after = pages.dossier_page(decision.dossier, person, roles.HOLDER, at=NOW)
    assert (before.decision, after.decision) == (None, decision)
    assert (before.status, before.state) == ("examination", "under examination")


def test_dossier_page_names_who_is_awaited(at):
    person = PersonFactory(given_name="Ada", family_name="Porteuse", roles=["holder"])
    dossier = DossierFactory(holder=person)
    actions.invite_collaborator(dossier, "neuf@example.org", by=person, at=at)

    page = pages.dossier_page(dossier, person, roles.HOLDER, at=at)

    assert [(one.name, one.is_holder) for one in page.team] == [
        ("Ada Porteuse", True),
        ("neuf@example.org", False),
    ]


def test_dossier_page_holds_the_pending_request():
    asked = CompletionRequestFactory()

    page = pages.dossier_page(asked.dossier, PersonFactory(), None, at=NOW)

    assert (page.completion, page.part, page.may_edit) == (asked, None, False)


def test_dossier_rows_name_the_state_for_their_reader():
    rows = pages.dossier_rows([DossierFactory(deliberated=True)], roles.HOLDER, at=NOW)

    assert [(one.status, one.state, one.may_edit) for one in rows] == [
        ("examination", "under examination", False)
    ]


def test_writing_page_gives_each_question_its_files(at):
    person = PersonFactory(roles=["holder"])
    dossier = DossierFactory(call=full_call(), holder=person)
    question = dossier.call.questions.get(key="pieces")
    actions.attach(dossier, question, [upload("a.pdf")], by=person, at=at)
    documents.keep(upload("autre.pdf"), about=dossier, by=person, at=at)

    page = pages.writing_page(dossier)

    assert [one.name for one in page.files_for(question)] == ["a.pdf"]
    assert page.files_for(page.questions[0]) == []


def test_writing_page_offers_the_communes_of_the_territory():
    lens = PlaceFactory(code="62498", name="Lens")
    PlaceFactory(code="38209", name="Lens-Lestang")
    member = TerritoryMemberFactory()
    MembershipFactory(child=lens, parent=member.place)
    asking, silent = full_call(), DossierFactory()

    page = pages.writing_page(DossierFactory(call=asking))

    assert page.communes == [lens]
    assert pages.writing_page(silent).communes == []
