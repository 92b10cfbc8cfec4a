"""When a body may meet, and when a meeting has been held."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.meetings.models import Meeting


class BodyNameMissing(Refused):
    """A body without a name."""


class BodyExists(Refused):
    """A body of this name is already known."""


class MeetingInThePast(Refused):
    """Nobody can be convened to a day that has gone."""


class AlreadyConvened(Refused):
    """The body already meets at this instant."""


class AlreadyHeld(Refused):
    """The meeting has been marked held."""


class NotYet(Refused):
    """The meeting has not begun."""


def check_body(name: str, *, is_known: bool) -> None:
    """Refuse a body without a name, or one already there."""
    if not name.strip():
        raise BodyNameMissing(_("A body needs a name. Write it as it is known."))
    if is_known:
        raise BodyExists(_("A body of this name is already in the list. Use it."))


def check_convening(starts_at: datetime, *, is_known: bool, at: datetime) -> None:
    """Refuse a meeting that is over, or that is already in the list."""
    if starts_at <= at:
        raise MeetingInThePast(
            _("This meeting would begin in the past. Correct its date or its hour.")
        )
    if is_known:
        raise AlreadyConvened(
            _("This body already meets at this hour: the meeting is in the list.")
        )


def check_holding(meeting: Meeting, *, at: datetime) -> None:
    """Refuse to mark held what has not begun, or what is already marked."""
    if meeting.held_at is not None:
        raise AlreadyHeld(_("This meeting is already marked as held."))
    if at < meeting.starts_at:
        raise NotYet(
            _("This meeting has not begun."),
            next_step=_("Mark it as held once it has taken place."),
        )
