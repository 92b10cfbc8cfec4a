"""Invite by a link, withdraw it, accept it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from terril.site.commons import journal
from terril.site.commons.addresses import address, resolve
from terril.site.commons.text import one_line
from terril.site.people import emails, queries, rules
from terril.site.people.actions.joining import join
from terril.site.people.actions.proofs import forget_secrets
from terril.site.people.models import Invitation, Person, RoleGrant


@dataclass(frozen=True)
class Offer:
    """What an invitation offers, to which address, about what."""

    email: str
    role: str
    committee: str = ""
    # A person without an account yet, or the thing one is invited to work on.
    about: Model | str | None = None


@transaction.atomic
def invite(offer: Offer, *, by: Person, at: datetime) -> Invitation:
    """Send a link that opens an account with a role; the base keeps its digest."""
    email = offer.email.strip().lower()
    today = timezone.localdate(at)
    rules.check_may_give(offer.role, held=queries.role_keys(by, on=today))
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        role=offer.role,
        committee=offer.committee,
        about=address(offer.about),
        token_digest=queries.digest_of(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + timedelta(days=rules.INVITATION_DAYS),
    )
    is_pending = queries.is_pending(invitation, at=at)
    rules.check_invitation(offer.role, offer.committee, is_pending=is_pending)
    invitation.save(force_insert=True)

    journal.record("invitation.sent", about=invitation, by=by, at=at)
    emails.invitation(invitation, token, at=at)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Close a link before anybody uses it; nobody is told."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(
        pk=invitation.pk
    )
    held = queries.role_keys(by, on=timezone.localdate(at))
    rules.check_may_give(invitation.role, held=held)
    rules.check_withdrawal(invitation, at=at)

    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])

    journal.record("invitation.withdrawn", about=invitation, by=by, at=at)


@transaction.atomic
def accept_invitation(
    invitation: Invitation,
    names: tuple[str, ...] = (),
    *,
    by: Person | None,
    at: datetime,
) -> Person:
    """Open or join an account and take the role; `by` is None for a newcomer."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(
        pk=invitation.pk
    )
    has_account = queries.has_proved_account(invitation.email)
    rules.check_acceptance(invitation, by=by, has_account=has_account, at=at)

    person = by or _newcomer(invitation, names, at)
    held = queries.role_keys(person, on=timezone.localdate(at))
    rules.check_apart(invitation, held=held)
    awaited = resolve(invitation.about) if invitation.about else None
    if isinstance(awaited, Person) and awaited.pk != person.pk and not awaited.email:
        join(awaited, person, by=person, at=at)
    _take_role(person, invitation, at)
    invitation.accepted_by, invitation.accepted_at = person, at
    invitation.save(update_fields=["accepted_by", "accepted_at"])

    journal.record("invitation.accepted", about=invitation, by=person, at=at)
    emails.invitation_accepted(invitation, at=at)
    return person


def _newcomer(invitation: Invitation, names: tuple[str, ...], at: datetime) -> Person:
    # The link reached this mailbox: the address needs no other proof.
    person = queries.unproved_account_of(invitation.email) or _awaited(invitation)
    if person.email:
        # Whoever began this account never showed that the address was theirs.
        forget_secrets(person, by=person, at=at)
    given_name, family_name = names or (person.given_name, person.family_name)
    rules.check_name(given_name, family_name)
    person.given_name, person.family_name = one_line(given_name), one_line(family_name)
    person.email = invitation.email
    person.save(update_fields=["email", "given_name", "family_name"])
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(
        user=person, email=invitation.email, verified=True, primary=True
    )
    return person


def _awaited(invitation: Invitation) -> Person:
    person = resolve(invitation.about) if invitation.about else None
    if isinstance(person, Person) and person.email is None:
        return person
    return Person.objects.create_user()


def _take_role(person: Person, invitation: Invitation, at: datetime) -> None:
    today = timezone.localdate(at)
    wanted = {"role": invitation.role, "committee": invitation.committee}
    if not queries.current_grants(person, on=today).filter(**wanted).exists():
        RoleGrant.objects.create(person=person, since=today, **wanted)
