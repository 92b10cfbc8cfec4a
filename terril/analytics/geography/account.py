"""Everything the files tell of a place on a day: `terril place`, as plain values."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from terril.analytics.geography.addresses import (
    COMMUNE,
    COUNTRY,
    DEPARTMENT,
    EPCI,
    REGION,
    TERRITORY,
    ZONE,
    Address,
    address,
)
from terril.analytics.geography.atlas import Atlas, Place, Population, department_of
from terril.analytics.geography.perimeters import Perimeter, perimeter
from terril.analytics.geography.story import Life, Step, story

CHILDREN = {COUNTRY: REGION, REGION: DEPARTMENT}


class Named(NamedTuple):
    """A place beside another: its address, its name, and what vintage says so."""

    place: str
    name: str
    vintage: str = ""


class Name(NamedTuple):
    """A name and the days it was borne, the last one excluded."""

    name: str
    since: str
    until: str


class Kin(NamedTuple):
    """Where a place comes from or what it became, when, and by which movement."""

    place: str
    name: str
    on: str
    kind: str


@dataclass(frozen=True)
class Account:
    """What the files at hand tell of a place on a day.

    When the place did not exist that day, `place` is the nearest of its
    existences, and `part_of` the communes that held its land.
    """

    place: Place
    # Its name that day.
    name: str
    on: str
    exists: bool
    existences: tuple[Place, ...]
    names: tuple[Name, ...]
    parents: tuple[Named, ...]
    # The places right below it: communes, départements, regions, or EPCI.
    members: tuple[Named, ...]
    # Its communes that day by code, and in French which perimeter they are.
    communes: tuple[str, ...]
    perimeter: str
    came_from: tuple[Kin, ...]
    became: tuple[Kin, ...]
    part_of: tuple[Named, ...]
    story: tuple[Step, ...]
    populations: tuple[Population, ...]


def account(atlas: Atlas, where: str | Address, on: str = "") -> Account:
    """Return what the files tell of a place on a day, YYYY-MM-DD, or today.

    Raises `UnknownPlace`, `AmbiguousPlace` or `WrongLevel` when it is no place.
    """
    asked = atlas.address(where) if isinstance(where, str) else where
    day = on or atlas.latest
    existences = atlas.existences(asked)
    place = _nearest(existences, day)
    exists = place.is_on(day) or (not place.is_start_known and day < place.since)
    # Without a day, a commune that is gone is told as it last was.
    then = day if exists else place.nearest_day(day)
    # Of a day without it, all its lives say where it came from and went.
    lives = (place,) if exists else existences
    inside = None
    if place.level != COMMUNE and (exists or not on):
        inside = perimeter(atlas, asked, on=then)
    return Account(
        place=place,
        name=atlas.name_on(place, then),
        on=day,
        exists=exists,
        existences=existences,
        names=tuple(_names(atlas, existences)),
        parents=tuple(_parents(atlas, place, then)) if exists else (),
        members=tuple(_members(atlas, place, inside)) if inside else (),
        communes=inside.communes if inside else (),
        perimeter=inside.words if inside else "",
        came_from=_kin(atlas, lives, is_into=True),
        became=_kin(atlas, lives, is_into=False),
        part_of=() if exists else _part_of(atlas, asked, day),
        story=_story(atlas, existences),
        populations=atlas.populations(place.code) if place.level == COMMUNE else (),
    )


def _nearest(existences: tuple[Place, ...], day: str) -> Place:
    for place in existences:
        if place.is_on(day):
            return place
    gone = [place for place in existences if place.since <= day]
    return gone[-1] if gone else existences[0]


def _names(atlas: Atlas, existences: Iterable[Place]) -> Iterator[Name]:
    for place in existences:
        since = place.since
        former = atlas.former_names(place) if place.level == COMMUNE else ()
        for name, _article, until in former:
            yield Name(name, since, until)
            since = until
        yield Name(place.name, since, place.until)


def _parents(atlas: Atlas, place: Place, day: str) -> Iterator[Named]:
    if place.level == COMMUNE:
        yield from _groupings(atlas, place, day)
    if place.level == DEPARTMENT:
        yield _named(atlas, Address(REGION, place.parent))
    elif place.level not in (REGION, COUNTRY):
        yield from _areas(atlas, place, day)
    yield from _territories(atlas, place, day)
    if place.level != COUNTRY:
        yield _named(atlas, Address(COUNTRY, ""))


def _territories(atlas: Atlas, place: Place, day: str) -> Iterator[Named]:
    for key in atlas.territories:
        if _is_in(atlas, place, key, day):
            yield _named(atlas, Address(TERRITORY, key))


def _groupings(atlas: Atlas, place: Place, day: str) -> Iterator[Named]:
    for kind in (EPCI, ZONE):
        first, last = atlas.vintages(kind)
        year = min(max(int(day[:4]), first), last)
        for one in atlas.groupings(place, kind):
            if one.since <= year <= one.until:
                yield _named(atlas, Address(kind, one.parent), str(year))


def _areas(atlas: Atlas, place: Place, day: str) -> Iterator[Named]:
    """Yield the départements and regions that the communes of a place are in."""
    codes = [place.code]
    if place.level != COMMUNE:
        codes = list(perimeter(atlas, place.address, on=day).communes)
    known = {one.code: one for one in atlas.level(DEPARTMENT)}
    found = Counter(department_of(code) for code in codes)
    departments = [known[code] for code, _n in found.most_common() if code in known]
    for one in departments:
        yield _named(atlas, one.address)
    for region in dict.fromkeys(one.parent for one in departments):
        yield _named(atlas, Address(REGION, region))


def _is_in(atlas: Atlas, place: Place, key: str, day: str) -> bool:
    members = {one.place for one in atlas.territories[key].members if one.is_on(day)}
    if place.level == COMMUNE:
        above = {one.place for one in _groupings(atlas, place, day)}
        return bool(members & (above | {f"dep:{department_of(place.code)}"}))
    return str(place.address) in members


def _members(atlas: Atlas, place: Place, inside: Perimeter) -> Iterator[Named]:
    """Yield the places right below one that is no commune."""
    if place.level in CHILDREN:
        yield from _children(atlas, CHILDREN[place.level], inside)
    elif place.level == TERRITORY:
        for member in atlas.territories[place.code].members:
            if member.is_on(inside.on):
                yield _named(atlas, address(member.place))
    else:
        names = atlas.communes_on(inside.on)
        for code in inside.communes:
            yield Named(f"com:{code}", atlas.name_on(names[code], inside.on))


def _children(atlas: Atlas, level: str, inside: Perimeter) -> Iterator[Named]:
    departments = {department_of(code) for code in inside.communes}
    known = [one for one in atlas.level(DEPARTMENT) if one.code in departments]
    kept = {one.parent for one in known} if level == REGION else departments
    for one in atlas.level(level):
        if one.code in kept:
            yield _named(atlas, one.address)


def _kin(atlas: Atlas, lives: Sequence[Place], *, is_into: bool) -> tuple[Kin, ...]:
    if lives[0].level == EPCI:
        return tuple(_epci_kin(atlas, lives[-1], is_into=is_into))
    way = "into" if is_into else "out"
    return tuple(
        Kin(f"com:{key[0]}", name, step.on, step.kind)
        for step in _story(atlas, lives)
        if step.way == way
        for key, name in zip(step.others, step.names, strict=True)
    )


def _epci_kin(atlas: Atlas, place: Place, *, is_into: bool) -> Iterator[Kin]:
    """Yield the EPCI that held the communes of one the vintage before, or hold them."""
    runs = atlas.memberships(EPCI).get(place.code, [])
    first, last = atlas.vintages(EPCI)
    start, end = min(one.since for one in runs), max(one.until for one in runs)
    year, other = (start, start - 1) if is_into else (end, end + 1)
    if not first <= other <= last:
        return
    found: Counter[str] = Counter()
    for one in runs:
        if one.since <= year <= one.until:
            child = atlas.existence(one.child)
            found.update(
                that.parent
                for that in atlas.groupings(child, EPCI)
                if that.since <= other <= that.until
            )
    for code, _count in found.most_common():
        named = _named(atlas, Address(EPCI, code))
        yield Kin(named.place, named.name, f"{max(year, other)}-01-01", "membership")


def _part_of(atlas: Atlas, asked: Address, day: str) -> tuple[Named, ...]:
    """Return the communes that held, on a day, the land of one that did not exist."""
    if asked.level != COMMUNE:
        return ()
    codes = atlas.bearers(asked.code, day)
    names = atlas.communes_on(day)
    return tuple(
        Named(f"com:{code}", atlas.name_on(names[code], day)) for code in codes
    )


def _story(atlas: Atlas, existences: Iterable[Place]) -> tuple[Step, ...]:
    return tuple(
        step
        for place in existences
        if place.level == COMMUNE
        for step in story(Life(place.key, place.until), atlas.links(place.key))
    )


def _named(atlas: Atlas, where: Address, vintage: str = "") -> Named:
    return Named(str(where), atlas.place(where).name, vintage)
