"""The places of France by date, read from the compact tables, without the site."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from terril.analytics.geography import nearest, shipped
from terril.analytics.geography.addresses import (
    COMMUNE,
    COUNTRY,
    DEPARTMENT,
    EPCI,
    REGION,
    TERRITORY,
    ZONE,
    Address,
    NotThen,
    UnknownPlace,
    address,
)
from terril.analytics.geography.graph import Turn, turns
from terril.analytics.geography.history import DAWN, Existence, History, Key, Link
from terril.analytics.geography.passages import Passage, Shares, passage
from terril.analytics.geography.territories import KNOWN, Territory, territories
from terril.analytics.geography.weights import Census, Weights

COUNTRIES: Mapping[str, str] = {
    "": "France",
    "metro": "France métropolitaine",
    "hors-mayotte": "France hors Mayotte",
}
# What each country leaves out, by the beginning of the codes of communes.
LEFT_OUT: Mapping[str, str] = {"": "-", "metro": "97", "hors-mayotte": "976"}


class Place(NamedTuple):
    """One existence of a place under one code; `until` is empty while it lasts.

    `since` and `until` are days written YYYY-MM-DD, the last one excluded;
    `is_start_known` is false when `since` is only where the files begin.
    """

    level: str
    code: str
    since: str
    is_start_known: bool
    until: str
    name: str
    article: str = ""
    kind: str = ""
    parent: str = ""

    @property
    def address(self) -> Address:
        return Address(self.level, self.code)

    @property
    def key(self) -> Key:
        return (self.code, self.since)

    def is_on(self, day: str) -> bool:
        """Tell whether the place existed that day, YYYY-MM-DD."""
        return self.since <= day and (not self.until or day < self.until)


class Belonging(NamedTuple):
    """A commune in a grouping, from a vintage to another, both included."""

    child: Key
    parent: str
    since: int
    until: int


class Population(NamedTuple):
    """The legal population of a commune; `edition` is the census year."""

    edition: str
    municipal: int
    apart: int | None
    total: int | None
    basis: str


@dataclass(frozen=True, eq=False)
class Atlas:
    """All places at hand, each table read when it is first asked for."""

    known: Path = field(default=KNOWN)

    def place(self, where: str | Address, on: str | None = None) -> Place:
        """Return the place of an address, that day's, or the latest one.

        Raises `UnknownPlace`, `AmbiguousPlace` or `WrongLevel` with a proposal
        when no place is written so, `NotThen` when it did not exist that day.
        """
        found = self.existences(where)
        if on is None:
            return found[-1]
        for place in found:
            if place.is_on(on):
                return place
        raise NotThen(str(found[-1].address), f"no place bore this code on {on}")

    def existences(self, where: str | Address) -> tuple[Place, ...]:
        """Return every place that bore the code of an address, the oldest first."""
        asked = address(where) if isinstance(where, str) else where
        found = self.by_address.get((asked.level, asked.code))
        if found is None:
            proposal, problem = nearest.proposed(asked, self.by_address)
            raise UnknownPlace(str(asked), problem, proposal)
        return found

    def level(self, level: str) -> Iterator[Place]:
        """Yield every place of a level, by code then by date."""
        for (found, _code), places in self.by_address.items():
            if found == level:
                yield from places

    def communes_on(self, day: str) -> Mapping[str, Place]:
        """Return the communes that existed on a day, YYYY-MM-DD, by code."""
        return {place.code: place for place in self._communes if place.is_on(day)}

    def populations(self, code: str) -> tuple[Population, ...]:
        """Return the legal populations at hand of the commune that bears a code."""
        return self._populations.get(code, ())

    def memberships(self, kind: str) -> Mapping[str, list[Belonging]]:
        """Return who belonged to the groupings of a kind (EPCI, ZONE), by code."""
        found: dict[str, list[Belonging]] = defaultdict(list)
        for one in self._belongings[kind]:
            found[one.parent].append(one)
        return found

    def groupings(self, place: Place, kind: str) -> tuple[Belonging, ...]:
        """Return the groupings of a kind that a commune belonged to, oldest first."""
        return tuple(self._by_child.get((kind, place.key), ()))

    def vintages(self, kind: str) -> tuple[int, int]:
        """Return the first and the last vintage at hand of a kind of grouping."""
        runs = self._belongings[kind]
        return min(one.since for one in runs), max(one.until for one in runs)

    @cached_property
    def latest(self) -> str:
        """Return the first day of the newest vintage at hand: "today" for places."""
        return f"{shipped.source('communes')['vintage']}-01-01"

    @cached_property
    def territories(self) -> Mapping[str, Territory]:
        return territories(self.known)

    @cached_property
    def by_address(self) -> Mapping[tuple[str, str], tuple[Place, ...]]:
        """Return the places by level and code."""
        found: dict[tuple[str, str], tuple[Place, ...]] = {}
        for level, code, since, start, until, *told in shipped.lines("places"):
            place = Place(level, code, since, start == "1", until, *told[:4])
            found[level, code] = (*found.get((level, code), ()), place)
        for code, name in COUNTRIES.items():
            found[COUNTRY, code] = (Place(*(COUNTRY, code, DAWN, False, "", name)),)
        for key, one in self.territories.items():
            told_since = (TERRITORY, key, one.since, True, "", one.name)
            found[TERRITORY, key] = (Place(*told_since),)
        return found

    @cached_property
    def history(self) -> History:
        """Return every existence of communes and the movements between them."""
        existences: dict[str, tuple[Existence, ...]] = {}
        for place in self._communes:
            names = tuple(self._former_names.get(place.key, ()))
            one = Existence(
                place.code, place.since, place.name, place.article, place.until, names
            )
            existences[place.code] = (*existences.get(place.code, ()), one)
        return History(existences, tuple(_links()))

    def passage(self, start: str, end: str, shares: Shares | None = None) -> Passage:
        """Return the passage from the communes of a day to those of another.

        Days are written YYYY-MM-DD; `shares` are those declared for splits, by
        the code of the whole and of the part. Without shares, it is kept.
        """
        if shares is None and (start, end) in self._passages:
            return self._passages[start, end]
        origins = [place.key for place in self._communes if place.is_on(start)]
        found = passage(
            (start, end), origins, self.turns, weigh=self.weights, shares=shares
        )
        if shares is None:
            self._passages[start, end] = found
        return found

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Return the days of movements of communes, in order."""
        return turns(self.history)

    @cached_property
    def weights(self) -> Weights:
        """Return the populations that divide a split when no share is declared."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for year, code, population in shipped.lines("weights"):
            found[year][code] = int(population)
        censuses = [Census(int(year), told) for year, told in found.items()]
        return Weights(self.history, censuses)

    @cached_property
    def _passages(self) -> dict[tuple[str, str], Passage]:
        return {}

    @cached_property
    def _communes(self) -> list[Place]:
        return list(self.level(COMMUNE))

    @cached_property
    def _former_names(self) -> Mapping[Key, list[tuple[str, str, str]]]:
        found = defaultdict(list)
        for code, since, name, article, until in shipped.lines("names"):
            found[code, since].append((name, article, until))
        return found

    @cached_property
    def _belongings(self) -> Mapping[str, list[Belonging]]:
        found: dict[str, list[Belonging]] = {EPCI: [], ZONE: []}
        for kind, child, start, parent, since, until in shipped.lines("memberships"):
            one = Belonging((child, start), parent, int(since), int(until))
            found[kind].append(one)
        return found

    @cached_property
    def _by_child(self) -> Mapping[tuple[str, Key], list[Belonging]]:
        found = defaultdict(list)
        for kind, belongings in self._belongings.items():
            for one in belongings:
                found[kind, one.child].append(one)
        return found

    @cached_property
    def _populations(self) -> Mapping[str, tuple[Population, ...]]:
        edition = shipped.source("populations")["vintage"]
        return {
            code: (
                Population(
                    edition, int(municipal), _count(apart), _count(total), basis
                ),
            )
            for code, municipal, apart, total, basis in shipped.lines("populations")
        }


@cache
def atlas(known: Path = KNOWN) -> Atlas:
    """Return the atlas that ships, with the territories of a file; read once."""
    return Atlas(known)


def department_of(commune: str) -> str:
    """Return the code of the département that the code of a commune tells."""
    return commune[:3] if commune.startswith("97") else commune[:2]


def _count(text: str) -> int | None:
    return int(text) if text else None


def _links() -> Iterator[Link]:
    for kind, on, before, begun, after, start, left, right in shipped.lines(
        "movements"
    ):
        yield Link(
            kind,
            on,
            (before, begun) if before else None,
            (after, start) if after else None,
            left,
            right,
        )


__all__ = [
    "COMMUNE",
    "COUNTRY",
    "DEPARTMENT",
    "EPCI",
    "REGION",
    "TERRITORY",
    "ZONE",
    "Atlas",
    "Belonging",
    "Place",
    "Population",
    "atlas",
    "department_of",
]
