"""What the pages of places show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from terril.site.places import rules
from terril.site.places.drawing import Drawing, drawing
from terril.site.places.models import Place, Territory
from terril.site.places.queries.figures import (
    PopulationFigure,
    population_of,
    population_of_territory,
)
from terril.site.places.queries.outlines import newest
from terril.site.places.queries.perimeter import communes_of, epcis_of
from terril.site.places.queries.places import (
    employment_zone_of,
    epci_of,
    existences,
    members_of,
)
from terril.site.places.queries.story import Step, story


@dataclass(frozen=True)
class Chapter:
    """One existence of a commune under its code, and its steps."""

    place: Place
    former_names: tuple[tuple[str, dt.date], ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class CommunePage:
    """The page of a commune: who it is today or was last, and its whole story."""

    place: Place
    chapters: tuple[Chapter, ...]
    epci: Place | None
    zone: Place | None
    population: PopulationFigure
    neighbours: tuple[Place, ...]
    drawing: Drawing | None
    epci_vintage: int = rules.LAST_VINTAGE


@dataclass(frozen=True)
class Line:
    """A commune in a list, with its population."""

    place: Place
    municipal: int | None


@dataclass(frozen=True)
class EpciPage:
    """The page of an EPCI: its communes, drawn and listed."""

    place: Place
    population: PopulationFigure
    lines: tuple[Line, ...]
    drawing: Drawing | None
    vintage: int


@dataclass(frozen=True)
class TerritoryPage:
    """The page of the territory: its EPCI, its communes, its perimeter."""

    territory: Territory
    population: PopulationFigure
    epcis: tuple[Place, ...]
    others: tuple[Place, ...]
    lines: tuple[Line, ...]
    drawing: Drawing | None
    vintage: int = rules.LAST_VINTAGE


def commune_page(code: str) -> CommunePage | None:
    """Return the page of the commune, or communes, that bore a code."""
    found = list(existences(Place.Level.COMMUNE, code))
    if not found:
        return None
    place = found[0]
    epci = epci_of(place)
    neighbours = tuple(members_of(epci)) if epci else ()
    return CommunePage(
        place=place,
        chapters=tuple(_chapter(one) for one in reversed(found)),
        epci=epci,
        zone=employment_zone_of(place),
        population=population_of(place),
        neighbours=neighbours,
        drawing=_drawn(neighbours, here=place),
    )


def epci_page(code: str) -> EpciPage | None:
    """Return the page of an EPCI."""
    place = existences(Place.Level.EPCI, code).first()
    if place is None:
        return None
    members = list(members_of(place).prefetch_related("populations"))
    gone = place.valid_to.year - 1 if place.valid_to else rules.LAST_VINTAGE
    return EpciPage(
        place=place,
        population=population_of(place),
        lines=_lines(members),
        drawing=_drawn(members),
        vintage=min(rules.LAST_VINTAGE, gone),
    )


def territory_page(territory: Territory) -> TerritoryPage:
    """Return the page of the territory."""
    communes = list(communes_of(territory).prefetch_related("populations"))
    epcis = tuple(epcis_of(territory))
    counted = {epci.pk for epci in epcis}
    members = territory.members.filter(until__isnull=True).select_related("place")
    return TerritoryPage(
        territory=territory,
        population=population_of_territory(territory),
        epcis=epcis,
        others=tuple(m.place for m in members if m.place_id not in counted),
        lines=_lines(communes),
        drawing=_drawn(epcis),
    )


def _chapter(place: Place) -> Chapter:
    names = place.former_names.values_list("name", "until")
    return Chapter(place, tuple(names), tuple(story(place)))


def _lines(communes: Sequence[Place]) -> tuple[Line, ...]:
    return tuple(
        Line(
            place, next((p.municipal for p in reversed(place.populations.all())), None)
        )
        for place in communes
    )


def _drawn(places: Sequence[Place], *, here: Place | None = None) -> Drawing | None:
    outlines = newest().filter(place__in=places).select_related("place")
    return drawing(list(outlines), here=here.pk if here else None)
