"""Verbs of the outbox: nothing leaves without a person, nothing leaves twice."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction

from terril.site.commons import journal, outbox
from terril.site.commons.models import Letter
from terril.site.people.models import Person
from terril.site.programme.emails import decisions as emails
from terril.site.programme.models import Call, Decision
from terril.site.programme.queries import letters as queries
from terril.site.programme.queries.locks import lock
from terril.site.programme.rules import letters as rules

Status = Letter.Status


@transaction.atomic
def compose_letters(call: Call, *, by: Person, at: datetime) -> int:
    """Write the drafts of the letters of decision; return how many are new."""
    lock(call)
    to_write = queries.composition(call).to_write
    rules.check_composition(len(to_write))

    drafts = [emails.decided(decision, person, at=at) for decision, person in to_write]

    journal.record("letters.composed", about=call, by=by, at=at)
    return len(drafts)


@transaction.atomic
def edit_letter(
    letter: Letter, subject: str, body: str, *, by: Person, at: datetime
) -> None:
    """Change the words of one draft; templates and other drafts stay as they are."""
    lock(letter)
    rules.check_edit(letter, subject, body)

    letter.subject = " ".join(subject.split())[:250]
    letter.body = body
    letter.save(update_fields=["subject", "body"])

    journal.record("letter.edited", about=letter, by=by, at=at)


@transaction.atomic
def discard_letter(letter: Letter, reason: str, *, by: Person, at: datetime) -> None:
    """Set one letter aside, saying why; it stays in the log."""
    lock(letter)
    rules.check_discard(letter, reason)

    letter.status = Status.DISCARDED
    letter.save(update_fields=["status"])

    journal.record("letter.discarded", about=letter, by=by, at=at, note=reason)


@transaction.atomic
def send_letters(letters: Iterable[int], *, by: Person, at: datetime) -> int:
    """Send the drafts that are still drafts; return how many were taken."""
    drafts = queries.letters(status=Status.DRAFT).filter(pk__in=list(letters))
    keys = list(drafts.select_for_update().order_by("pk").values_list("pk", flat=True))
    rules.check_selection(len(keys))

    Letter.objects.filter(pk__in=keys).update(status=Status.WAITING)
    for key in keys:
        transaction.on_commit(partial(outbox.send, key, at=at))

    for letter in Letter.objects.filter(pk__in=keys).order_by("pk"):
        journal.record("letter.released", about=letter, by=by, at=at)
    return len(keys)


@transaction.atomic
def retry_letter(letter: Letter, *, by: Person, at: datetime) -> None:
    """Try again a letter that could not leave."""
    lock(letter)
    rules.check_retry(letter)

    letter.status, letter.failure = Status.WAITING, ""
    letter.save(update_fields=["status", "failure"])
    transaction.on_commit(partial(outbox.send, letter.pk, at=at))

    journal.record("letter.retried", about=letter, by=by, at=at)


@transaction.atomic
def set_letters_aside(decision: Decision, *, by: Person, at: datetime) -> None:
    """Keep in the drawer the letters of a decision that no longer stands."""
    unsent = queries.unsent_letters(decision).select_for_update()
    for letter in list(unsent):
        letter.status = Status.DISCARDED
        letter.save(update_fields=["status"])
        journal.record("letter.set_aside", about=letter, by=by, at=at)
