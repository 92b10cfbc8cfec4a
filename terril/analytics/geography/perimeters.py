"""The communes of any place on a day: of the time, or today's carried back.

Which of the two was used, which vintage of the composition, and which communes
are only partly inside are always part of the answer, in words too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from terril.analytics.geography.addresses import (
    COMMUNE,
    COUNTRY,
    DEPARTMENT,
    EPCI,
    TERRITORY,
    ZONE,
    Address,
    NotThen,
)
from terril.analytics.geography.atlas import Atlas, department_of
from terril.analytics.geography.french import day_in_words
from terril.analytics.geography.records import LEFT_OUT, Place

Mode = Literal["today", "then"]
TODAY: Mode = "today"
THEN: Mode = "then"
WORDS: Mapping[Mode, str] = {
    TODAY: "périmètre actuel rétropolé",
    THEN: "périmètre de l’époque",
}
NEAREST = "périmètre le plus proche de l’époque"


@dataclass(frozen=True)
class Perimeter:
    """The communes that make a place on a day.

    `communes` are those entirely inside, by code; `straddling` those of which
    only a part is, because the composition is that of another day. `vintage` is
    the day of the composition read; `is_exact` is false when the composition of
    the day itself is not at hand.
    """

    place: Place
    on: str
    mode: Mode
    vintage: str
    communes: tuple[str, ...]
    straddling: tuple[str, ...] = ()
    is_exact: bool = True

    @property
    def words(self) -> str:
        """Return in French which perimeter this is."""
        is_nearest = self.mode == THEN and not self.is_exact
        told = NEAREST if is_nearest else WORDS[self.mode]
        told += f", communes au {day_in_words(self.on)}"
        if is_nearest or self.mode == TODAY:
            told += f", composition au {day_in_words(self.vintage)}"
        if self.straddling:
            told += f", {len(self.straddling)} à cheval"
        return told


class _Composition(NamedTuple):
    """The communes of a place, by code, on the day its composition is known."""

    day: str
    codes: frozenset[str]
    is_exact: bool = True


def perimeter(
    atlas: Atlas, where: str | Address, *, on: str = "", mode: Mode = THEN
) -> Perimeter:
    """Return the communes of a place on a day, YYYY-MM-DD, today's by default.

    `then` reads the composition of the day, or the nearest one at hand carried
    to it; `today` reads the latest composition and carries it to the day.

    Raises `NotThen` when the place did not exist that day and its perimeter of
    the time is asked; `UnknownPlace` and its kin when it is no place.
    """
    day = on or atlas.latest
    asked = atlas.address(where) if isinstance(where, str) else where
    is_dated = mode == THEN and asked.level == COMMUNE
    place = atlas.place(asked, day if is_dated else None)
    if mode == THEN and not place.may_be_on(day):
        raise NotThen(str(asked), f"this place did not exist on {day}")
    told = _composition(atlas, place, atlas.latest if mode == TODAY else day)
    inside, straddling = _carried(atlas, told, day)
    is_exact = not straddling and (mode == TODAY or told.is_exact)
    return Perimeter(place, day, mode, told.day, inside, straddling, is_exact)


def _carried(
    atlas: Atlas, told: _Composition, on: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the communes of a day that are inside a composition, then astride."""
    if told.day == on:
        return tuple(sorted(told.codes)), ()
    passage = atlas.passage(on, told.day)
    inside, astride = [], []
    for code in sorted(passage.known):
        if code in passage.moves or code in passage.strays:
            ends = {part.code for part in passage.moves.get(code, ())}
            ends |= {
                one for stray in passage.strays.get(code, ()) for one in stray.among
            }
        else:
            ends = {code}
        if ends and ends <= told.codes:
            inside.append(code)
        elif ends & told.codes:
            astride.append(code)
    return tuple(inside), tuple(astride)


def _composition(atlas: Atlas, place: Place, on: str) -> _Composition:
    if place.level == COMMUNE:
        day = place.nearest_day(on)
        return _Composition(day, frozenset({place.code}), is_exact=day == on)
    if place.level in (EPCI, ZONE):
        return _grouped(atlas, place, on)
    if place.level == TERRITORY:
        return _of_territory(atlas, place, on)
    return _of_code(atlas, place, on)


def _grouped(atlas: Atlas, place: Place, on: str) -> _Composition:
    first, last = atlas.vintages(place.level)
    if place.until:
        last = min(last, int(place.until[:4]) - 1)
    year = min(max(int(on[:4]), first), last)
    members = atlas.memberships(place.level).get(place.code, [])
    codes = frozenset(one.child[0] for one in members if one.since <= year <= one.until)
    day = f"{year}-01-01"
    return _Composition(day, codes, is_exact=on[:4] == day[:4])


def _of_territory(atlas: Atlas, place: Place, on: str) -> _Composition:
    members = atlas.territories[place.code].members
    parts = [
        _composition(atlas, atlas.place(member.place), on)
        for member in members
        if member.is_on(on)
    ]
    # All the members of a territory are read in the oldest of their vintages.
    day = min(part.day for part in parts)
    codes: frozenset[str] = frozenset().union(
        *(_moved(atlas, part, day) for part in parts)
    )
    return _Composition(day, codes, all(part.is_exact for part in parts))


def _moved(atlas: Atlas, part: _Composition, day: str) -> Iterable[str]:
    return _carried(atlas, part, day)[0]


def _of_code(atlas: Atlas, place: Place, on: str) -> _Composition:
    """Read départements, regions and the country in the codes of the communes."""
    codes = atlas.communes_on(on)
    if place.level == COUNTRY:
        kept = {c for c in codes if not c.startswith(LEFT_OUT[place.code])}
    else:
        inside = _departments(atlas, place)
        kept = {code for code in codes if department_of(code) in inside}
    return _Composition(on, frozenset(kept))


def _departments(atlas: Atlas, place: Place) -> set[str]:
    if place.level == DEPARTMENT:
        return {place.code}
    return {one.code for one in atlas.level(DEPARTMENT) if one.parent == place.code}
