"""What a decision must say, when it may be corrected, and when it goes public."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.commons.templatetags.format import moment
from terril.site.programme.models import Decision, Dossier, Reservation
from terril.site.programme.regimes import Outcome, RegimeText
from terril.site.programme.rules.moves import next_status


class CompletionPending(Refused):
    """The holder has been asked for something and has not answered."""


class AlreadyDecided(Refused):
    """Somebody else decided first, or the decision is public."""


class DecisionIncomplete(Refused):
    """A decision without its reasons, its act or its reservations."""


class NothingToPublish(Refused):
    """No decision is waiting to be published."""


class NotToldYet(Refused):
    """Those who are not retained have not been told."""


class ReservationRefused(Refused):
    """A reservation cannot be lifted now, or not like this."""


@dataclass(frozen=True)
class ReservationDraft:
    """A condition, who must lift it, and by when."""

    text: str
    owner: str
    due_on: date | None = None


@dataclass(frozen=True)
class DecisionDraft:
    """What the secretary enters for the deciding body."""

    outcome: str
    reasons: str
    act_reference: str
    decided_on: date
    reservations: list[ReservationDraft] = field(default_factory=list)
    # The version that was on the screen, so that nobody overwrites unseen.
    seen: datetime | None = None
    # Why a decision prepared earlier is being corrected.
    correction: str = ""


def check_decision(
    dossier: Dossier,
    draft: DecisionDraft,
    *,
    existing: Decision | None,
    regime: RegimeText,
    at: datetime,
) -> None:
    """Refuse a decision out of its time, hidden from another, or incomplete."""
    if existing:
        check_version(existing, draft)
    next_status("publish_decision", dossier)
    outcome = regime.outcome(draft.outcome)
    _check_words(draft, outcome, at=at)
    if outcome.needs_reservations and not draft.reservations:
        raise DecisionIncomplete(
            _("“%(outcome)s” needs at least one reservation.") % {"outcome": outcome},
            next_step=_("Say what must be lifted, and by whom."),
        )
    if any(not one.text.strip() or not one.owner.strip() for one in draft.reservations):
        raise DecisionIncomplete(
            _("A reservation says what must be lifted, and by whom."),
            next_step=_("Fill both boxes, or empty both."),
        )


def check_no_completion(*, is_pending: bool) -> None:
    """Refuse to decide while the holder has a question to answer."""
    if is_pending:
        raise CompletionPending(
            _("The holder was asked for more and has not answered yet."),
            next_step=_("Wait for the answer; the dossier can then be decided."),
        )


def check_version(existing: Decision, draft: DecisionDraft) -> None:
    """Refuse to write over a decision that is public, unseen, or without saying why."""
    if existing.published_at:
        raise AlreadyDecided(
            _("This decision is public since %(at)s: it no longer changes.")
            % {"at": moment(existing.published_at)},
            next_step=_("The deciding body can take another act."),
        )
    if draft.seen != existing.prepared_at:
        raise AlreadyDecided(
            _("This dossier was already decided by %(person)s, %(at)s.")
            % {"person": existing.prepared_by, "at": moment(existing.prepared_at)},
            next_step=_("Open it again to read that decision before correcting it."),
        )
    if not draft.correction.strip():
        raise AlreadyDecided(
            _("A decision is already prepared: correcting it needs a reason."),
            next_step=_("Say why: the first decision stays in the journal."),
        )


def _check_words(draft: DecisionDraft, outcome: Outcome, *, at: datetime) -> None:
    if outcome.needs_reasons and not draft.reasons.strip():
        raise DecisionIncomplete(
            _("The reasons of the decision are missing."),
            next_step=_("Write them: the holder will read them."),
        )
    if outcome.needs_act and not draft.act_reference.strip():
        raise DecisionIncomplete(
            _("The reference of the act is missing."),
            next_step=_("Copy the number of the deliberation or of the order."),
        )
    if draft.decided_on > timezone.localdate(at):
        raise DecisionIncomplete(
            _("The decision is dated later than today."),
            next_step=_("Give the day on which the body decided."),
        )


def check_is_prepared(decision: Decision | None) -> Decision:
    """Refuse to publish what nobody has written."""
    if decision is None:
        raise NothingToPublish(
            _("No decision is prepared for this dossier."),
            next_step=_("Prepare it first."),
        )
    return decision


def check_publication(dossier: Dossier, decision: Decision) -> str:
    """Return the state that publication leads to, or refuse."""
    if decision.published_at:
        raise AlreadyDecided(
            _("This decision is public since %(at)s.")
            % {"at": moment(decision.published_at)},
            next_step=_("There is nothing left to do."),
        )
    return next_status("publish_decision", dossier)


def check_there_are_decisions(decisions: list[Decision]) -> None:
    """Refuse to publish nothing."""
    if not decisions:
        raise NothingToPublish(
            _("No prepared decision is waiting to be published in this call."),
            next_step=_("Prepare the decisions on the board first."),
        )


def check_told(untold: list[str]) -> None:
    """Refuse to publish before those who are not retained have been told."""
    if untold:
        raise NotToldYet(
            _("Those who are not retained are told first. Not told yet: %(dossiers)s.")
            % {"dossiers": ", ".join(untold)},
            next_step=_("Send their letters, or discard each with a reason."),
        )


def check_lift(reservation: Reservation, evidence: str) -> None:
    """Refuse to lift a reservation that is secret, lifted, or without evidence."""
    if not reservation.decision.published_at:
        raise ReservationRefused(
            _("The decision is not public yet: its reservations cannot be lifted."),
            next_step=_("Correct the decision if the reservation no longer holds."),
        )
    if reservation.lifted_at:
        raise ReservationRefused(
            _("This reservation was lifted, %(at)s.")
            % {"at": moment(reservation.lifted_at)},
            next_step=_("There is nothing left to do."),
        )
    if not evidence.strip():
        raise ReservationRefused(
            _("A reservation is not lifted without evidence."),
            next_step=_("Say what shows that it is met: a document, a visit, an act."),
        )
