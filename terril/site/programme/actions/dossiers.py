"""A dossier's life on the applicant's side: open, hand in, complete, withdraw."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from terril.site.commons import journal
from terril.site.commons.text import code
from terril.site.people.actions import grant_role
from terril.site.people.models import Person
from terril.site.people.queries import role_keys
from terril.site.people.roles import HOLDER
from terril.site.programme.actions.answers import answer
from terril.site.programme.actions.letters import set_letters_aside
from terril.site.programme.emails import dossiers as emails
from terril.site.programme.models import AccessCode, Call, Dossier, DossierMember
from terril.site.programme.queries.access import code_taken
from terril.site.programme.queries.answers import Reading
from terril.site.programme.queries.decisions import decision_of
from terril.site.programme.queries.dossiers import part_of
from terril.site.programme.queries.locks import lock
from terril.site.programme.rules import dossiers as rules
from terril.site.programme.rules.access import needs_code
from terril.site.programme.rules.answers import Given
from terril.site.programme.rules.moves import next_status
from terril.site.programme.rules.search import search_text_of


@transaction.atomic
def open_dossier(
    call: Call, given: Iterable[Given] = (), *, by: Person, at: datetime
) -> Dossier:
    """Begin a draft in an open call, empty or with what a prefilled link proposes."""
    rules.check_opening(call, at=at)
    dossier = begin(call, by=by, at=at)
    proposed = list(given)
    if proposed:
        answer(dossier, proposed, by=by, at=at)
    return dossier


@transaction.atomic
def begin(call: Call, *, by: Person, at: datetime) -> Dossier:
    """Write down a new draft and its holder; the caller has checked that one may."""
    dossier = Dossier.objects.create(
        call=call, code=code(), opened_at=at, is_example=call.is_example
    )
    DossierMember.objects.create(
        dossier=dossier, person=by, part=DossierMember.Part.HOLDER, since=at
    )
    if HOLDER.key not in role_keys(by, on=timezone.localdate(at)):
        grant_role(by, HOLDER.key, by=None, at=at)

    journal.record("dossier.opened", about=dossier, by=by, at=at)
    return dossier


@transaction.atomic
def submit(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """Hand the dossier in: it gets the next number of its call, and is frozen."""
    calls = Call.objects.select_for_update(of=("self",)).select_related("regime")
    call = calls.get(pk=dossier.call_id)
    lock(dossier, "commune", "organisation")
    dossier.call = call
    access = _code_of(dossier, at)
    reading = Reading(dossier)
    rules.check_holder(reading.part_of(by))
    rules.check_submission(dossier, reading.completeness, at=at)

    dossier.status = next_status("submit", dossier)
    dossier.receipt = _next_receipt(call)
    dossier.submitted_at = at
    dossier.search_text = search_text_of(dossier)
    dossier.save(update_fields=["status", "receipt", "submitted_at", "search_text"])

    journal.record(
        "dossier.submitted", about=dossier, by=by, at=at, note=reading.digest
    )
    if access:
        _spend(access, by=by, at=at)
    emails.receipt(reading, at=at)


def _next_receipt(call: Call) -> str:
    """Count one more deposit of a call whose row is taken, and return its number."""
    call.last_receipt += 1
    call.save(update_fields=["last_receipt"])
    return f"{call.code}-{call.last_receipt:03}"


def _code_of(dossier: Dossier, at: datetime) -> AccessCode | None:
    """Return the code of which this deposit would be a use, as it is now."""
    if needs_code(dossier, at=at):
        dossier.access_code = code_taken(dossier)
        return dossier.access_code
    return None


def _spend(access: AccessCode, *, by: Person, at: datetime) -> None:
    """Count one deposit against the code that let the dossier in."""
    access.used += 1
    access.save(update_fields=["used"])
    journal.record("access.used", about=access, by=by, at=at)


@transaction.atomic
def complete(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """Answer a request of completion: the dossier goes back to the team, frozen."""
    lock(dossier, "call")
    reading = Reading(dossier)
    rules.check_holder(reading.part_of(by))
    status = next_status("complete", dossier)
    rules.check_complete(reading.completeness)

    dossier.status = status
    dossier.save(update_fields=["status"])
    request = dossier.completions.get(answered_at=None)
    request.answered_at = at
    request.save(update_fields=["answered_at"])

    journal.record(
        "dossier.completed", about=dossier, by=by, at=at, note=reading.digest
    )
    emails.completed(request, at=at)


@transaction.atomic
def withdraw(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """Take the dossier back; it keeps its address and is examined no further."""
    lock(dossier)
    rules.check_holder(part_of(dossier, by))
    status = next_status("withdraw", dossier)

    dossier.status, dossier.withdrawn_at = status, at
    dossier.save(update_fields=["status", "withdrawn_at"])
    decision = decision_of(dossier)
    if decision:
        set_letters_aside(decision, by=by, at=at)

    journal.record("dossier.withdrawn", about=dossier, by=by, at=at)
    emails.withdrawn(dossier, at=at)
