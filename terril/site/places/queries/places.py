"""Places by code and day, and what they belong to."""

import datetime as dt

from django.db.models import F, QuerySet

from terril.site.places import rules
from terril.site.places.models import Membership, Place

Kind = Membership.Kind
Level = Place.Level


def existences(level: str, code: str) -> QuerySet[Place]:
    """Return every place that bore a code, the newest first."""
    found = Place.objects.filter(level=level, code=code).select_related(
        "parent", "parent__parent"
    )
    return found.order_by(F("valid_to").desc(nulls_first=True))


def commune(code: str, *, on: dt.date | None = None) -> Place | None:
    """Return the commune that bears a code: that day's, or the latest."""
    return _first(existences(Level.COMMUNE, code), on)


def epci(code: str, *, on: dt.date | None = None) -> Place | None:
    """Return the EPCI of a SIREN: that day's, or the latest."""
    return _first(existences(Level.EPCI, code), on)


def epci_of(place: Place, *, on: dt.date | None = None) -> Place | None:
    """Return the EPCI of a commune in the vintage of a day, or in the last at hand."""
    return _parent(place, Kind.EPCI, vintage_of(on))


def employment_zone_of(place: Place) -> Place | None:
    """Return the employment zone (2020) of a commune of the 2023 geography."""
    found = place.memberships.filter(kind=Kind.EMPLOYMENT_ZONE)
    membership = found.select_related("parent").last()
    return membership.parent if membership else None


def members_of(place: Place, *, on: dt.date | None = None) -> QuerySet[Place]:
    """Return the communes of an EPCI in the vintage of a day; never a silent today.

    An EPCI that is gone is shown as it last was.
    """
    vintage = vintage_of(on)
    if place.valid_to is not None:
        vintage = min(vintage, place.valid_to.year - 1)
    return Place.objects.filter(
        memberships__parent=place,
        memberships__since__lte=vintage,
        memberships__until__gte=vintage,
    ).order_by("search_name", "code")


def vintage_of(on: dt.date | None) -> int:
    """Return the vintage at hand for a day: the nearest, when there is no other."""
    year = on.year if on else rules.LAST_VINTAGE
    return min(max(year, rules.FIRST_VINTAGE), rules.LAST_VINTAGE)


def _first(found: QuerySet[Place], on: dt.date | None) -> Place | None:
    return (Place.objects.on(on) & found if on else found).first()


def _parent(place: Place, kind: str, vintage: int) -> Place | None:
    found = place.memberships.filter(
        kind=kind, since__lte=vintage, until__gte=vintage
    ).select_related("parent")
    membership = found.first()
    return membership.parent if membership else None
