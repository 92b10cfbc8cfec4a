"""The sets of readers that rules speak of, nested so that a flow can keep them.

A rule on a dossier bounds how many of its readers come from a set: one at least of
a discipline, one at most of a group kept apart. Where the sets of a dossier are
disjoint or nested (a laminar family), bounds on them are bounds on arcs of a
network (Ahuja, Magnanti and Orlin, *Network Flows*, 1993). What crosses is left to an
integer programme.
"""

from dataclasses import dataclass
from typing import NamedTuple, cast

import numpy as np

from terril.choice.assignment.instance import Bools, Ints
from terril.choice.assignment.problem import Problem


class Pattern(NamedTuple):
    """The rules of a dossier: its disciplines, and the groups apart that matter."""

    disciplines: tuple[int, ...]
    groups: tuple[int, ...]


@dataclass(frozen=True)
class Family:
    """Nested sets of readers, by size; rules that cross them stand aside.

    `members` (s, m); `is_need` (s,): one at least, else one at most; `rule` (s,): the
    discipline or the group; `parent` (s,): the next larger set, or -1 for the whole;
    `inner` (m,): the smallest set of each reader, or -1. `crossing` lists the rules
    left out, as (is_need, rule).
    """

    members: Bools
    is_need: Bools
    rule: Ints
    parent: Ints
    inner: Ints
    crossing: tuple[tuple[bool, int], ...]


def members_of(problem: Problem, *, is_need: bool, rule: int) -> Bools:
    """Return the readers that a rule speaks of, as (m,)."""
    if is_need:
        return cast("Bools", problem.held[rule])
    members = np.zeros(problem.sides[1], dtype=np.bool_)
    members[problem.apart[rule]] = True
    return members


def family_of(problem: Problem, pattern: Pattern) -> Family:
    """Nest the sets of a pattern, disciplines first; leave aside those that cross."""
    rules = [(True, one) for one in pattern.disciplines]
    rules += [(False, one) for one in pattern.groups]
    sets: list[Bools] = []
    taken: list[tuple[bool, int]] = []
    crossing: list[tuple[bool, int]] = []
    for is_need, rule in rules:
        members = members_of(problem, is_need=is_need, rule=rule)
        if all(_is_nested(members, other) for other in sets):
            sets.append(members)
            taken.append((is_need, rule))
        else:
            crossing.append((is_need, rule))
    order = sorted(range(len(sets)), key=lambda place: (sets[place].sum(), place))
    members = np.array([sets[one] for one in order], dtype=np.bool_)
    members = members.reshape(len(order), problem.sides[1])
    return Family(
        members=members,
        is_need=np.array([taken[one][0] for one in order], dtype=np.bool_),
        rule=np.array([taken[one][1] for one in order], dtype=np.int64),
        parent=_parents(members),
        inner=_inner(members),
        crossing=tuple(crossing),
    )


def _is_nested(one: Bools, other: Bools) -> bool:
    both = int((one & other).sum())
    return both in (0, int(one.sum()), int(other.sum()))


def _parents(members: Bools) -> Ints:
    """Return the next larger set around each; equal sets nest in their order."""
    count = len(members)
    parent = np.full(count, -1, dtype=np.int64)
    for one in range(count):
        around = [
            other
            for other in range(one + 1, count)
            if members[one].any() and members[other][members[one]].all()
        ]
        parent[one] = around[0] if around else -1
    return parent


def _inner(members: Bools) -> Ints:
    """Return the smallest set of each reader: sets come by size."""
    if not len(members):
        return np.full(members.shape[1], -1, dtype=np.int64)
    return np.where(members.any(axis=0), members.argmax(axis=0), -1)
