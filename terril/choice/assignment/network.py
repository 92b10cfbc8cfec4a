"""The network in which an assignment is a flow.

Each missing reading flows from its dossier, through the sets of its rules, to a reader
and to the rest. Lower bounds are supplies moved along their arcs, and every rule
that may fail has an arc of its own on which the failure is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from terril.choice.assignment.families import Family, Pattern, family_of
from terril.choice.assignment.instance import Ints
from terril.choice.assignment.problem import Problem


class Kind(IntEnum):
    """What a unit of flow on an arc means."""

    PAIR = 0  # a reader reads a dossier
    SET = 1  # a dossier reads inside a set
    LOAD = 2  # a reader reads beyond the minimum
    READING = 3  # a dossier lacks a reader
    NEED = 4  # a dossier lacks a discipline
    MINIMUM = 5  # a reader lacks a dossier


class Arcs(NamedTuple):
    """Arcs as columns: from, to, how much at most, what it means, which unit."""

    tail: Ints
    head: Ints
    room: Ints
    kind: Ints
    step: Ints


@dataclass(frozen=True)
class Network:
    """Nodes and arcs other than pairs; `first` (n,) is where a dossier's sets begin."""

    sides: tuple[int, int]
    supply: Ints
    arcs: Arcs
    first: Ints
    pattern: Ints
    families: tuple[Family, ...]

    def tails(self, dossiers: Ints, readers: Ints) -> Ints:
        """Return the node from which each pair leaves: its smallest set."""
        inner = np.array([one.inner for one in self.families], dtype=np.int64)
        inner = inner.reshape(len(self.families), self.sides[1])
        place = inner[self.pattern[dossiers], readers]
        return np.where(place < 0, dossiers, self.first[dossiers] + place)


def joined(parts: Sequence[Arcs]) -> Arcs:
    """Put lists of arcs one after another."""
    return Arcs(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def arcs(
    tail: Ints, head: Ints | int, room: Ints | int, kind: Kind, step: Ints | int = 0
) -> Arcs:
    """Return arcs of one kind."""
    size = len(tail)
    columns = [
        np.broadcast_to(np.asarray(one, dtype=np.int64), size)
        for one in (tail, head, room, int(kind), step)
    ]
    return Arcs(*columns)


def network_of(problem: Problem, patterns: Sequence[Pattern]) -> Network:
    """Lay out the network of a problem; each dossier has its pattern of rules."""
    places = {one: place for place, one in enumerate(dict.fromkeys(patterns))}
    families = tuple(family_of(problem, one) for one in places)
    pattern = np.array([places[one] for one in patterns], dtype=np.int64)
    n, m = problem.sides
    sizes = np.array([len(one.parent) for one in families], dtype=np.int64)
    counts = sizes[pattern] if n else np.empty(0, dtype=np.int64)
    first = n + m + 1 + np.concatenate([[0], np.cumsum(counts)])[:-1]
    supply = np.zeros(n + m + 1 + int(counts.sum()), dtype=np.int64)
    supply[:n] = problem.demand
    supply[n : n + m] = -problem.lower
    supply[n + m] = problem.lower.sum() - problem.demand.sum()
    parts = [_ends(problem)]
    for place, family in enumerate(families):
        parts += _sets(family, np.flatnonzero(pattern == place), first, supply)
    return Network((n, m), supply, joined(parts), first, pattern, families)


def _ends(problem: Problem) -> Arcs:
    """Return the arcs to and from the rest: loads, and what is missing."""
    n, m = problem.sides
    readers = np.arange(n, n + m)
    dossiers = np.repeat(np.arange(n), problem.demand)
    start = np.repeat(np.cumsum(problem.demand) - problem.demand, problem.demand)
    steps = np.arange(len(dossiers)) - start + 1 + problem.beyond[dossiers]
    rooms = problem.upper - problem.lower
    lacking = np.full(m, n + m, dtype=np.int64)
    return joined(
        [
            arcs(readers, n + m, rooms, Kind.LOAD),
            arcs(dossiers, n + m, 1, Kind.READING, steps),
            arcs(lacking, readers, problem.lower, Kind.MINIMUM),
        ]
    )


def _sets(family: Family, dossiers: Ints, first: Ints, supply: Ints) -> list[Arcs]:
    """Return the arcs into the sets of some dossiers, moving what each must take."""
    parts = []
    for place, above in enumerate(family.parent):
        node = first[dossiers] + place
        parent = dossiers if above < 0 else first[dossiers] + above
        is_need = bool(family.is_need[place])
        supply[node] += is_need
        supply[parent] -= is_need
        room = len(family.inner) if is_need else 1
        parts.append(arcs(parent, node, room, Kind.SET))
        if is_need:
            parts.append(arcs(node, parent, 1, Kind.NEED))
    return parts
