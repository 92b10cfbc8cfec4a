"""Link the committees, so that every two readers can be compared.

The severity of a reader is seen only against readers of the same dossiers, and of
theirs in turn: the graph of readers and dossiers must be in one piece (connectedness
of a row-and-column design: Weeks and Williams 1964). Swaps of two readings keep
every demand and every load; those that cost nothing are always made, and what one
piece would cost is said.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from terril.choice.assignment.instance import Bools, Floats, Ints
from terril.choice.assignment.pricing import Scale
from terril.choice.assignment.problem import Problem
from terril.choice.assignment.worst import NEAR, sums

ROWS = 512  # readings of a piece whose swaps are looked at together
TRIED = 64  # swaps tried for a piece before the next piece is looked at


@dataclass(frozen=True)
class Linking:
    """Pieces of the graph of readings; `cost`: fit given up to have so few.

    `one_piece` is what more it would cost to have one, as far as swaps can tell; None
    when no swap can.
    """

    pieces: int
    cost: float
    one_piece: float | None


@dataclass(frozen=True)
class Terms:
    """What a swap may not break: `problem`, `announced` pairs (n, m), and a floor.

    `floor` is the fit below which no dossier may fall; `most` what one swap may cost.
    """

    problem: Problem
    scale: Scale
    announced: Bools
    floor: float
    most: float


def pieces_of(pairs: Ints, sides: tuple[int, int]) -> Ints:
    """Return the piece of each pair, as numbers from 0 (pairs,)."""
    size = sum(sides)
    ones = np.ones(len(pairs), dtype=np.int8)
    graph = coo_array((ones, (pairs[:, 0], pairs[:, 1] + sides[0])), (size, size))
    _, piece = connected_components(graph.tocsr(), directed=False)
    return np.unique(piece[pairs[:, 0]], return_inverse=True)[1]


def linked(pairs: Ints, terms: Terms) -> tuple[Ints, Linking]:
    """Return readings (·, 2) in as few pieces as swaps can, and what it cost.

    The kept readings of the problem count and are not swapped. Each round takes the
    swap that costs least among those that join the smallest piece to another.
    """
    cost = 0.0
    while (swap := _next(pairs, terms)) is not None:
        pairs, loss = swap
        cost += loss
    count = _count(pairs, terms)
    return pairs, Linking(count, cost, 0.0 if count <= 1 else None)


def _next(pairs: Ints, terms: Terms) -> tuple[Ints, float] | None:
    """Return the readings after the next swap with its cost, or None at the end."""
    kept = terms.problem.kept
    joined = np.concatenate([kept, pairs])
    piece = pieces_of(joined, terms.problem.sides)
    sizes = np.bincount(piece)
    if len(sizes) < 2:
        return None
    looping = sizes >= _nodes(joined, piece)
    mine = piece[len(kept) :]
    for one in np.argsort(sizes, kind="stable")[:-1]:
        others = np.flatnonzero((mine != one) & (looping[one] | looping[mine]))
        here = np.flatnonzero(mine == one)[:ROWS]
        swaps = _swaps(pairs, here, others, terms)
        tried = ((swapped(pairs, *places), loss) for loss, *places in swaps)
        joining = (one for one in tried if _count(one[0], terms) < len(sizes))
        if (found := next(joining, None)) is not None:
            return found
    return None


def _count(pairs: Ints, terms: Terms) -> int:
    """Count the pieces of the graph of readings, begun ones among them."""
    whole = np.concatenate([terms.problem.kept, pairs])
    return int(pieces_of(whole, terms.problem.sides).max(initial=-1)) + 1


def _nodes(pairs: Ints, piece: Ints) -> Ints:
    """Count the dossiers and readers of each piece: with as many readings, it loops."""
    count = piece.max() + 1
    seen = np.zeros(count, dtype=np.int64)
    for side in (0, 1):
        _, place = np.unique(pairs[:, side], return_index=True)
        seen += np.bincount(piece[place], minlength=count)
    return seen


def swapped(pairs: Ints, first: int, second: int) -> Ints:
    """Return readings in which two of them have exchanged their readers."""
    after = pairs.copy()
    after[[first, second], 1] = pairs[[second, first], 1]
    return after


def _swaps(
    pairs: Ints, here: Ints, others: Ints, terms: Terms
) -> list[tuple[float, int, int]]:
    """Return a few swaps between two lists of readings, the cheapest first."""
    if not len(here) or not len(others):
        return []
    loss = _losses(pairs, here, others, terms)
    best = np.argsort(loss, axis=None, kind="stable")[:TRIED]
    found = []
    for place in best[np.isfinite(loss.flat[best])]:
        line, column = divmod(int(place), len(others))
        found.append((float(loss[line, column]), int(here[line]), int(others[column])))
    return found


def _losses(pairs: Ints, here: Ints, others: Ints, terms: Terms) -> Floats:
    """Return what each swap costs (here, others); infinite where it breaks a rule."""
    problem, scale = terms.problem, terms.scale
    d, r = pairs[here].T
    e, s = pairs[others].T
    cost = scale.costs(problem.fit[np.ix_(d, s)])
    cost += scale.costs(problem.fit[np.ix_(e, r)]).T
    cost -= scale.costs(problem.fit[d, r])[:, None]
    cost -= scale.costs(problem.fit[e, s])[None, :]
    may = problem.allowed[np.ix_(d, s)] & problem.allowed[np.ix_(e, r)].T
    for keeps in (_keeps_announced, _keeps_floor, _keeps_needs, _keeps_apart):
        may &= keeps(terms, pairs, here, others) & keeps(terms, pairs, others, here).T
    return np.where(may & (cost <= terms.most * scale.unit), cost / scale.unit, np.inf)


def _keeps_announced(terms: Terms, pairs: Ints, here: Ints, others: Ints) -> Bools:
    """Say where what was announced stays announced (here, others)."""
    was = terms.announced[tuple(pairs[here].T)]
    then = terms.announced[np.ix_(pairs[here, 0], pairs[others, 1])]
    return cast("Bools", then | ~was[:, None])


def _keeps_floor(terms: Terms, pairs: Ints, here: Ints, others: Ints) -> Bools:
    """Say where the dossiers of the first list stay above the floor."""
    d, r = pairs[here].T
    fit = terms.problem.fit
    without = sums(terms.problem, pairs)[d] - fit[d, r]
    then = without[:, None] + fit[np.ix_(d, pairs[others, 1])]
    return cast("Bools", then >= terms.floor - NEAR)


def _keeps_needs(terms: Terms, pairs: Ints, here: Ints, others: Ints) -> Bools:
    """Say where the dossiers of the first list keep the disciplines they had."""
    problem = terms.problem
    count = np.zeros(problem.needs.shape, dtype=np.int64)
    np.add.at(count, pairs[:, 0], problem.held[:, pairs[:, 1]].T)
    d, r = pairs[here].T
    only = problem.needs[d] & problem.held[:, r].T & (count[d] == 1)
    lacks = ~problem.held[:, pairs[others, 1]]
    return cast("Bools", only.astype(np.int64) @ lacks.astype(np.int64) == 0)


def _keeps_apart(terms: Terms, pairs: Ints, here: Ints, others: Ints) -> Bools:
    """Say where the newcomers of the first list's dossiers meet nobody kept apart."""
    may = np.ones((len(here), len(others)), dtype=np.bool_)
    d, r = pairs[here].T
    for group in terms.problem.apart:
        is_of_it = np.zeros(terms.problem.sides[1], dtype=np.bool_)
        is_of_it[group] = True
        others_there = np.bincount(
            pairs[is_of_it[pairs[:, 1]], 0], minlength=terms.problem.sides[0]
        )
        is_there = others_there[d] - is_of_it[r] > 0
        may &= ~(is_there[:, None] & is_of_it[pairs[others, 1]][None, :])
    return may
