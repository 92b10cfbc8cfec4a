"""The places of France by date, read from the compact tables, without the site."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from pathlib import Path

from terril.analytics.geography import nearest, shipped
from terril.analytics.geography.addresses import (
    COMMUNE,
    NOT_WRITTEN,
    Address,
    NotThen,
    PlaceError,
    UnknownPlace,
    address,
)
from terril.analytics.geography.graph import Turn, turns
from terril.analytics.geography.history import Existence, History, Key, Link
from terril.analytics.geography.passages import Passage, Shares, passage
from terril.analytics.geography.records import (
    Belonging,
    Place,
    Places,
    Population,
    belonging,
    department_of,
    population,
    read_censuses,
    read_former_names,
    read_links,
    read_places,
)
from terril.analytics.geography.territories import KNOWN, Territory, territories
from terril.analytics.geography.weights import Weights

# A passage weighs some megabytes: as many are kept as one answer may need.
KEPT = 64


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
            if place.may_be_on(on):
                return place
        raise NotThen(str(found[-1].address), f"no place bore this code on {on}")

    def existences(self, where: str | Address) -> tuple[Place, ...]:
        """Return every place that bore the code of an address, the oldest first."""
        asked = self.address(where) if isinstance(where, str) else where
        found = self.by_address.get((asked.level, asked.code))
        if found is None:
            proposal, problem = nearest.proposed(asked, self.by_address)
            raise UnknownPlace(str(asked), problem, proposal)
        return found

    def address(self, text: str) -> Address:
        """Return the address that a text writes; what is proposed for it exists."""
        try:
            return address(text)
        except PlaceError as error:
            meant = [address(one) for one in error.proposal.split(" or ") if one]
            known = [one for one in meant if (one.level, one.code) in self.by_address]
            error.proposal = " or ".join(map(str, known))
            if error.problem != NOT_WRITTEN:
                raise
            places = chain.from_iterable(self.by_address.values())
            raise nearest.of_name(text, places) from error

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
        line = self._populations.get(code)
        return (population(line),) if line else ()

    def memberships(self, kind: str) -> Mapping[str, list[Belonging]]:
        """Return who belonged to the groupings of a kind (EPCI, ZONE), by code."""
        if kind not in self._groups:
            found: dict[str, list[Belonging]] = defaultdict(list)
            for line in self._memberships:
                if line[0] == kind:
                    found[line[3]].append(belonging(line))
            self._groups[kind] = found
        return self._groups[kind]

    def groupings(self, place: Place, kind: str) -> tuple[Belonging, ...]:
        """Return the groupings of a kind that a commune belonged to, oldest first."""
        lines = self._by_child.get(place.code, ())
        found = (belonging(line) for line in lines if line[0] == kind)
        return tuple(one for one in found if one.child == place.key)

    def existence(self, key: Key) -> Place:
        """Return the commune of a key: its code and its first day."""
        found = self.by_address[COMMUNE, key[0]]
        return next(place for place in found if place.key == key)

    def former_names(self, place: Place) -> tuple[tuple[str, str, str], ...]:
        """Return the names a commune bore before: name, article, until which day."""
        return tuple(self._former_names.get(place.key, ()))

    def name_on(self, place: Place, day: str) -> str:
        """Return the name that a place bore on a day."""
        former = self.former_names(place) if place.level == COMMUNE else ()
        return next(
            (name for name, _article, until in former if day < until), place.name
        )

    def links(self, key: Key) -> tuple[Link, ...]:
        """Return the movements that a commune took part in, either side."""
        return tuple(self._links.get(key, ()))

    def bearers(self, code: str, day: str) -> tuple[str, ...]:
        """Return the codes, on a day, of the communes that held the land of another.

        That is what a commune gone by then had become, or what one not yet there
        was to come from.
        """
        found = self.existences(Address(COMMUNE, code))
        gone = [place for place in found if place.until and place.until <= day]
        if gone:
            return tuple(sorted(self.history.successors(*gone[-1].key, day)))
        return tuple(sorted(self.history.origins(*found[0].key, day)))

    def vintages(self, kind: str) -> tuple[int, int]:
        """Return the first and the last vintage at hand of a kind of grouping."""
        return self._vintages[kind]

    @cached_property
    def latest(self) -> str:
        """Return the first day of the newest vintage at hand: "today" for places."""
        return f"{shipped.source('communes')['vintage']}-01-01"

    @cached_property
    def territories(self) -> Mapping[str, Territory]:
        return territories(self.known)

    @cached_property
    def by_address(self) -> Places:
        """Return the places by level and code."""
        return read_places(self.territories)

    @cached_property
    def movements(self) -> tuple[Link, ...]:
        """Return the movements between communes, in the order of the file."""
        return tuple(read_links())

    @cached_property
    def history(self) -> History:
        """Return every existence of communes and the movements between them."""
        existences = {
            code: tuple(self._existence(place) for place in places)
            for (level, code), places in self.by_address.items()
            if level == COMMUNE
        }
        return History(existences, self.movements)

    def passage(self, start: str, end: str, shares: Shares | None = None) -> Passage:
        """Return the passage from the communes of a day to those of another.

        Days are written YYYY-MM-DD; `shares` are those declared for splits, by
        the code of the whole and of the part. Without shares, it is kept.
        """
        if shares is None and (start, end) in self._passages:
            return self._passages[start, end]
        if start not in self._origins:
            self._origins[start] = frozenset(
                key
                for key, until in self._spans
                if key[1] <= start and (not until or start < until)
            )
        days, origins = (start, end), self._origins[start]
        found = passage(days, origins, self.turns, weigh=self.weights, shares=shares)
        if shares is None:
            self._passages[start, end] = found
            if len(self._passages) > KEPT:
                self._passages.pop(next(iter(self._passages)))
        return found

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Return the days of movements of communes, in order."""
        return turns(self.history)

    @cached_property
    def weights(self) -> Weights:
        """Return the populations that divide a split when no share is declared."""
        return Weights(self.history, read_censuses())

    def _existence(self, place: Place) -> Existence:
        names = self._former_names.get(place.key, ())
        return Existence(
            place.code,
            place.since,
            place.name,
            place.article,
            place.until,
            tuple(names),
        )

    @cached_property
    def _passages(self) -> dict[tuple[str, str], Passage]:
        return {}

    @cached_property
    def _origins(self) -> dict[str, frozenset[Key]]:
        return {}

    @cached_property
    def _spans(self) -> list[tuple[Key, str]]:
        return [(place.key, place.until) for place in self._communes]

    @cached_property
    def _communes(self) -> list[Place]:
        return list(self.level(COMMUNE))

    @cached_property
    def _former_names(self) -> Mapping[Key, list[tuple[str, str, str]]]:
        return read_former_names()

    @cached_property
    def _links(self) -> Mapping[Key, list[Link]]:
        found = defaultdict(list)
        for link in self.movements:
            for key in {link.before, link.after}:
                if key is not None:
                    found[key].append(link)
        return found

    @cached_property
    def _memberships(self) -> list[list[str]]:
        return list(shipped.lines("memberships"))

    @cached_property
    def _groups(self) -> dict[str, Mapping[str, list[Belonging]]]:
        return {}

    @cached_property
    def _vintages(self) -> Mapping[str, tuple[int, int]]:
        spans: dict[str, set[str]] = defaultdict(set)
        for kind, _child, _start, _parent, since, until in self._memberships:
            spans[kind] |= {since, until}
        return {kind: (int(min(one)), int(max(one))) for kind, one in spans.items()}

    @cached_property
    def _by_child(self) -> Mapping[str, list[list[str]]]:
        found = defaultdict(list)
        for line in self._memberships:
            found[line[1]].append(line)
        return found

    @cached_property
    def _populations(self) -> Mapping[str, list[str]]:
        return {line[0]: line for line in shipped.lines("populations")}


@cache
def atlas(known: Path = KNOWN) -> Atlas:
    """Return the atlas that ships, with the territories of a file; read once."""
    return Atlas(known)


__all__ = [
    "Atlas",
    "Belonging",
    "Place",
    "Population",
    "atlas",
    "department_of",
]
