"""What is allowed of a label: to register it, withdraw it, end it, correct it."""

import re
from collections.abc import Container
from datetime import date

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import FieldsRefused, Refused
from terril.site.commons.templatetags.format import day
from terril.site.commons.text import fold
from terril.site.programme.models import Decision
from terril.site.programme.regimes import Outcome
from terril.site.projects.models import Project

RESERVED_SLUGS = frozenset({"carte", "publier", "a-inscrire", "couverture"})
# The extent of the world that a point may be in; mistakes are mostly swaps.
LONGITUDES, LATITUDES = (-180.0, 180.0), (-90.0, 90.0)


class NotPublished(Refused):
    """The decision is still a secret."""


class NotLabelled(Refused):
    """The decision does not award the label."""


class AlreadyRegistered(Refused):
    """The decision has its project already."""


class PlanChanged(Refused):
    """The decisions are no longer those that were confirmed."""


class NoLongerStanding(Refused):
    """The label has already ended or been withdrawn."""


class DayRefused(Refused):
    """The day given cannot be the day of this event."""


class ReasonMissing(Refused):
    """What is changed in a public register is explained."""


class EventRefused(FieldsRefused):
    """The event cannot enter a public history."""


class CorrectionRefused(FieldsRefused):
    """The correction cannot be kept as it is."""


def check_registration(decision: Decision, outcome: Outcome) -> None:
    """Refuse to register what is secret, not labelled, or registered already."""
    if decision.published_at is None:
        raise NotPublished(
            _("This decision is not published: nothing of it may be seen yet."),
            next_step=_("Publish the decisions of the call first."),
        )
    if not outcome.is_labelled:
        raise NotLabelled(
            _("The register holds labelled projects, and this decision is “%(name)s”.")
            % {"name": outcome},
            next_step=_("Check the decision of this dossier."),
        )
    if hasattr(decision, "project"):
        raise AlreadyRegistered(
            _("This project is already in the register under number %(number)s.")
            % {"number": decision.project.number},
            next_step=_("Open its page to correct it."),
        )


def check_confirmed(confirmed: str, found: str) -> None:
    """Refuse to publish something else than what a person has confirmed."""
    if confirmed != found:
        raise PlanChanged(
            _("The decisions have changed since you read them: none was published."),
            next_step=_("Read the counts again, then confirm."),
        )


def check_end_of_label(project: Project, *, on: date, today: date, reason: str) -> None:
    """Refuse to end or withdraw twice, in the future, before it began, or unsaid."""
    if project.state != Project.State.LABELLED:
        raise NoLongerStanding(
            _("The label of this project is already “%(state)s”.")
            % {"state": project.get_state_display()},
            next_step=_("Read its public history."),
        )
    if on > today:
        raise DayRefused(
            _("This day is not there yet."),
            next_step=_("Give the day of the act, today at the latest."),
        )
    if project.labelled_on and on < project.labelled_on:
        raise DayRefused(
            _("The label was awarded on %(day)s: it cannot end before.")
            % {"day": day(project.labelled_on)},
            next_step=_("Check the day."),
        )
    check_reason(reason)


def check_reason(reason: str) -> None:
    """Refuse a change of the register that nobody explains."""
    if not reason.strip():
        raise ReasonMissing(
            _("The reason is missing."),
            next_step=_("Say in a sentence why: it is kept in the journal."),
        )


def check_act(act_reference: str) -> None:
    """Refuse to withdraw a label without the act that does it."""
    if not act_reference.strip():
        raise ReasonMissing(
            _("The reference of the act is missing."),
            next_step=_("Copy the number of the deliberation or of the order."),
        )


def check_event(sentence: str, source: str, on: date, today: date) -> None:
    """Refuse a line of history that says nothing, proves nothing, or is to come."""
    if not sentence.strip():
        raise EventRefused(
            _("The event says nothing."), {"sentence": _("Say what happened.")}
        )
    if not source:
        raise EventRefused(
            _("Anybody must be able to check a public event."),
            {"source": _("Give the address of a page or document that says it.")},
        )
    if on > today:
        raise EventRefused(
            _("This day is not there yet."), {"on": _("Give a past day, or today.")}
        )


def check_correction(name: str, point: tuple[float | None, float | None]) -> None:
    """Refuse a name that is empty and a point which is half given or nowhere."""
    if not name.strip():
        raise CorrectionRefused(
            _("A project has a name."), {"name": _("Give the name of the project.")}
        )
    longitude, latitude = point
    if (longitude is None) != (latitude is None):
        raise CorrectionRefused(
            _("A point has a longitude and a latitude."),
            {"latitude": _("Give both, or neither.")},
        )
    if longitude is None or latitude is None:
        return
    is_east = LONGITUDES[0] <= longitude <= LONGITUDES[1]
    is_north = LATITUDES[0] <= latitude <= LATITUDES[1]
    if not (is_east and is_north):
        raise CorrectionRefused(
            _("This point is nowhere on Earth."),
            {"longitude": _("A longitude here is near 2.8, a latitude near 50.4.")},
        )


def number_of(call_code: str, rank: int) -> str:
    """Return the number of a project: `2026-L03`."""
    return f"{call_code}-L{rank:02}"


def free_slug(title: str, taken: Container[str]) -> str:
    """Return the address of a project, which nothing else has."""
    stem = fold(title).replace(" ", "-")[:70].strip("-") or "projet"
    slug, rank = stem, 2
    while slug in taken or slug in RESERVED_SLUGS:
        slug, rank = f"{stem}-{rank}", rank + 1
    return slug


def canonical(code: str) -> str:
    """Return a certificate code as it is kept, however it was typed."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())[:16]


def in_fours(code: str, gap: str = "-") -> str:
    """Write a code or a digest in groups of four, for the eye."""
    return gap.join(code[i : i + 4] for i in range(0, len(code), 4))


def same_day_years_later(on: date, years: int | None) -> date | None:
    """Return the last day of a label awarded for a number of years, if any."""
    if years is None:
        return None
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, day=28)
