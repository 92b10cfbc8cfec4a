"""The graph of movements: dated nodes, and edges with their kind and share.

A node is one existence of a commune, keyed by its code and its first day, since a
code may be used again by another commune. All the edges of one day lead from the
communes of the eve to those of that day: movements of the same day never chain.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from terril.analytics.geography.history import Existence, History, Key, Link

Side = Mapping[Key, tuple[Key, ...]]


@dataclass(frozen=True)
class Edge:
    """One movement between two existences.

    `share` is the part of what `before` held that goes to `after`: 1 when it all
    does, and None when `before` is split and the list of movements, which
    declares no share, cannot say how.
    """

    kind: str
    on: str
    before: Key
    after: Key
    share: Fraction | None


@dataclass(frozen=True)
class Turn:
    """One day of movements: where each commune concerned goes, and comes from.

    A commune that goes on is among its own successors and origins. No successor
    means that it leaves the list of communes, no origin that it enters it.
    """

    on: str
    forward: Side
    backward: Side
    kinds: Mapping[tuple[Key, Key], str] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[Side, Side]:
        """Return both ways of looking at the day."""
        return (self.forward, self.backward)

    def edges(self) -> Iterator[Edge]:
        """Yield the edges of the day."""
        for (before, after), kind in self.kinds.items():
            share = Fraction(1) if len(self.forward[before]) == 1 else None
            yield Edge(kind, self.on, before, after, share)


def turns(history: History) -> tuple[Turn, ...]:
    """Return the days of movements of a history, in order.

    A change of name alone moves nobody and is no turn.
    """
    nodes = {existence.key: existence for existence in history}
    moving = sorted(
        (link for link in history.links if link.before != link.after),
        key=lambda link: link.on,
    )
    return tuple(
        _turn(on, list(links), nodes)
        for on, links in groupby(moving, key=lambda link: link.on)
    )


def _turn(on: str, links: list[Link], nodes: Mapping[Key, Existence]) -> Turn:
    kinds: dict[tuple[Key, Key], str] = {}
    alone = set()
    for link in links:
        if link.before and link.after:
            kinds.setdefault((link.before, link.after), link.kind)
        else:
            alone.add((link.before, link.after))
    leaving = {b for b, _a in kinds} | {b for b, _a in alone if b}
    entering = {a for _b, a in kinds} | {a for _b, a in alone if a}
    going_on = {(b, b) for b in leaving if nodes[b].until != on}
    going_on |= {(a, a) for a in entering if nodes[a].since != on}
    pairs = kinds.keys() | going_on
    leaving |= {b for b, _a in going_on}
    entering |= {a for _b, a in going_on}
    return Turn(
        on,
        _sides(leaving, pairs),
        _sides(entering, {(a, b) for b, a in pairs}),
        kinds,
    )


def _sides(nodes: Iterable[Key], pairs: Iterable[tuple[Key, Key]]) -> Side:
    found: dict[Key, list[Key]] = defaultdict(list)
    for one, other in sorted(pairs):
        found[one].append(other)
    return {node: tuple(found[node]) for node in sorted(nodes)}
