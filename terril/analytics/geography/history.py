"""Every commune that ever existed, from the list of movements by date.

A code may be used again by another commune, so a commune is keyed by its code
and the first day of its existence. What ends an existence: the code leaves the
list; or a commune nouvelle takes the code of its chef-lieu (which becomes a
commune déléguée, or the name changes); or a commune déléguée is re-established
under its own code. A new name alone ends nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from terril.analytics.errors import DataError, Spot

# The first day the list of movements speaks of.
DAWN = "1943-01-01"
COMMUNE_NOUVELLE, REESTABLISHED = "32", "21"
Key = tuple[str, str]


@dataclass(frozen=True)
class Side:
    """A commune as one side of a movement tells it."""

    type: str
    code: str
    name: str
    article: str


@dataclass(frozen=True)
class Event:
    """One line of the list: a kind, a day, and what was before and after."""

    kind: str
    on: str
    before: Side
    after: Side

    @property
    def is_of_communes(self) -> bool:
        return {self.before.type, self.after.type} <= {"COM", ""}

    @property
    def is_continued(self) -> bool:
        return self.is_of_communes and self.before.code == self.after.code


@dataclass(frozen=True)
class Existence:
    """One existence of a commune under one code, with the names it bore."""

    code: str
    since: str
    name: str
    article: str
    until: str = ""
    former_names: tuple[tuple[str, str, str], ...] = ()

    @property
    def key(self) -> Key:
        return (self.code, self.since)

    def is_on(self, day: str) -> bool:
        return self.since <= day and (not self.until or day < self.until)


@dataclass(frozen=True)
class Link:
    """A movement between two existences; one side may be missing."""

    kind: str
    on: str
    before: Key | None
    after: Key | None
    before_name: str
    after_name: str


@dataclass(frozen=True)
class History:
    """All existences of communes, by code, and the links between them."""

    existences: Mapping[str, tuple[Existence, ...]]
    links: tuple[Link, ...]

    def __iter__(self) -> Iterator[Existence]:
        for code in sorted(self.existences):
            yield from self.existences[code]

    def on(self, code: str, day: str) -> Existence | None:
        """Return the commune that bore a code on a day."""
        for existence in self.existences.get(code, ()):
            if existence.is_on(day):
                return existence
        return None

    def codes_on(self, day: str) -> set[str]:
        """Return the codes of the communes which existed on a day."""
        return {existence.code for existence in self if existence.is_on(day)}

    def successors(self, code: str, day: str, later: str) -> set[str]:
        """Return the codes, on a later day, of what a commune became."""
        return self._reached(self.on(code, day), later, self._outgoing)

    def origins(self, code: str, day: str, earlier: str) -> set[str]:
        """Return the codes, on an earlier day, of what a commune came from."""
        return self._reached(self.on(code, day), earlier, self._incoming)

    def _reached(
        self, start: Existence | None, day: str, ways: Mapping[Key, list[Key]]
    ) -> set[str]:
        waiting, seen, found = [start] if start else [], set[Key](), set[str]()
        while waiting:
            existence = waiting.pop()
            seen.add(existence.key)
            if existence.is_on(day):
                found.add(existence.code)
                continue
            follow = ways.get(existence.key, ())
            waiting += [self._by_key[key] for key in follow if key not in seen]
        return found

    @cached_property
    def _by_key(self) -> Mapping[Key, Existence]:
        return {existence.key: existence for existence in self}

    @cached_property
    def _outgoing(self) -> Mapping[Key, list[Key]]:
        outgoing = defaultdict(list)
        for link in self.links:
            if link.before and link.after and link.before != link.after:
                outgoing[link.before].append(link.after)
        return outgoing

    @cached_property
    def _incoming(self) -> Mapping[Key, list[Key]]:
        incoming = defaultdict(list)
        for before, afters in self._outgoing.items():
            for after in afters:
                incoming[after].append(before)
        return incoming


def history(events: Iterable[Event], today: Mapping[str, Side]) -> History:
    """Return the history that ends with today's communes, or refuse.

    `today` is the official list of communes, by code: what the movements lead
    to must be that list, name by name.
    """
    book = _Book()
    for on, lines in groupby(sorted(events, key=lambda e: e.on), lambda e: e.on):
        book.turn(on, _without_passers(list(lines)))
    for code in today.keys() - book.open.keys() - book.closed.keys():
        side = today[code]
        book.open[code] = Existence(code, DAWN, side.name, side.article)
    _check_today(book.open, today)
    existences = {
        code: (*book.closed.get(code, ()), *filter(None, [book.open.get(code)]))
        for code in sorted(book.open.keys() | book.closed.keys())
    }
    return History(existences, tuple(book.links))


def _without_passers(events: list[Event]) -> list[Event]:
    """Skip the communes born and gone on the same day (Freigné, Pont-Farcy)."""
    communes = [event for event in events if event.is_of_communes]
    kept = {event.after.code for event in communes if event.is_continued}
    moved = {event.after.code: event for event in communes if event.kind == "41"}
    gone = {event.before.code for event in communes}
    passers = (moved.keys() & gone) - kept
    targets = {e.before.code: e.after for e in communes if e.before.code in passers}
    return [
        replace(event, after=targets[event.after.code])
        if event.after.code in passers and event.is_of_communes
        else event
        for event in events
        if event.before.code not in passers
    ]


class _Book:
    """The existences open and closed so far, turned one day at a time."""

    def __init__(self) -> None:
        self.open: dict[str, Existence] = {}
        self.closed: dict[str, list[Existence]] = defaultdict(list)
        self.links: list[Link] = []

    def turn(self, on: str, events: list[Event]) -> None:
        """Apply all the movements of one day."""
        communes = [event for event in events if event.is_of_communes]
        before = {e.before.code: e.before for e in communes if e.before.code}
        after = {e.after.code: e.after for e in communes if e.after.code}
        # A line "c → c" tells the name that goes on, whatever else the day brings.
        after.update({e.after.code: e.after for e in communes if e.is_continued})
        for side in before.values():
            self._know(side, on)
        keys = {code: self.open[code].key for code in before}
        reborn = _reborn(events)
        for code in before:
            if code not in after or code in reborn:
                self._close(code, on)
        for side in after.values():
            self._begin_or_rename(side, on)
        self._link(communes, keys)

    def _know(self, side: Side, on: str) -> None:
        if side.code in self.open:
            return
        if side.code in self.closed:
            raise _broken("a commune which no longer exists moves", side, on)
        self.open[side.code] = Existence(side.code, DAWN, side.name, side.article)

    def _close(self, code: str, on: str) -> None:
        self.closed[code].append(replace(self.open.pop(code), until=on))

    def _begin_or_rename(self, side: Side, on: str) -> None:
        known = self.open.get(side.code)
        if known is None:
            self.open[side.code] = Existence(side.code, on, side.name, side.article)
        elif known.name != side.name:
            names = (*known.former_names, (known.name, known.article, on))
            self.open[side.code] = replace(
                known, name=side.name, article=side.article, former_names=names
            )

    def _link(self, communes: list[Event], keys: Mapping[str, Key]) -> None:
        for event in communes:
            before = keys.get(event.before.code)
            after = self.open[event.after.code].key if event.after.code else None
            is_named_anew = event.before.name != event.after.name
            if before != after or is_named_anew:
                self.links.append(
                    Link(
                        event.kind,
                        event.on,
                        before,
                        after,
                        event.before.name,
                        event.after.name,
                    )
                )


def _reborn(events: list[Event]) -> set[str]:
    """Return the codes that another commune takes over that very day."""
    found = set()
    for event in events:
        types = (event.kind, event.before.type, event.after.type)
        is_same_code = event.before.code == event.after.code
        is_new_name = event.before.name != event.after.name
        if is_same_code and (
            types in ((COMMUNE_NOUVELLE, "COM", "COMD"), (REESTABLISHED, "COMD", "COM"))
            or (types == (COMMUNE_NOUVELLE, "COM", "COM") and is_new_name)
        ):
            found.add(event.after.code)
    return found


def _check_today(found: Mapping[str, Existence], today: Mapping[str, Side]) -> None:
    wrong = [
        code
        for code in sorted(found.keys() | today.keys())
        if code not in found
        or code not in today
        or found[code].name != today[code].name
    ]
    if wrong:
        raise DataError(
            "the movements do not lead to today's list of communes",
            spot=Spot("movements and communes"),
            count=len(wrong),
            example=wrong[0],
            advice="Take both files from the same edition.",
        )


def _broken(problem: str, side: Side, on: str) -> DataError:
    return DataError(
        problem,
        spot=Spot("movements", f"of {on}", column="COM_AV"),
        example=f"{side.code} {side.name}",
        advice="A movement is missing or out of order: take the original file again.",
    )
