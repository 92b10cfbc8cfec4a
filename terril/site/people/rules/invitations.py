"""When a link of invitation opens, and what it says when it does not."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.people.models import Invitation, Person
from terril.site.people.roles import (
    ADMINISTRATOR,
    AGENT,
    COLLABORATOR,
    HOLDER,
    MEMBER,
    SECRETARY,
)
from terril.site.people.rules.roles import check_role

INVITATION_DAYS = 14
# Those who examine, give opinions, decide or grant roles write no dossier of a guest.
APART = frozenset(role.key for role in (AGENT, MEMBER, SECRETARY, ADMINISTRATOR))
ASK_AGAIN = _("Ask the person who invited you to send another one.")


class AlreadyInvited(Refused):
    """An open invitation already says the same."""


class InvitationClosed(Refused):
    """The link does not open; its subclasses say why."""


class InvitationUnknown(InvitationClosed):
    """No invitation has this link."""


class InvitationExpired(InvitationClosed):
    """The link waited too long."""


class InvitationUsed(InvitationClosed):
    """The link has served."""


class InvitationWithdrawn(InvitationClosed):
    """The link was taken back."""


class InvitationForAnother(Refused):
    """The link was sent to another address than that of the account."""


class KeptApart(Refused):
    """Whoever examines dossiers is made a candidate by nobody."""


class SignInFirst(Refused):
    """The address invited already has an account."""


def check_invitation(role: str, committee: str, *, is_pending: bool) -> None:
    """Refuse an invitation without sense, or sent twice."""
    check_role(role, committee)
    if is_pending:
        raise AlreadyInvited(
            _("This address already has an open invitation for this role."),
            next_step=_("Withdraw the open invitation to send another one."),
        )


def check_known(invitation: Invitation | None) -> Invitation:
    """Return the invitation of a link, or refuse a link that nobody sent."""
    if invitation is None:
        raise InvitationUnknown(
            _("This link is not that of an invitation."),
            next_step=_("Copy the whole address from the letter you received."),
        )
    return invitation


def check_invitation_is_open(invitation: Invitation, *, at: datetime) -> None:
    """Refuse a link that has served, was taken back or waited too long."""
    if invitation.accepted_at:
        raise InvitationUsed(
            _("This invitation has already been used: a link opens once."),
            next_step=_("Sign in with your e-mail address."),
        )
    if invitation.withdrawn_at:
        raise InvitationWithdrawn(
            _("This invitation has been withdrawn."), next_step=ASK_AGAIN
        )
    if at >= invitation.expires_at:
        raise InvitationExpired(
            _("This invitation has expired: a link lives 14 days."),
            next_step=ASK_AGAIN,
        )


def check_acceptance(
    invitation: Invitation, *, by: Person | None, has_account: bool, at: datetime
) -> None:
    """Let in only the person to whose address the link was sent."""
    check_invitation_is_open(invitation, at=at)
    if by is None and has_account:
        raise SignInFirst(
            _("This address already has an account."),
            next_step=_("Sign in, then open the link of the invitation again."),
        )
    if by is not None and (by.email or "").lower() != invitation.email.lower():
        raise InvitationForAnother(
            _("This invitation was sent to another address than yours."),
            next_step=_("Sign out and open the link again, or ask for another one."),
        )


def check_apart(invitation: Invitation, *, held: Iterable[str]) -> None:
    """Refuse to make a candidate of somebody who examines, advises or decides.

    One reads no decision of a call in which one has a dossier: a link would be
    enough to put the whole team out of it.
    """
    is_awaited = invitation.role == HOLDER.key and invitation.about != ""
    writes = is_awaited or invitation.role == COLLABORATOR.key
    if writes and APART.intersection(held):
        raise KeptApart(
            _(
                "Your role here keeps you at a distance from the dossiers of others: "
                "you cannot write one."
            ),
            next_step=_("Tell the person who invited you; nothing was changed."),
        )


def check_withdrawal(invitation: Invitation, *, at: datetime) -> None:
    """Refuse to take back a link that no longer opens."""
    check_invitation_is_open(invitation, at=at)
