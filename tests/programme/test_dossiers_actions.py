"""Opening, writing, handing in, completing, withdrawing; and who writes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.db import connection
from django.utils import translation

from terril.site.commons import documents, journal
from terril.site.commons.models import Document, JournalEntry, Letter
from terril.site.people.actions import accept_invitation
from terril.site.people.models import Invitation, Organisation, Person
from terril.site.people.queries import held_roles, role_keys
from terril.site.people.roles import COLLABORATOR, HOLDER, OBSERVER
from terril.site.people.rules import KeptApart
from terril.site.programme import actions
from terril.site.programme.models import Answer, Dossier, Question
from terril.site.programme.queries.answers import answers_of, content_digest
from terril.site.programme.queries.dossiers import (
    dossiers_seen_by,
    invitations_to_write,
)
from terril.site.programme.queries.pages import dossier_page
from terril.site.programme.queries.secrecy import is_at_distance
from terril.site.programme.rules import answers as answers_rules, dossiers as rules
from terril.site.programme.rules.answers import Given, fingerprint
from terril.site.programme.rules.moves import MoveRefused
from tests.factories.people import InvitationFactory, OrganisationFactory, PersonFactory
from tests.factories.places import PlaceFactory
from tests.factories.programme import (
    CLOSES,
    NOW,
    CallFactory,
    CompletionRequestFactory,
    DossierFactory,
    DossierMemberFactory,
    QuestionFactory,
    a_draft,
    answered,
    full_call,
    ready,
    upload,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
SIRET = "20007246000013"


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


def holder():
    return PersonFactory(roles=["holder"])


def given(dossier, key, value, *, seen=None):
    question = dossier.call.questions.get(key=key)
    known = answers_of(dossier).get(question.pk)
    revision = known.revision if known else 0
    shown = fingerprint(known.value if known else None) if seen is None else seen
    return Given(question, value, revision, shown)


def write(dossier, by, at=NOW, **values):
    lines = [given(dossier, key, value) for key, value in values.items()]
    return actions.answer(dossier, lines, by=by, at=at)


def verbs():
    return list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))


def test_open_dossier_begins_a_draft_and_makes_a_holder(at):
    person, call = PersonFactory(), CallFactory(is_example=False)

    dossier = actions.open_dossier(call, by=person, at=at)

    assert Dossier.objects.get() == dossier
    assert (dossier.status, dossier.opened_at, dossier.receipt) == ("draft", at, None)
    assert len(dossier.code) == 6
    assert [(m.person, m.part) for m in dossier.members.all()] == [(person, "holder")]
    assert list(person.grants.values_list("role", flat=True)) == ["holder"]
    assert verbs() == ["role.granted", "dossier.opened"]


def test_open_dossier_grants_nothing_to_a_holder(at):
    person = holder()

    actions.open_dossier(CallFactory(), by=person, at=at)

    assert person.grants.count() == 1
    assert verbs() == ["dossier.opened"]


@pytest.mark.parametrize("moment", [CLOSES + SECOND, CLOSES - timedelta(days=60)])
def test_open_dossier_refuses_when_the_call_takes_none(moment):
    with pytest.raises((rules.CallClosed, rules.CallNotOpen)):
        actions.open_dossier(CallFactory(), by=holder(), at=moment)

    assert Dossier.objects.count() == 0


def test_answer_copies_what_a_question_fills(at):
    lens = PlaceFactory(code="62498", name="Lens")
    person = holder()
    dossier = a_draft(person)

    conflicts = write(
        dossier,
        person,
        at,
        titre="L’Écopôle",
        resume="Des arbres.",
        theme="food",
        commune={"code": "62498", "name": "Lens"},
        lieu={"latitude": 50.43, "longitude": 2.83},
        structure={"siret": SIRET, "name": "CABBALR"},
        budget="12500.50",
    )

    dossier.refresh_from_db()
    assert conflicts == []
    assert (dossier.title, dossier.summary) == ("L’Écopôle", "Des arbres.")
    assert (dossier.theme, dossier.commune) == ("food", lens)
    assert (dossier.latitude, dossier.longitude) == (50.43, 2.83)
    assert dossier.organisation == Organisation.objects.get(siret=SIRET, name="CABBALR")
    assert "l ecopole" in dossier.search_text
    assert "lens cabbalr des arbres" in dossier.search_text
    assert dossier.answers.get(question__key="budget").value == "12500.50"


def test_answer_finds_an_organisation_that_is_known(at):
    known = OrganisationFactory(siret=SIRET)
    person = holder()
    dossier = a_draft(person)

    write(dossier, person, at, structure={"siret": SIRET, "name": known.name})

    dossier.refresh_from_db()
    assert dossier.organisation == known
    assert Organisation.objects.count() == 1


def test_answer_empties_what_it_fed(at):
    PlaceFactory(code="62498", name="Lens")
    person = holder()
    dossier = a_draft(person)
    write(
        dossier,
        person,
        at,
        titre="Un titre",
        commune={"code": "62498", "name": "Lens"},
        lieu={"latitude": 50.43, "longitude": 2.83},
        structure={"siret": SIRET, "name": "CABBALR"},
    )

    write(dossier, person, at, titre=None, commune=None, lieu=None, structure=None)

    dossier.refresh_from_db()
    assert (dossier.title, dossier.commune, dossier.organisation) == ("", None, None)
    assert (dossier.latitude, dossier.longitude) == (None, None)
    assert dossier.answers.get(question__key="titre").revision == 2


def test_answer_keeps_what_is_not_valid_as_it_was_typed(at):
    person = holder()
    dossier = a_draft(person)

    write(dossier, person, at, titre={"raw": "a" * 5_000_000}, budget={"raw": "douze"})

    dossier.refresh_from_db()
    kept = {one.question.key: one.value for one in dossier.answers.all()}
    assert kept == {"titre": {"raw": "a" * 5_000_000}, "budget": {"raw": "douze"}}
    assert dossier.title == ""


def test_answer_writes_nothing_where_nothing_changed(at):
    person = holder()
    dossier = answered(a_draft(person), titre="Un titre")

    write(dossier, person, at, titre="Un titre", resume=None)

    kept = dossier.answers.get()
    assert (kept.question.key, kept.revision) == ("titre", 1)


def test_answer_leaves_no_line_in_the_journal(at):
    person = holder()

    write(a_draft(person), person, at, titre="Un titre")

    assert verbs() == []


def test_answer_refuses_an_older_copy_of_the_same_field_and_merges_the_others(at):
    person, other = holder(), PersonFactory()
    dossier = answered(a_draft(person), titre="Au départ", budget="10")
    mine = [
        given(dossier, "titre", "Le mien"),
        given(dossier, "budget", "10"),
        given(dossier, "resume", "Un résumé"),
    ]
    write(dossier, other, at, titre="Le leur", budget="20")

    conflicts = actions.answer(dossier, mine, by=person, at=at + SECOND)

    dossier.refresh_from_db()
    assert [(c.question.key, c.their_words, c.my_words) for c in conflicts] == [
        ("titre", "Le leur", "Le mien")
    ]
    kept = {one.question.key: one.value for one in dossier.answers.all()}
    assert kept == {"titre": "Le leur", "budget": "20", "resume": "Un résumé"}
    assert (dossier.title, dossier.summary) == ("Le leur", "Un résumé")


def test_answer_sees_no_conflict_where_both_wrote_the_same(at):
    person = holder()
    dossier = answered(a_draft(person), titre="Au départ")
    mine = given(dossier, "titre", "Pareil")
    write(dossier, PersonFactory(), at, titre="Pareil")

    assert actions.answer(dossier, [mine], by=person, at=at) == []
    assert dossier.answers.get().revision == 2


@pytest.mark.parametrize(
    ("state", "moment", "refusal"),
    [
        ({}, CLOSES + SECOND, rules.CallClosed),
        ({"handed_in": True}, NOW, rules.NotEditable),
        ({"examined": True}, NOW, rules.NotEditable),
        ({"withdrawn": True}, NOW, rules.NotEditable),
    ],
)
def test_answer_attach_and_detach_refuse_a_frozen_dossier(state, moment, refusal):
    person = holder()
    dossier = a_draft(person, **state)
    question = dossier.call.questions.get(key="pieces")
    document = documents.keep(upload(), about=dossier, by=person, at=NOW)

    with pytest.raises(refusal):
        write(dossier, person, moment, titre="Trop tard")
    with pytest.raises(refusal):
        actions.attach(dossier, question, [upload()], by=person, at=moment)
    with pytest.raises(refusal):
        actions.detach(dossier, document, by=person, at=moment)

    assert Answer.objects.count() == 0
    assert list(documents.kept_about(dossier)) == [document]


def test_attach_keeps_what_it_can_and_says_why_not_the_rest(at):
    person = holder()
    dossier = a_draft(person)
    question = dossier.call.questions.get(key="pieces")
    sent = [upload("a.pdf"), upload("vide.pdf", b""), upload("b.pdf")]

    refusals = actions.attach(dossier, question, sent, by=person, at=at)

    kept = list(documents.kept_about(dossier))
    assert [one.name for one in kept] == ["a.pdf", "b.pdf"]
    assert [type(one) for one in refusals] == [documents.EmptyFile]
    assert dossier.answers.get().value == [one.pk for one in kept]
    assert verbs() == ["document.added", "document.added"]


def test_attach_stops_at_the_limit_of_the_question(at):
    person = holder()
    dossier = a_draft(person)
    question = dossier.call.questions.get(key="pieces")
    question.limit = 1
    question.save()

    refusals = actions.attach(dossier, question, [upload(), upload()], by=person, at=at)

    assert [type(one) for one in refusals] == [answers_rules.AnswerRefused]
    assert documents.kept_about(dossier).count() == 1


@pytest.mark.parametrize(
    ("state", "stays"), [({}, False), ({"to_complete": True}, True)]
)
def test_detach_takes_the_bytes_of_a_draft_and_keeps_those_handed_in(
    state, stays, at, django_capture_on_commit_callbacks
):
    person = holder()
    dossier = a_draft(person, **state)
    question = dossier.call.questions.get(key="pieces")
    actions.attach(dossier, question, [upload(), upload()], by=person, at=at)
    first, second = documents.kept_about(dossier)

    with django_capture_on_commit_callbacks(execute=True):
        actions.detach(dossier, first, by=person, at=at)

    assert dossier.answers.get().value == [second.pk]
    assert list(documents.kept_about(dossier)) == [second]
    assert first.file.storage.exists(first.file.name) is stays
    assert verbs()[-1] == "document.removed"


def test_detach_leaves_the_other_questions_of_files_alone(at):
    person = holder()
    dossier = a_draft(person)
    other = QuestionFactory(call=dossier.call, key="photos", kind=Question.Kind.FILES)
    question = dossier.call.questions.get(key="pieces")
    actions.attach(dossier, question, [upload("a.pdf")], by=person, at=at)
    actions.attach(dossier, other, [upload("b.pdf")], by=person, at=at)

    actions.detach(dossier, Document.objects.get(name="a.pdf"), by=person, at=at)

    kept = {one.question.key: len(one.value) for one in dossier.answers.all()}
    assert kept == {"pieces": 0, "photos": 1}


def test_submit_freezes_numbers_records_and_tells(
    at, django_capture_on_commit_callbacks
):
    person = PersonFactory(roles=["holder"], language="en")
    dossier = ready(person)

    with django_capture_on_commit_callbacks(execute=True):
        actions.submit(dossier, by=person, at=at)

    dossier.refresh_from_db()
    line = JournalEntry.objects.get()
    assert (dossier.status, dossier.submitted_at) == ("submitted", at)
    assert dossier.receipt == f"{dossier.call.code}-001"
    assert (line.verb, line.note.text) == ("dossier.submitted", content_digest(dossier))
    letter = mail.outbox[0]
    assert letter.to == [person.email]
    assert letter.subject == f"[{dossier.receipt}] Receipt of your dossier"
    assert "La fosse qui rit" in letter.body
    assert "10:00:00, Europe/Paris (UTC+01)" in letter.body
    assert content_digest(dossier) in letter.body


@pytest.mark.parametrize(("language", "is_english"), [("en", True), ("fr", False)])
def test_the_receipt_quotes_the_dossier_in_the_language_of_its_reader(
    at, django_capture_on_commit_callbacks, language, is_english
):
    person = PersonFactory(roles=["holder"], language=language)
    with (
        translation.override("fr" if is_english else "en"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        actions.submit(ready(person), by=person, at=at)

    sections = [line for line in mail.outbox[0].body.splitlines() if line[:3] == "== "]
    assert sections
    assert [one.endswith(" (en)") for one in sections] == [is_english] * len(sections)


@pytest.mark.parametrize("count", [1, 3])
def test_submit_asks_as_much_for_one_answer_as_for_three(
    at, django_assert_num_queries, count
):
    person = holder()
    call = full_call()
    dossier = DossierFactory(call=call, holder=person)
    journal.record("call.published", about=call, by=None, at=at)
    texts = {"titre": "Un", "resume": "Deux", "theme": "food"}
    answered(dossier, **dict(list(texts.items())[:count]))

    # One of them reads the rules of the call: they may say who applies.
    with django_assert_num_queries(16):
        actions.submit(dossier, by=person, at=at)

    assert Letter.objects.get().about == f"programme.dossier/{dossier.pk}"


def test_submit_gives_each_call_its_own_numbers_without_a_gap(at):
    person, call, other = holder(), full_call(), full_call()
    mine = [
        answered(DossierFactory(call=one, holder=person), titre=f"Projet {n}")
        for n, one in enumerate([call, other, call])
    ]
    incomplete = DossierFactory(call=call, holder=person)

    with pytest.raises(rules.Incomplete):
        actions.submit(incomplete, by=person, at=at)
    for dossier in mine:
        actions.submit(dossier, by=person, at=at)

    assert [one.receipt for one in mine] == [
        f"{call.code}-001",
        f"{other.code}-001",
        f"{call.code}-002",
    ]


def test_submit_is_in_time_at_the_very_instant_of_closing_and_late_after():
    person = holder()
    in_time, late = ready(person), ready(person)

    actions.submit(in_time, by=person, at=CLOSES)
    with pytest.raises(rules.CallClosed):
        actions.submit(late, by=person, at=CLOSES + timedelta(microseconds=1))

    in_time.refresh_from_db()
    late.refresh_from_db()
    assert (in_time.submitted_at, in_time.status) == (CLOSES, "submitted")
    assert (late.submitted_at, late.status) == (None, "draft")


def test_submit_is_for_the_holder_alone(at):
    person, other = holder(), PersonFactory(roles=["collaborator"])
    dossier = ready(person)
    DossierMemberFactory(dossier=dossier, person=other, collaborator=True)

    with pytest.raises(rules.NotTheHolder):
        actions.submit(dossier, by=other, at=at)

    dossier.refresh_from_db()
    assert (dossier.status, dossier.receipt) == ("draft", None)


@pytest.mark.parametrize(
    ("values", "state", "refusal"),
    [
        ({}, {}, rules.Incomplete),
        ({"titre": {"raw": "a" * 300}}, {}, rules.Incomplete),
        ({"titre": "Bon", "budget": {"raw": "douze"}}, {}, rules.Incomplete),
        ({"titre": "Bon"}, {"handed_in": True}, rules.AlreadySubmitted),
        ({"titre": "Bon"}, {"withdrawn": True}, rules.AlreadySubmitted),
    ],
)
def test_submit_refuses_and_changes_nothing(values, state, refusal, at):
    person = holder()
    dossier = answered(a_draft(person, **state), **values)
    before = Dossier.objects.values().get()

    with pytest.raises(refusal):
        actions.submit(dossier, by=person, at=at)

    assert Dossier.objects.values().get() == before
    assert (verbs(), Letter.objects.count()) == ([], 0)


def at_once(tasks):
    """Run functions in threads that all start together; return what they return."""
    start = threading.Barrier(len(tasks))

    def run(task):
        start.wait()
        try:
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def hand_in(key, by, at):
    try:
        actions.submit(Dossier.objects.get(pk=key), by=by, at=at)
    except rules.AlreadySubmitted:
        return "refused"
    return "in"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how_many", [1, 3])
def test_submit_gives_exactly_one_receipt_to_deposits_made_at_once(how_many, at):
    person, call = holder(), full_call()
    waiting = [
        answered(DossierFactory(call=call, holder=person), titre=f"Projet {n}")
        for n in range(how_many)
    ]

    found = at_once([partial(hand_in, one.pk, person, at) for one in waiting * 2])

    receipts = Dossier.objects.order_by("receipt").values_list("receipt", flat=True)
    assert sorted(found) == ["in"] * how_many + ["refused"] * how_many
    assert list(receipts) == [f"{call.code}-{n:03}" for n in range(1, how_many + 1)]
    assert Letter.objects.count() == how_many
    assert verbs() == ["dossier.submitted"] * how_many
    assert journal.verify().holds


def completion(person, **values):
    dossier = answered(a_draft(person, to_complete=True), **values)
    return CompletionRequestFactory(dossier=dossier)


def test_complete_sends_the_answer_back_to_the_team(at):
    person = holder()
    asked = completion(person, titre="Bon")

    actions.complete(asked.dossier, by=person, at=at)

    asked.refresh_from_db()
    asked.dossier.refresh_from_db()
    letter = Letter.objects.get()
    assert (asked.answered_at, asked.dossier.status) == (at, "submitted")
    assert (letter.recipient, letter.template) == (
        asked.asked_by.email,
        "programme/completed",
    )
    assert JournalEntry.objects.get().note.text == content_digest(asked.dossier)
    assert verbs() == ["dossier.completed"]


@pytest.mark.parametrize(
    ("values", "state", "refusal"),
    [
        ({}, "to_complete", rules.Incomplete),
        ({"titre": "Bon"}, "submitted", MoveRefused),
        ({"titre": "Bon"}, "draft", MoveRefused),
    ],
)
def test_complete_refuses(values, state, refusal, at):
    person = holder()
    asked = completion(person, **values)
    Dossier.objects.update(status=state)

    with pytest.raises(refusal):
        actions.complete(asked.dossier, by=person, at=at)

    asked.refresh_from_db()
    assert (asked.answered_at, verbs()) == (None, [])


def test_complete_and_withdraw_are_for_the_holder_alone(at):
    other = PersonFactory(roles=["collaborator"])
    asked = completion(holder(), titre="Bon")
    DossierMemberFactory(dossier=asked.dossier, person=other, collaborator=True)

    for verb in (actions.complete, actions.withdraw):
        with pytest.raises(rules.NotTheHolder):
            verb(asked.dossier, by=other, at=at)

    asked.dossier.refresh_from_db()
    assert asked.dossier.status == "to_complete"


@pytest.mark.parametrize("state", [{}, {"handed_in": True}, {"deliberated": True}])
def test_withdraw_ends_the_dossier_and_tells(state, at):
    person = holder()
    dossier = a_draft(person, **state)

    actions.withdraw(dossier, by=person, at=at)

    dossier.refresh_from_db()
    assert (dossier.status, dossier.withdrawn_at) == ("withdrawn", at)
    assert verbs() == ["dossier.withdrawn"]
    assert Letter.objects.get().recipient == person.email


@pytest.mark.parametrize("state", [{"withdrawn": True}, {"decided": True}])
def test_withdraw_refuses_what_is_over(state, at):
    person = holder()
    dossier = a_draft(person, **state)

    with pytest.raises(MoveRefused):
        actions.withdraw(dossier, by=person, at=at)

    assert (verbs(), Letter.objects.count()) == ([], 0)


def link_to(dossier):
    """Return the latest link that leads to a dossier."""
    return invitations_to_write(dossier).order_by("pk").last()


def test_invite_collaborator_changes_nothing_for_an_account_until_it_accepts(at):
    person = holder()
    other = PersonFactory(given_name="Ada", family_name="Amie", roles=["observer"])
    dossier = a_draft(person)

    member = actions.invite_collaborator(dossier, other.email.upper(), by=person, at=at)
    before = list(dossiers_seen_by(other, COLLABORATOR))
    page = dossier_page(dossier, person, HOLDER, at=at)
    accept_invitation(link_to(dossier), by=other, at=at)

    assert (before, member.person.email, member.person.full_name) == ([], None, "")
    assert [one.name for one in page.team][1:] == [other.email]
    assert list(dossiers_seen_by(other, COLLABORATOR)) == [dossier]
    assert list(dossier.members.values_list("person", "part")) == [
        (person.pk, "holder"),
        (other.pk, "collaborator"),
    ]
    assert verbs() == [
        "invitation.sent",
        "collaborator.invited",
        "person.joined",
        "invitation.accepted",
    ]


@pytest.mark.parametrize(
    "role", ["agent", "secretary", "member:experts", "administrator"]
)
def test_nobody_is_put_out_of_a_call_by_inviting_them(role, at):
    person, judge = holder(), PersonFactory(roles=[role])
    dossier = a_draft(person, handed_in=True)

    actions.invite_collaborator(dossier, judge.email, by=person, at=at)
    with pytest.raises(KeptApart):
        accept_invitation(link_to(dossier), by=judge, at=at)

    assert is_at_distance(judge, dossier.call)
    assert [one.role for one in judge.grants.all()] == [role.partition(":")[0]]
    assert link_to(dossier).accepted_at is None


def test_a_role_that_came_by_a_link_is_not_the_usual_one_of_whoever_had_another(at):
    person, other = holder(), PersonFactory(roles=["observer"])
    dossier = a_draft(person)

    actions.invite_collaborator(dossier, other.email, by=person, at=at)
    accept_invitation(link_to(dossier), by=other, at=at)

    held = held_roles(other, on=at.date() + timedelta(days=1))
    assert held.usual == OBSERVER
    assert held.roles == [COLLABORATOR, OBSERVER]


def test_invite_collaborator_awaits_a_newcomer_who_finds_the_dossier(at):
    person, dossier = (one := holder()), a_draft(one)

    actions.invite_collaborator(dossier, "neuf@example.org", by=person, at=at)
    invitation = Invitation.objects.get()
    newcomer = accept_invitation(invitation, ("Neuf", "Venu"), by=None, at=at)

    assert (invitation.email, invitation.role) == ("neuf@example.org", "collaborator")
    assert newcomer.email == "neuf@example.org"
    assert list(dossiers_seen_by(newcomer, COLLABORATOR)) == [dossier]
    assert held_roles(newcomer, on=at.date()).usual == COLLABORATOR


def test_each_dossier_has_its_link_and_each_is_accepted_alone(at):
    person, newcomer = holder(), PersonFactory(email="neuf@example.org")
    dossiers = [a_draft(person), a_draft(person)]
    for one in dossiers:
        actions.invite_collaborator(one, "neuf@example.org", by=person, at=at)

    accept_invitation(link_to(dossiers[0]), by=newcomer, at=at)
    first = list(dossiers_seen_by(newcomer, COLLABORATOR))
    accept_invitation(link_to(dossiers[1]), by=newcomer, at=at)

    seen = dossiers_seen_by(newcomer, COLLABORATOR).order_by("pk")
    assert (first, list(seen)) == (dossiers[:1], dossiers)
    assert role_keys(newcomer, on=at.date()) == ["collaborator"]
    assert Person.objects.filter(email=None).count() == 0


def test_accepting_a_link_to_a_dossier_one_joined_meanwhile_keeps_one_part(at):
    person, other = holder(), PersonFactory()
    dossier = a_draft(person)
    actions.invite_collaborator(dossier, other.email, by=person, at=at)
    DossierMemberFactory(dossier=dossier, person=other, collaborator=True)

    accept_invitation(link_to(dossier), by=other, at=at)

    team = dossier.members.values_list("person", flat=True)
    assert sorted(team) == sorted([person.pk, other.pk])


def test_invite_collaborator_again_once_the_link_has_expired(at):
    person = holder()
    dossier = a_draft(person)
    first = actions.invite_collaborator(dossier, "neuf@example.org", by=person, at=at)
    later = at + timedelta(days=15)

    again = actions.invite_collaborator(
        dossier, "Neuf@example.org", by=person, at=later
    )

    assert (again, dossier.members.count()) == (first, 2)
    assert link_to(dossier).is_open(later)


def test_invite_collaborator_takes_no_notice_of_other_invitations(at):
    InvitationFactory(
        email="neuf@example.org", role="collaborator", committee="", invited_at=at
    )
    person = holder()
    dossier = a_draft(person)

    actions.invite_collaborator(dossier, "neuf@example.org", by=person, at=at)

    assert link_to(dossier).email == "neuf@example.org"


@pytest.mark.parametrize(
    ("state", "email", "refusal"),
    [
        ({}, "deja@example.org", rules.AlreadyMember),
        ({}, "invite@example.org", rules.AlreadyMember),
        ({"withdrawn": True}, "neuf@example.org", rules.TeamClosed),
        ({"decided": True}, "neuf@example.org", rules.TeamClosed),
    ],
)
def test_invite_collaborator_refuses(state, email, refusal, at):
    person = holder()
    dossier = a_draft(person, **state)
    known = PersonFactory(email="deja@example.org")
    DossierMemberFactory(dossier=dossier, person=known, collaborator=True)
    awaited = DossierMemberFactory(
        dossier=dossier, person=PersonFactory(email=None), collaborator=True
    )
    about = f"people.person/{awaited.person_id}"
    InvitationFactory(email="invite@example.org", about=about, invited_at=at)

    with pytest.raises(refusal):
        actions.invite_collaborator(dossier, email, by=person, at=at)

    assert (dossier.members.count(), Invitation.objects.count()) == (3, 1)


def test_invite_collaborator_refuses_a_crowd_on_one_dossier(at):
    person = holder()
    dossier = a_draft(person)
    for number in range(rules.MOST_OPEN_INVITATIONS):
        email = f"{number}@example.org"
        member = actions.invite_collaborator(dossier, email, by=person, at=at)

    with pytest.raises(rules.TooManyInvitations):
        actions.invite_collaborator(dossier, "neuf@example.org", by=person, at=at)
    actions.remove_collaborator(member, by=person, at=at)
    actions.invite_collaborator(dossier, "neuf@example.org", by=person, at=at)

    assert dossier.members.count() == rules.MOST_OPEN_INVITATIONS + 1


def test_invite_collaborator_refuses_a_crowd_within_the_hour(at):
    person = holder()
    InvitationFactory.create_batch(
        rules.MOST_INVITATIONS_AN_HOUR,
        role="collaborator",
        committee="",
        invited_by=person,
        invited_at=at,
    )
    dossier = a_draft(person)

    with pytest.raises(rules.TooManyInvitations):
        actions.invite_collaborator(dossier, "neuf@example.org", by=person, at=at)
    later = at + timedelta(hours=1)
    actions.invite_collaborator(dossier, "neuf@example.org", by=person, at=later)

    assert dossier.members.count() == 2


def test_invite_collaborator_is_for_the_holder_alone(at):
    other = PersonFactory(roles=["collaborator"])
    dossier = a_draft(holder())
    DossierMemberFactory(dossier=dossier, person=other, collaborator=True)

    with pytest.raises(rules.NotTheHolder):
        actions.invite_collaborator(dossier, "neuf@example.org", by=other, at=at)

    assert dossier.members.count() == 2


def test_leave_dossier_is_for_whoever_joined_it(at):
    person, other = holder(), PersonFactory(roles=["collaborator"])
    dossier = a_draft(person, handed_in=True)
    DossierMemberFactory(dossier=dossier, person=other, collaborator=True)

    actions.leave_dossier(dossier, by=other, at=at)
    with pytest.raises(rules.HolderStays):
        actions.leave_dossier(dossier, by=person, at=at)

    assert list(dossier.members.values_list("person", flat=True)) == [person.pk]
    assert is_at_distance(other, dossier.call)
    assert verbs() == ["collaborator.left"]


def test_remove_collaborator_closes_the_dossier_to_them(at):
    person, other = holder(), PersonFactory(roles=["collaborator"])
    dossier = a_draft(person)
    member = DossierMemberFactory(dossier=dossier, person=other, collaborator=True)

    actions.remove_collaborator(member, by=person, at=at)

    assert list(dossiers_seen_by(other, COLLABORATOR)) == []
    assert verbs() == ["collaborator.removed"]


def test_remove_collaborator_withdraws_a_link_that_leads_nowhere(at):
    person = holder()
    dossier = a_draft(person)
    member = actions.invite_collaborator(dossier, "neuf@example.org", by=person, at=at)

    actions.remove_collaborator(member, by=person, at=at)

    assert Invitation.objects.get().withdrawn_at == at


def test_remove_collaborator_keeps_a_link_that_leads_elsewhere(at):
    person = holder()
    first, second = a_draft(person), a_draft(person)
    member = actions.invite_collaborator(first, "neuf@example.org", by=person, at=at)
    actions.invite_collaborator(second, "neuf@example.org", by=person, at=at)

    actions.remove_collaborator(member, by=person, at=at)

    assert link_to(second).withdrawn_at is None
    assert Invitation.objects.filter(withdrawn_at=at).count() == 1


def test_remove_collaborator_keeps_the_holder(at):
    person = holder()
    dossier = a_draft(person)

    with pytest.raises(rules.HolderStays):
        actions.remove_collaborator(dossier.members.get(), by=person, at=at)

    assert dossier.members.count() == 1
    assert Document.objects.count() == 0


def test_a_title_is_one_line_wherever_it_came_from(at):
    dossier = a_draft(person := holder())

    write(dossier, person, titre="Un titre\r\n\r\nPayez ici")

    dossier.refresh_from_db()
    assert dossier.title == "Un titre Payez ici"
