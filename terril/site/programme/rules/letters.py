"""When a letter may be changed, sent again or set aside."""

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.commons.models import Letter

Status = Letter.Status
# What a person may still read and change, and what may still be set aside.
SETTLED = [Status.SENT, Status.DISCARDED]
DISCARDABLE = [Status.DRAFT, Status.FAILED]
UNSENT = [Status.DRAFT, Status.FAILED, Status.WAITING]


class LetterGone(Refused):
    """The letter is no longer in the hands of the team."""


class LetterIncomplete(Refused):
    """A letter with an empty subject, an empty text, or set aside without a reason."""


class NothingToSend(Refused):
    """No letter is concerned."""


def check_edit(letter: Letter, subject: str, body: str) -> None:
    """Refuse to change a letter that left, or to empty one."""
    if letter.status != Status.DRAFT:
        raise LetterGone(
            _("This letter is “%(state)s”: its text no longer changes.")
            % {"state": letter.get_status_display()},
            next_step=_("Go back to the outbox to see where it stands."),
        )
    if not subject.strip() or not body.strip():
        raise LetterIncomplete(
            _("A letter has a subject and a text."),
            next_step=_("Fill both, or discard the letter with a reason."),
        )


def check_discard(letter: Letter, reason: str) -> None:
    """Refuse to set aside a letter that left, or without saying why."""
    if letter.status not in DISCARDABLE:
        raise LetterGone(
            _("This letter is “%(state)s”: it can no longer be discarded.")
            % {"state": letter.get_status_display()},
            next_step=_("Go back to the outbox to see where it stands."),
        )
    if not reason.strip():
        raise LetterIncomplete(
            _("A letter is not discarded without a reason."),
            next_step=_("Say why this person is not written to."),
        )


def check_retry(letter: Letter) -> None:
    """Refuse to send again a letter that did not fail."""
    if letter.status != Status.FAILED:
        raise LetterGone(
            _("This letter is “%(state)s”: there is nothing to try again.")
            % {"state": letter.get_status_display()},
            next_step=_("Go back to the outbox to see where it stands."),
        )


def check_composition(count: int) -> None:
    """Refuse to write no letter."""
    if not count:
        raise NothingToSend(
            _("There is no letter to write: each decision already has its own."),
            next_step=_("Look for them in the outbox."),
        )


def check_selection(count: int) -> None:
    """Refuse to send nothing, or the same letters twice."""
    if not count:
        raise NothingToSend(
            _("Nothing was sent: no draft is selected, or they have left already."),
            next_step=_("Go back to the outbox to see where they stand."),
        )
