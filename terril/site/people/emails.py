"""The letters of this room: an account, a role, an invitation."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from terril.site.commons.models import Letter
from terril.site.commons.outbox import UNSENDABLE, Envelope, Recipient, post
from terril.site.people.models import Invitation, Person, RoleGrant
from terril.site.people.roles import ROLES
from terril.site.places import queries as places


def recipient(person: Person) -> Recipient:
    """Address a letter to a person, in their language."""
    return Recipient(person.email or "", str(person), person.language)


def welcome(person: Person, *, at: datetime) -> Letter | None:
    context = {"desk": _link("desk", language=person.language)}
    envelope = Envelope("people/welcome", person, f"welcome/{person.pk}", context)
    return post(envelope, to=recipient(person), at=at)


def role_granted(grant: RoleGrant, *, at: datetime) -> Letter | None:
    key = f"role-granted/{grant.pk}"
    envelope = Envelope("people/role_granted", grant.person, key, _of_grant(grant))
    return post(envelope, to=recipient(grant.person), at=at)


def role_ended(grant: RoleGrant, *, at: datetime) -> Letter | None:
    key = f"role-ended/{grant.pk}"
    envelope = Envelope("people/role_ended", grant.person, key, _of_grant(grant))
    return post(envelope, to=recipient(grant.person), at=at)


def invitation(invited: Invitation, token: str, *, at: datetime) -> None:
    """Send the link; the outbox keeps the letter without its token.

    A letter that could not leave is discarded: without its token it says
    nothing. One withdraws the invitation and sends another.
    """
    to = Recipient(invited.email, language=invited.invited_by.language)
    link = _link("invitation", token, language=to.language)
    kept = link.replace(token, "…")
    context = {
        "invitation": invited,
        "role": ROLES[invited.role],
        "territory": places.territory(),
        "link": kept,
    }
    key = f"invitation/{invited.pk}"
    envelope = Envelope("people/invitation", invited, key, context)
    letter = post(envelope, to=to, at=at, hold=True)
    if letter:
        deliver = partial(_deliver, letter, letter.body.replace(kept, link), at=at)
        transaction.on_commit(deliver)


def _deliver(letter: Letter, body: str, *, at: datetime) -> None:
    message = EmailMessage(letter.subject, body, to=[letter.recipient])
    try:
        message.send()
    except UNSENDABLE as problem:
        letter.status, letter.failure = Letter.Status.DISCARDED, str(problem)[:500]
    else:
        letter.status, letter.sent_at = Letter.Status.SENT, at
    letter.save(update_fields=["status", "failure", "sent_at"])


def invitation_accepted(accepted: Invitation, *, at: datetime) -> Letter | None:
    context = {"invitation": accepted, "role": ROLES[accepted.role]}
    key = f"invitation-accepted/{accepted.pk}"
    envelope = Envelope("people/invitation_accepted", accepted, key, context)
    return post(envelope, to=recipient(accepted.invited_by), at=at)


def _of_grant(grant: RoleGrant) -> dict[str, object]:
    return {
        "grant": grant,
        "role": ROLES[grant.role],
        "desk": _link("desk", language=grant.person.language),
    }


def _link(name: str, *args: object, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=args)
