"""Codes after the closing: who gives them, what they let in, how often, until when."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import translation

from terril.site.commons.models import JournalEntry
from terril.site.programme import actions
from terril.site.programme.models import AccessCode, Dossier
from terril.site.programme.queries.access import codes_of, draft_called, drafts_held
from terril.site.programme.queries.pages import dossier_page
from terril.site.programme.rules import access as rules, dossiers as dossier_rules
from tests.factories.people import PersonFactory
from tests.factories.programme import (
    CLOSES,
    NOW,
    AccessCodeFactory,
    CallFactory,
    DossierFactory,
    DossierMemberFactory,
    a_draft,
    answered,
    full_call,
    ready,
)
from tests.programme.test_dossiers_actions import at_once

pytestmark = pytest.mark.django_db
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
LATE = CLOSES + SECOND
TEXT = "ABCD-EFGH-JKLM"


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


def holder():
    return PersonFactory(roles=["holder"])


def verbs():
    return list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))


def let_in(person, **code):
    """Return a whole draft into which a code has been entered after the closing."""
    dossier = ready(person)
    AccessCodeFactory(call=dossier.call, **code)
    return actions.enter_code(dossier.call, TEXT, dossier, by=person, at=LATE)


def test_give_code_keeps_the_digest_of_what_it_shows_once(at):
    call, agent = CallFactory(), PersonFactory(roles=["agent"])
    draft = rules.AccessDraft(2, CLOSES + DAY, "Anne")

    access, text = actions.give_code(call, draft, by=agent, at=at)

    assert len(text) == 14
    assert access.digest == rules.digest_of(text.lower().replace("-", " "))
    assert text.replace("-", "") not in str(AccessCode.objects.values().get())
    assert (access.uses, access.used, access.made_by) == (2, 0, agent)
    assert list(codes_of(call)) == [access]
    assert verbs() == ["access.given"]


@pytest.mark.parametrize(
    ("fields", "uses", "ends_at"),
    [
        ({}, 0, CLOSES + DAY),
        ({}, 51, CLOSES + DAY),
        ({}, 1, CLOSES),
        ({"closed": True}, 1, NOW),
        ({"draft": True}, 1, CLOSES + DAY),
    ],
)
def test_give_code_refuses_one_that_lets_nothing_in(fields, uses, ends_at):
    draft = rules.AccessDraft(uses, ends_at)

    with pytest.raises(rules.AccessNotGiven):
        actions.give_code(CallFactory(**fields), draft, by=PersonFactory(), at=NOW)

    assert AccessCode.objects.count() == 0


@pytest.mark.parametrize("is_elsewhere", [True, False])
def test_give_code_names_no_dossier_but_a_draft_of_its_call(is_elsewhere):
    call = CallFactory()
    named = (
        DossierFactory() if is_elsewhere else DossierFactory(call=call, handed_in=True)
    )
    draft = rules.AccessDraft(1, CLOSES + DAY, dossier=named)

    with pytest.raises(rules.AccessNotGiven, match="a draft of the same call"):
        actions.give_code(call, draft, by=PersonFactory(), at=NOW)


def test_a_draft_after_the_closing_is_read_only_without_a_code():
    person = holder()
    dossier = ready(person)

    with pytest.raises(dossier_rules.CallClosed):
        actions.answer(dossier, [], by=person, at=LATE)
    with pytest.raises(dossier_rules.CallClosed):
        actions.submit(dossier, by=person, at=LATE)
    with pytest.raises(dossier_rules.CallClosed):
        actions.open_dossier(dossier.call, by=person, at=LATE)

    assert dossier_page(dossier, person, None, at=LATE).is_late


def test_enter_code_lets_a_draft_be_written_and_handed_in_at_its_own_instant():
    person = holder()
    dossier = let_in(person, ends_at=CLOSES + 2 * DAY)
    page = dossier_page(dossier, person, None, at=LATE)
    shown = (page.is_late, page.may_submit)

    actions.answer(dossier, [], by=person, at=CLOSES + DAY)
    actions.submit(dossier, by=person, at=CLOSES + 2 * DAY)

    dossier.refresh_from_db()
    assert shown == (False, True)
    assert (dossier.status, dossier.submitted_at) == ("submitted", CLOSES + 2 * DAY)
    assert AccessCode.objects.get().used == 1
    assert verbs() == ["access.entered", "dossier.submitted", "access.used"]


def test_enter_code_begins_a_dossier_when_none_is_named():
    person, call = PersonFactory(), CallFactory()
    access = AccessCodeFactory(call=call)

    dossier = actions.enter_code(call, "abcd efgh jklm", None, by=person, at=LATE)

    assert (dossier.call, dossier.access_code) == (call, access)
    assert dossier.closes_at == access.ends_at
    assert [(one.person, one.part) for one in dossier.members.all()] == [
        (person, "holder")
    ]
    assert access.used == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "WWWW-WWWW-WWWW"},
        {"used": 1},
        {"ends_at": LATE - SECOND},
        {"revoked_at": NOW},
        {"call": None},
        {"dossier": None},
    ],
    ids=["unknown", "used up", "expired", "revoked", "another call", "another dossier"],
)
def test_enter_code_refuses_with_one_same_sentence(fields):
    call, made = CallFactory(), dict(fields)
    if "call" in fields:
        made["call"] = CallFactory()
    if "dossier" in fields:
        made["dossier"] = DossierFactory(call=call)
    AccessCodeFactory(**({"call": call} | made))

    with pytest.raises(rules.AccessRefused) as refusal:
        actions.enter_code(call, TEXT, None, by=holder(), at=LATE)

    assert str(refusal.value) == "This code does not let this dossier in."
    assert Dossier.objects.exclude(access_code=None).count() == 0


def test_enter_code_lets_in_the_dossier_that_it_names_and_no_other():
    person = holder()
    named = a_draft(person)
    other = DossierFactory(call=named.call, holder=person)
    AccessCodeFactory(call=named.call, dossier=named)

    with pytest.raises(rules.AccessRefused):
        actions.enter_code(named.call, TEXT, other, by=person, at=LATE)
    found = actions.enter_code(named.call, TEXT, named, by=person, at=LATE)

    assert found == named


def test_enter_code_is_refused_while_nobody_needs_one():
    call = CallFactory()
    AccessCodeFactory(call=call)

    with pytest.raises(rules.AccessNotNeeded):
        actions.enter_code(call, TEXT, None, by=holder(), at=CLOSES)


def test_enter_code_is_refused_to_a_collaborator_and_to_what_is_handed_in():
    person, other = holder(), PersonFactory(roles=["collaborator"])
    dossier = a_draft(person)
    DossierMemberFactory(dossier=dossier, person=other, collaborator=True)
    handed_in = DossierFactory(call=dossier.call, holder=person, handed_in=True)
    AccessCodeFactory(call=dossier.call)

    with pytest.raises(dossier_rules.NotTheHolder):
        actions.enter_code(dossier.call, TEXT, dossier, by=other, at=LATE)
    with pytest.raises(dossier_rules.AlreadySubmitted):
        actions.enter_code(dossier.call, TEXT, handed_in, by=person, at=LATE)


@pytest.mark.parametrize("how", ["used", "revoked", "expired"])
def test_a_code_that_ends_lets_its_drafts_in_no_more(how):
    person = holder()
    dossier = let_in(person)
    at = CLOSES + (3 * DAY if how == "expired" else DAY)
    if how == "used":
        AccessCode.objects.update(used=1)
    if how == "revoked":
        actions.revoke_code(AccessCode.objects.get(), by=person, at=LATE)

    fresh = Dossier.objects.get(pk=dossier.pk)
    with pytest.raises(rules.AccessRefused):
        actions.submit(fresh, by=person, at=at)
    with pytest.raises(rules.AccessRefused):
        actions.answer(Dossier.objects.get(pk=dossier.pk), [], by=person, at=at)

    fresh = Dossier.objects.get(pk=dossier.pk)
    assert (fresh.status, fresh.submitted_at) == ("draft", None)
    assert dossier_page(fresh, person, None, at=at).is_late


def test_revoke_code_is_done_once():
    access, agent = AccessCodeFactory(), PersonFactory(roles=["agent"])

    actions.revoke_code(access, by=agent, at=NOW)
    with pytest.raises(rules.AccessNotGiven, match="revoked already"):
        actions.revoke_code(access, by=agent, at=LATE)

    assert AccessCode.objects.get().revoked_at == NOW
    assert verbs() == ["access.revoked"]


def test_a_code_is_never_used_more_often_than_it_allows():
    access = AccessCodeFactory(uses=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        AccessCode.objects.filter(pk=access.pk).update(used=2)


def hand_in(key, by):
    try:
        actions.submit(Dossier.objects.get(pk=key), by=by, at=CLOSES + DAY)
    except rules.AccessRefused:
        return "refused"
    return "in"


@pytest.mark.django_db(transaction=True)
def test_of_two_deposits_made_at_once_with_one_use_exactly_one_succeeds():
    person, call = holder(), full_call()
    access = AccessCodeFactory(call=call)
    waiting = [
        answered(
            DossierFactory(call=call, holder=person, access_code=access),
            titre=f"Projet {n}",
        )
        for n in range(2)
    ]

    found = at_once([partial(hand_in, one.pk, person) for one in waiting])

    assert sorted(found) == ["in", "refused"]
    assert AccessCode.objects.get().used == 1
    assert Dossier.objects.filter(submitted_at=CLOSES + DAY).count() == 1
    assert connection.in_atomic_block is False


def test_draft_called_and_drafts_held_know_drafts_only():
    person, call = holder(), CallFactory()
    draft = DossierFactory(call=call, holder=person)
    DossierFactory(call=call, holder=person, handed_in=True)
    DossierFactory(call=call)

    assert draft_called(call, f" {draft.code.lower()} ") == draft
    assert draft_called(CallFactory(), draft.code) is None
    assert list(drafts_held(person, call)) == [draft]


SENT = {"given_to": "Anne", "uses": "1", "ends_on": "02/04/2026", "ends_time": "17:00"}


def test_access_codes_shows_a_code_once(sign_in):
    dossier = a_draft(holder())
    visit = sign_in(PersonFactory(roles=["agent"]), "agent")
    page = reverse("access_codes", args=[dossier.call.code])

    with time_machine.travel(LATE):
        wrong = visit.post(page, {**SENT, "dossier": "NOPE"}).content.decode()
        made = visit.post(page, {**SENT, "dossier": dossier.code})
        again = visit.get(page).content.decode()

    assert "No draft of this call bears this code." in wrong
    assert made["Cache-Control"] == "private, no-store"
    assert made.context["text"] in made.content.decode()
    assert made.context["text"] not in again
    assert "0 of 1" in again


def test_enter_code_leads_to_the_draft_it_lets_in(sign_in):
    person = holder()
    dossier = a_draft(person)
    AccessCodeFactory(call=dossier.call)
    visit = sign_in(person, "holder")
    enter = reverse("enter_code", args=[dossier.call.code])

    with time_machine.travel(LATE):
        asked = visit.get(enter).content.decode()
        entered = visit.post(enter, {"code": TEXT, "dossier": dossier.pk})
        form = visit.get(entered.url)

    assert "A use of the code is a deposit" in asked
    assert entered.url == reverse("dossier_edit", args=[dossier.code])
    assert form.status_code == 200


def test_whoever_tries_codes_is_stopped_after_ten(sign_in):
    call = CallFactory()
    visit, enter = sign_in(holder(), "holder"), reverse("enter_code", args=[call.code])

    with time_machine.travel(LATE, tick=False):
        codes = [visit.post(enter, {"code": "WRONG"}).status_code for _ in range(11)]

    assert codes == [409] * 10 + [429]
