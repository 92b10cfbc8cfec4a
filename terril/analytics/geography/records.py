"""The rows of the compact tables, as the library holds them, and how to read them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from terril.analytics.geography import shipped
from terril.analytics.geography.addresses import (
    COUNTRY,
    TERRITORY,
    Address,
)
from terril.analytics.geography.history import DAWN, Key, Link
from terril.analytics.geography.territories import Territory
from terril.analytics.geography.weights import Census

Places = Mapping[tuple[str, str], tuple["Place", ...]]
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

    def may_be_on(self, day: str) -> bool:
        """Tell whether it existed that day, or may have: files begin somewhere."""
        is_before_files = day < self.since and not self.is_start_known
        return self.is_on(day) or is_before_files

    def nearest_day(self, day: str) -> str:
        """Return the day on which it existed that is nearest to a day."""
        if day < self.since:
            return self.since
        if self.is_on(day):
            return day
        eve = dt.date.fromisoformat(self.until) - dt.timedelta(days=1)
        return eve.isoformat()


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


def read_places(known: Mapping[str, Territory]) -> Places:
    """Return every place by level and code, with the countries and territories."""
    found: dict[tuple[str, str], tuple[Place, ...]] = {}
    for level, code, since, start, until, *told in shipped.lines("places"):
        place = Place(level, code, since, start == "1", until, *told[:4])
        found[level, code] = (*found.get((level, code), ()), place)
    for code, name in COUNTRIES.items():
        found[COUNTRY, code] = (Place(*(COUNTRY, code, DAWN, False, "", name)),)
    for key, one in known.items():
        told_since = (TERRITORY, key, one.since, True, "", one.name)
        found[TERRITORY, key] = (Place(*told_since),)
    return found


def read_former_names() -> Mapping[Key, list[tuple[str, str, str]]]:
    """Return the names that communes bore: name, article, until which day."""
    found = defaultdict(list)
    for code, since, name, article, until in shipped.lines("names"):
        found[code, since].append((name, article, until))
    return found


def read_links() -> Iterator[Link]:
    """Yield the movements between existences of communes."""
    for line in shipped.lines("movements"):
        kind, on, before, begun, after, start, *names = line
        yield Link(
            kind,
            on,
            (before, begun) if before else None,
            (after, start) if after else None,
            *names,
        )


def belonging(line: Sequence[str]) -> Belonging:
    """Return a line of the table of memberships as what it tells."""
    _kind, child, start, parent, since, until = line
    return Belonging((child, start), parent, int(since), int(until))


def population(line: Sequence[str]) -> Population:
    """Return a line of the table of populations as what it tells."""
    edition = shipped.source("populations")["vintage"]
    _code, municipal, apart, total, basis = line
    return Population(edition, int(municipal), _count(apart), _count(total), basis)


def read_censuses() -> list[Census]:
    """Return the populations that divide splits, by vintage."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for year, code, population in shipped.lines("weights"):
        found[year][code] = int(population)
    return [Census(int(year), told) for year, told in found.items()]


def _count(text: str) -> int | None:
    return int(text) if text else None


def department_of(commune: str) -> str:
    """Return the code of the département that the code of a commune tells."""
    return commune[:3] if commune.startswith("97") else commune[:2]
