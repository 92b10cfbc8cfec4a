"""The outbox: a letter is written in the transaction, sent after it, once."""

from dataclasses import dataclass, field
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Count, Min, Model, QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from terril.site.commons.addresses import address
from terril.site.commons.models import Letter
from terril.site.commons.text import one_line


@dataclass(frozen=True)
class Batch:
    """Letters that wait together: how many, about what, since when."""

    count: int
    subject: str
    since: datetime


# The server failed, or the address or the subject makes no e-mail at all.
UNSENDABLE = (OSError, SMTPException, ValueError)


@dataclass(frozen=True)
class Recipient:
    """Who a letter goes to, in which language."""

    email: str
    name: str = ""
    language: str = "fr"


@dataclass(frozen=True)
class Envelope:
    """What a letter is: its template, its subject matter, and its unique key."""

    template: str
    about: Model | str
    key: str
    context: dict[str, Any] = field(default_factory=dict)
    batch: str = ""


def post(
    envelope: Envelope, *, to: Recipient, at: datetime, hold: bool = False
) -> Letter | None:
    """Write one letter; `hold` leaves it as a draft for a person to release.

    The key makes posting twice harmless. Nobody without an address is written to.
    """
    if not to.email:
        return None
    subject, body = words(envelope, to=to)
    letter = Letter(
        key=envelope.key,
        template=envelope.template,
        language=to.language,
        recipient=to.email,
        recipient_name=to.name,
        subject=subject,
        body=body,
        about=address(envelope.about),
        batch=envelope.batch,
        status=Letter.Status.DRAFT if hold else Letter.Status.WAITING,
        created_at=at,
    )
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        return Letter.objects.get(key=envelope.key)
    if not hold:
        transaction.on_commit(lambda: _take(letter.pk) and _deliver(letter, at))
    return letter


def words(envelope: Envelope, *, to: Recipient) -> tuple[str, str]:
    """Return the subject and body a letter would have, in its reader's language."""
    with translation.override(to.language):
        context = {"recipient": to, "site_url": settings.SITE_URL, **envelope.context}
        text = render_to_string(f"emails/{envelope.template}.txt", context)
    subject, _, body = text.strip().partition("\n")
    return one_line(subject)[:250], body.strip() + "\n"


def send(pk: int, *, at: datetime) -> bool:
    """Send one waiting letter; whoever takes it first is the only one to send it."""
    return _take(pk) and _deliver(Letter.objects.get(pk=pk), at)


def _take(pk: int) -> bool:
    waiting = [Letter.Status.WAITING, Letter.Status.FAILED]
    taken = Letter.objects.filter(pk=pk, status__in=waiting).update(
        status=Letter.Status.SENDING, failure=""
    )
    return bool(taken)


def _deliver(letter: Letter, at: datetime) -> bool:
    letter.failure = ""
    message = EmailMessage(letter.subject, letter.body, to=[letter.recipient])
    try:
        message.send()
    except UNSENDABLE as problem:
        letter.status, letter.failure = Letter.Status.FAILED, str(problem)[:500]
    else:
        letter.status, letter.sent_at = Letter.Status.SENT, at
    letter.save(update_fields=["status", "failure", "sent_at"])
    return letter.status == Letter.Status.SENT


def send_waiting(*, at: datetime) -> tuple[int, int]:
    """Send what waits and what failed before; return how many left and failed."""
    waiting = [Letter.Status.WAITING, Letter.Status.FAILED]
    keys = Letter.objects.filter(status__in=waiting).order_by("pk")
    results = [send(pk, at=at) for pk in keys.values_list("pk", flat=True)]
    return results.count(True), results.count(False)


def batches_of(letters: QuerySet[Letter]) -> list[Batch]:
    """Return letters counted by batch, the oldest batch first."""
    batches = (
        letters.order_by()
        .values("batch", "template")
        .annotate(count=Count("pk"), since=Min("created_at"), subject=Min("subject"))
    )
    return [
        Batch(row["count"], row["subject"], row["since"])
        for row in batches.order_by("since")
    ]
