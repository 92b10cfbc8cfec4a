"""When a dossier may be opened, written, handed in, and how its state is named."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _, ngettext

from terril.site.commons.errors import FieldsRefused, Refused
from terril.site.commons.templatetags.format import moment, number
from terril.site.people.roles import AGENT, SECRETARY, Role
from terril.site.programme.models import Call, Dossier, DossierMember
from terril.site.programme.rules.access import check_pass, is_let_in
from terril.site.programme.rules.completeness import Completeness

S = Dossier.Status
# How many links of a dossier may wait, and how many one may send within the hour.
MOST_OPEN_INVITATIONS = 10
MOST_INVITATIONS_AN_HOUR = 20


class CallClosed(Refused):
    """The call is over; the instant of closing itself was still in time."""


class CallNotOpen(Refused):
    """The call does not take dossiers yet."""


class NotEditable(Refused):
    """The dossier was handed in: its content no longer changes."""


class AlreadySubmitted(Refused):
    """The dossier was handed in before."""


class Incomplete(FieldsRefused):
    """Answers are missing or to be corrected."""


class Ineligible(FieldsRefused):
    """What is answered closes the call to this dossier."""


class AlreadyMember(Refused):
    """The person already works on the dossier."""


class TeamClosed(Refused):
    """Nobody joins a dossier that is over."""


class TooManyInvitations(Refused):
    """The links that wait, or that were sent within the hour, are enough."""


class HolderStays(Refused):
    """A dossier keeps its holder."""


class NotTheHolder(PermissionDenied):
    """Only the holder hands in, withdraws and invites."""


def check_opening(call: Call, *, at: datetime) -> None:
    """Refuse to open a dossier when the call does not take any."""
    check_not_closed(call, at=at)
    if not call.is_open(at):
        raise CallNotOpen(
            _("This call is not open yet."),
            next_step=_("Its page says when it opens."),
        )


def check_not_closed(call: Call, *, at: datetime) -> None:
    """Refuse what comes after the instant of closing; that instant is in time."""
    if call.closes_at and at > call.closes_at:
        raise CallClosed(
            _("This call closed on %(moment)s, by the clock of this server.")
            % {"moment": moment(call.closes_at)},
            next_step=_("A draft can still be read and printed. Nothing was erased."),
        )


def may_edit(dossier: Dossier, *, at: datetime) -> bool:
    """Tell whether answers may change: in a draft that is let in, or if asked."""
    if dossier.status == S.DRAFT:
        return is_let_in(dossier, at=at)
    return dossier.status == S.TO_COMPLETE


def check_edit(dossier: Dossier, *, at: datetime) -> None:
    """Refuse to change a dossier that is frozen, or whose call is over."""
    if dossier.status == S.DRAFT and not is_let_in(dossier, at=at):
        check_pass(dossier, at=at)
        check_not_closed(dossier.call, at=at)
    if not may_edit(dossier, at=at):
        raise NotEditable(
            _("This dossier can no longer be changed."),
            next_step=_("Write to the examination team to correct something."),
        )


def check_holder(part: str | None) -> None:
    """Let only the holder through; a collaborator writes, and no more."""
    if part != DossierMember.Part.HOLDER:
        raise NotTheHolder


def check_submission(
    dossier: Dossier, completeness: Completeness, *, at: datetime
) -> None:
    """Refuse to hand in a dossier that is frozen, late or incomplete."""
    check_draft(dossier)
    if not is_let_in(dossier, at=at):
        check_pass(dossier, at=at)
        check_opening(dossier.call, at=at)
    check_complete(completeness)


def check_draft(dossier: Dossier) -> None:
    """Refuse to hand in, or let in, a dossier that has left its holder's hands."""
    if dossier.status != S.DRAFT:
        raise AlreadySubmitted(
            _("This dossier has already been handed in."),
            next_step=_("Its receipt is on its page."),
        )


def check_complete(completeness: Completeness) -> None:
    """Refuse a dossier that may not apply or lacks answers, and name each of them."""
    if completeness.reasons:
        raise Ineligible(
            _("This dossier cannot be handed in. %(reasons)s")
            % {"reasons": " ".join(one.text for one in completeness.reasons)},
            {one.anchor: one.text for one in completeness.reasons},
        )
    faults = completeness.faults
    if faults:
        raise Incomplete(
            ngettext(
                "%(count)s answer is missing or to be corrected.",
                "%(count)s answers are missing or to be corrected.",
                len(faults),
            )
            % {"count": number(len(faults))},
            {item.anchor: f"{item.label} — {item.mark.label}" for item in faults},
        )


def check_new_member(dossier: Dossier, *, is_member: bool) -> None:
    """Refuse to invite somebody twice, or on a dossier that is over."""
    if dossier.status in (S.WITHDRAWN, S.DECIDED, S.INADMISSIBLE):
        raise TeamClosed(_("This dossier is over: nobody can join it any more."))
    if is_member:
        raise AlreadyMember(_("This person already works on the dossier."))


def check_invitations(*, open_count: int, sent_lately: int) -> None:
    """Refuse to invite a crowd: a dossier is written by a few."""
    if open_count >= MOST_OPEN_INVITATIONS:
        raise TooManyInvitations(
            _("%(count)s invitations of this dossier still wait for an answer.")
            % {"count": number(open_count)},
            next_step=_(
                "Remove one of those who were invited to invite somebody else."
            ),
        )
    if sent_lately >= MOST_INVITATIONS_AN_HOUR:
        raise TooManyInvitations(
            _("You have sent %(count)s invitations within the hour.")
            % {"count": number(sent_lately)},
            next_step=_("Wait an hour, then invite again."),
        )


def check_removal(member: DossierMember) -> None:
    """Keep the holder: a dossier without one could not be handed in."""
    if member.part == DossierMember.Part.HOLDER:
        raise HolderStays(
            _("The holder cannot be removed from the dossier."),
            next_step=_("Withdraw the dossier instead, if that is what you want."),
        )


def told(status: str, reader: Role | None) -> str:
    """Return a state as a reader knows it: deliberation is for those who prepare it."""
    is_inner = status == S.DELIBERATION and reader not in (AGENT, SECRETARY)
    return S.EXAMINATION if is_inner else status


def state_label(status: str, reader: Role | None) -> str:
    """Name a state for a reader, in their language."""
    return str(S(told(status, reader)).label)


def status_shown(dossier: Dossier, reader: Role | None) -> str:
    """Return the state of a dossier as a reader may know it."""
    return told(dossier.status, reader)


def state_name(dossier: Dossier, reader: Role | None) -> str:
    """Name the state of a dossier for a reader, in their language."""
    return state_label(dossier.status, reader)
