"""The territory served, and the communes it covers on a day."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from terril.site.places import rules
from terril.site.places.models import Membership, Place, Territory, TerritoryMember
from terril.site.places.queries.places import vintage_of

Level = Place.Level


@dataclass(frozen=True)
class Perimeter:
    """The communes of a territory on a day, and the vintage that says so."""

    territory: Territory
    on: dt.date | None
    vintage: int
    communes: QuerySet[Place]

    @property
    def is_of_another_year(self) -> bool:
        """Say that the composition of that very year is not at hand."""
        return self.on is not None and self.on.year != self.vintage

    @property
    def is_from_a_later_year(self) -> bool:
        return self.on is not None and self.on.year < rules.FIRST_VINTAGE


def territory() -> Territory | None:
    """Return the territory this site serves, if it has been loaded."""
    return Territory.objects.filter(key=settings.TERRITORY).first()


def perimeter(territory: Territory, *, on: dt.date | None = None) -> Perimeter:
    """Return the communes of a territory on a day, or as they are now.

    Vintages of 2019 to 2025 are at hand: an older day is told with the
    composition of 2019, a later one with that of 2025, and the perimeter says so.
    """
    vintage = vintage_of(on)
    members = _members(territory, on)
    in_epci = Membership.objects.filter(
        parent__in=members.filter(place__level=Level.EPCI).values("place"),
        since__lte=vintage,
        until__gte=vintage,
    )
    in_department = Place.objects.communes().filter(
        parent__in=members.filter(place__level=Level.DEPARTMENT).values("place")
    )
    # Two lists of keys: an index each, where a join would read all of France.
    communes = Place.objects.filter(
        Q(pk__in=in_epci.values("child")) | Q(pk__in=in_department.values("pk"))
    ).order_by("search_name", "code")
    return Perimeter(territory, on, vintage, communes)


def communes_of(territory: Territory, *, on: dt.date | None = None) -> QuerySet[Place]:
    """Return the communes of a territory on a day, or as they are now."""
    return perimeter(territory, on=on).communes


def epcis_of(territory: Territory, *, on: dt.date | None = None) -> QuerySet[Place]:
    """Return the EPCI that draw the perimeter of a territory."""
    members = _members(territory, on)
    found = Place.objects.filter(level=Level.EPCI, territories__in=members)
    return found.order_by("search_name", "code")


def _members(territory: Territory, on: dt.date | None) -> QuerySet[TerritoryMember]:
    counting = TerritoryMember.objects.filter(
        territory=territory, counts_in_perimeter=True
    )
    if on is None:
        return counting.filter(until__isnull=True)
    is_open = Q(until__isnull=True) | Q(until__gt=on)
    return counting.filter(is_open, since__lte=on)
