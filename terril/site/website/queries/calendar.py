"""The dates of the label: when calls open, when they close."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from terril.site.commons.templatetags.format import moment
from terril.site.programme.queries.public import published_calls
from terril.site.website.formats.icalendar import CalendarEvent

Words = str | Promise
KINDS: dict[str, Words] = {"opening": _("Opening"), "closing": _("Closing")}


@dataclass(frozen=True)
class Date:
    """One line of the calendar."""

    kind: str
    at: datetime
    title: str
    key: str
    url: str
    changed_at: datetime
    is_example: bool

    @property
    def words(self) -> Words:
        return KINDS[self.kind]


def dates() -> list[Date]:
    """Return every opening and closing of the published calls, in order."""
    found = [
        Date(
            kind,
            at,
            str(call),
            f"{call.code}-{kind}",
            call.get_absolute_url(),
            call.published_at or at,
            call.is_example,
        )
        for call in published_calls()
        for kind, at in (("opening", call.opens_at), ("closing", call.closes_at))
        if at is not None
    ]
    return sorted(found, key=lambda one: one.at)


def calendar_events() -> list[CalendarEvent]:
    """Return the dates as diaries take them."""
    host = settings.SITE_URL.partition("://")[2]
    return [
        CalendarEvent(
            key=f"{one.key}@{host}",
            at=one.at,
            title=f"{_mark(one)}{one.words} – {one.title}",
            text=gettext("%(what)s on %(when)s (Paris time).")
            % {"what": one.words, "when": moment(one.at)},
            url=f"{settings.SITE_URL}{one.url}",
            changed_at=one.changed_at,
        )
        for one in dates()
    ]


def _mark(one: Date) -> str:
    return f"[{gettext('example')}] " if one.is_example else ""
