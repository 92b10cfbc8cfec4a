"""Carry counts from one vintage of the geography to another; nobody is lost."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from terril.analytics.geography.addresses import PlaceError
from terril.analytics.geography.atlas import Atlas, atlas
from terril.analytics.geography.nearest import CITIES, alike, proposed_commune
from terril.analytics.geography.passages import Part, Passage, Shares, Split

Count = int | Decimal | Fraction
FIRST = 1943


class Unknown(NamedTuple):
    """A code that is no commune of the vintage, and what was probably meant."""

    code: str
    proposal: str
    problem: str


@dataclass(frozen=True)
class Unplaced:
    """What could not be placed: of which code, how much, among which, and why."""

    code: str
    count: Count
    among: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Carried:
    """Counts carried to another day, with all that must be said of them.

    `counts` and `unplaced` together are exactly what was given, less the codes
    of `unknown`. `estimated` holds the codes whose count rests on a share that
    nobody declared; `splits` says which shares, and what they rest on.
    """

    start: str
    end: str
    counts: Mapping[str, Count]
    estimated: frozenset[str] = frozenset()
    unplaced: tuple[Unplaced, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    splits: tuple[Split, ...] = ()
    # The arrondissements that were added up, by the code of their city.
    gathered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Tell whether everything given has found its place."""
        return not self.unplaced and not self.unknown

    @property
    def total(self) -> Count:
        """Return all that is in `counts` and `unplaced` together."""
        found: Count = 0
        for count in (*self.counts.values(), *(one.count for one in self.unplaced)):
            found = _plus(found, count)
        return found


@dataclass
class _Sums:
    """What is being added up, code by code."""

    counts: dict[str, Count]
    estimated: set[str] = field(default_factory=set)
    unplaced: list[Unplaced] = field(default_factory=list)
    split: set[str] = field(default_factory=set)


class NoVintage(PlaceError):
    """The files at hand do not tell the geography of this day."""


def vintage(when: int | str, within: Atlas) -> str:
    """Return the day, YYYY-MM-DD, of a year (its first of January) or of a day.

    Raises `NoVintage` before 1943 and after the newest list of communes.
    """
    text = f"{when}-01-01" if len(str(when)) == 4 else str(when)
    try:
        dt.date.fromisoformat(text)
    except ValueError as error:
        raise NoVintage(str(when), "a vintage is a year or a day") from error
    if not FIRST <= int(text[:4]) <= int(within.latest[:4]):
        span = f"from {FIRST} to {within.latest[:4]}"
        raise NoVintage(str(when), f"the lists of communes go {span}")
    return text


def carry(
    counts: Mapping[str, Count],
    start: int | str,
    end: int | str,
    *,
    shares: Shares | None = None,
    within: Atlas | None = None,
) -> Carried:
    """Return counts of communes carried from a vintage to another, exactly.

    `counts` are by code of commune; `start` and `end` are years (the first of
    January) or days, in any order, from 1943 on. `shares` are those declared for
    splits, by the code of the whole and of the part. Arrondissements of Paris, Lyon
    and Marseille are added up to their city, unless the city is there as well: they
    are then unknown, for they would count twice. See `carried` for how parts
    are rounded, `passages` for how they are found.

    Raises `NoVintage` for a vintage out of the lists, `TypeError` for a float.
    """
    here = within or atlas()
    days = vintage(start, here), vintage(end, here)
    gathered = _gathered(counts)
    whole = _without_parts(counts, gathered) if gathered else counts
    found = carried(whole, here.passage(*days, shares))
    return replace(found, unknown=_named(found, here), gathered=gathered)


def _gathered(counts: Mapping[str, Count]) -> dict[str, tuple[str, ...]]:
    """Return the arrondissements of each city that is not there as a whole."""
    parts: dict[str, tuple[str, ...]] = {}
    for code in sorted(CITIES.keys() & counts.keys()):
        city = CITIES[code]
        if city not in counts:
            parts[city] = (*parts.get(city, ()), code)
    return parts


def _without_parts(
    counts: Mapping[str, Count], gathered: Mapping[str, tuple[str, ...]]
) -> dict[str, Count]:
    inside = {code for codes in gathered.values() for code in codes}
    found = {code: count for code, count in counts.items() if code not in inside}
    for city, codes in gathered.items():
        found[city] = 0
        for code in codes:
            found[city] = _plus(found[city], counts[code])
    return found


def _named(found: Carried, here: Atlas) -> tuple[Unknown, ...]:
    """Propose what unknown codes meant: another day's communes, or the nearest."""
    if not found.unknown:
        return ()
    known = here.communes_on(found.start)
    near = alike(known)
    told = []
    for code in (one.code for one in found.unknown):
        if code in here.history.existences:
            told.append(_of_another_day(code, here, found.start))
        else:
            meant = proposed_commune(code, known, near.get(code[:2], ()))
            told.append(Unknown(code, *meant))
    return tuple(told)


def _of_another_day(code: str, here: Atlas, day: str) -> Unknown:
    first = here.history.existences[code][0]
    when = "yet" if day < first.since else "any more"
    problem = f"no commune bears this code {when} on {day}"
    return Unknown(code, " or ".join(here.bearers(code, day)), problem)


def carried(counts: Mapping[str, Count], passage: Passage) -> Carried:
    """Return counts by code carried over a passage, exactly.

    Whole numbers stay whole and decimals keep their places: the parts of a split
    are rounded by the largest remainder (A. Hamilton's method, 1792), the
    first code winning a tie, so that they add up to what was split. Fractions
    are not rounded. Codes unknown to the vintage are listed, with no proposal
    yet, and their counts are in nothing else.

    Raises `TypeError` for a binary float: it is not an exact count.
    """
    _check_types(counts)
    sums = _Sums(dict(counts))
    is_known = counts.keys() <= passage.known
    unknown = [] if is_known else [one for one in counts if one not in passage.known]
    for code in unknown:
        del sums.counts[code]
    moving = [code for code in counts if code in passage.changed]
    # All leave before any arrives: two communes may exchange their codes.
    leaving = [(code, sums.counts.pop(code)) for code in moving]
    for code, count in leaving:
        _move(code, count, passage, sums)
    return Carried(
        passage.start,
        passage.end,
        {code: sums.counts[code] for code in sorted(sums.counts)},
        frozenset(sums.estimated),
        tuple(sums.unplaced),
        tuple(Unknown(code, "", "") for code in unknown),
        passage.splits_of(sums.split),
    )


def _check_types(counts: Mapping[str, Count]) -> None:
    strange = set(map(type, counts.values())) - {int, Decimal, Fraction}
    if strange:
        names = ", ".join(sorted(one.__name__ for one in strange))
        raise TypeError(f"a count is an int, a Decimal or a Fraction, not {names}")


def _move(code: str, count: Count, passage: Passage, sums: _Sums) -> None:
    parts, strays = passage.moves.get(code, ()), passage.strays.get(code, ())
    if len(parts) == 1 and not strays:
        _add(parts[0], count, sums)
        return
    shares = [part.share for part in parts] + [stray.share for stray in strays]
    amounts = apportioned(count, shares)
    sums.split.add(code)
    for part, amount in zip(parts, amounts, strict=False):
        _add(part, amount, sums)
    for stray, amount in zip(strays, amounts[len(parts) :], strict=True):
        sums.unplaced.append(Unplaced(code, amount, stray.among, stray.reason))


def _add(part: Part, amount: Count, sums: _Sums) -> None:
    held = sums.counts.get(part.code)
    sums.counts[part.code] = amount if held is None else _plus(held, amount)
    if part.is_estimated:
        sums.estimated.add(part.code)


def _plus(one: Count, other: Count) -> Count:
    # Counts of one file are all of one type; a Decimal and a Fraction never meet.
    return one + other  # type: ignore[operator]


def apportioned(count: Count, shares: Iterable[Fraction]) -> list[Count]:
    """Return a count divided by shares that add up to 1, adding up to the count.

    Whole numbers and decimals are divided in their own last place by the largest
    remainder; fractions are divided exactly.
    """
    found = list(shares)
    if len(found) == 1:
        return [count]
    if isinstance(count, Fraction):
        return [count * share for share in found]
    if isinstance(count, Decimal):
        exponent = min(int(count.as_tuple().exponent), 0)
        units = _largest_remainder(int(count.scaleb(-exponent)), found)
        return [Decimal(unit).scaleb(exponent) for unit in units]
    return list(_largest_remainder(count, found))


def _largest_remainder(count: int, shares: list[Fraction]) -> list[int]:
    sign = -1 if count < 0 else 1
    exact = [abs(count) * share for share in shares]
    floors = [int(one) for one in exact]
    left = abs(count) - sum(floors)
    order = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    for index in order[:left]:
        floors[index] += 1
    return [sign * one for one in floors]
