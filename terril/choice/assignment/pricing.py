"""Which pairs are worth an arc: the best first, then whatever prices call for.

Twenty million pairs need not be twenty million arcs. A flow on few pairs has prices;
a pair left out whose reduced cost is negative is let in, and when there is none, the
flow is the best of all pairs (column generation: Ford and Fulkerson 1958). The same
pass adds up the dual bound, which proves it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from terril.choice.assignment.instance import Bools, Floats, Ints
from terril.choice.assignment.network import Network
from terril.choice.assignment.problem import Problem

# How many numbers are looked at at a time: 32 MB of them.
PASS = 4_000_000


@dataclass(frozen=True)
class Scale:
    """How fit becomes a whole cost: `unit` of them a point, and whether exactly."""

    unit: float

    def costs(self, fit: Floats) -> Ints:
        """Return costs: the better the fit, the less it costs."""
        return -np.rint(fit * self.unit).astype(np.int64)


def scale_of(fit: Floats, bits: int) -> Scale:
    """Keep decimals exact when there are six or fewer, else as many bits as fit in."""
    largest = float(np.abs(fit).max(initial=0.0)) or 1.0
    for digits in range(7):
        unit = 10.0**digits
        if largest * unit < 2**bits and _is_whole(fit, unit):
            return Scale(unit)
    return Scale(2.0 ** (bits - np.ceil(np.log2(largest))))


def _is_whole(fit: Floats, unit: float) -> bool:
    for rows in chunks(fit.shape):
        scaled = fit[rows] * unit
        if np.abs(scaled - np.rint(scaled)).max(initial=0.0) > 1e-6:
            return False
    return True


def chunks(shape: tuple[int, ...]) -> Iterator[slice]:
    """Cut rows into passes of a bounded size."""
    height = max(1, PASS // max(1, shape[1]))
    return (slice(at, at + height) for at in range(0, shape[0], height))


def first_pairs(problem: Problem, width: int) -> tuple[Ints, Ints]:
    """Return the pairs to begin with: all if few, else the best of each side.

    `width` best readers of each dossier, and as many of each discipline it needs; the
    best dossiers of each reader who must have some.
    """
    n, m = problem.sides
    if n * m <= 40 * width * width:
        return _places(problem.allowed)
    listed = np.zeros((n, m), dtype=np.bool_)
    for rows in chunks((n, m)):
        value = np.where(problem.allowed[rows], problem.fit[rows], -np.inf)
        _mark(listed[rows], value, width)
        for name in np.flatnonzero(problem.needs[rows].any(axis=0)):
            asking = np.flatnonzero(problem.needs[rows, name])
            columns = np.flatnonzero(problem.held[name])
            part = np.zeros((len(asking), len(columns)), dtype=np.bool_)
            _mark(part, value[np.ix_(asking, columns)], width // 2)
            listed[rows][np.ix_(asking, columns)] |= part
    for column in np.flatnonzero(problem.lower):
        value = np.where(problem.allowed[:, column], problem.fit[:, column], -np.inf)
        _mark(listed[:, column][None, :], value[None, :], 2 * problem.lower[column])
    return _places(listed & problem.allowed)


def _mark(listed: Bools, value: Floats, width: int) -> None:
    """Mark the largest values of each row."""
    if value.shape[1] <= width:
        listed[:] = True
        return
    best = np.argpartition(value, -width, axis=1)[:, -width:]
    np.put_along_axis(listed, best, values=True, axis=1)


def _places(mask: Bools) -> tuple[Ints, Ints]:
    rows, columns = np.nonzero(mask)
    return rows.astype(np.int64), columns.astype(np.int64)


@dataclass(frozen=True)
class Market:
    """All pairs, under the prices of a network.

    `scale` is None when pairs cost nothing, as they do while coverage is decided;
    `earlier` are the prices of the questions that are settled: a pair that would cost
    anything under them may not come in.
    """

    problem: Problem
    network: Network
    scale: Scale | None
    earlier: tuple[Ints, ...] = ()

    def reduced(self, rows: slice, price: Ints) -> Ints:
        """Return the reduced costs of some rows of pairs, as (rows, m)."""
        gap = self._gap(rows, price)
        if self.scale is not None:
            gap += self.scale.costs(self.problem.fit[rows])
        return gap

    def may(self, rows: slice) -> Bools:
        """Say which pairs of some rows settled questions leave open."""
        may = self.problem.allowed[rows].copy()
        for price in self.earlier:
            may &= self._gap(rows, price) == 0
        return may

    def _gap(self, rows: slice, price: Ints) -> Ints:
        """Return the price of each pair's tail less that of its reader."""
        n, m = self.network.sides
        gap = price[:n][rows, None] - price[None, n : n + m]
        pattern = self.network.pattern[rows]
        for number, family in enumerate(self.network.families):
            of_it = np.flatnonzero(pattern == number)
            nodes = self.network.first[rows][of_it]
            for place in range(len(family.parent)):
                columns = np.flatnonzero(family.inner == place)
                inside = price[nodes + place] - price[:n][rows][of_it]
                gap[np.ix_(of_it, columns)] += inside[:, None]
        return gap


def called_for(
    market: Market, price: Ints, listed: Bools, width: int
) -> tuple[Ints, Ints]:
    """Return, for each dossier, the pairs left out that would lower the cost most."""
    found = []
    for rows in chunks(listed.shape):
        reduced = market.reduced(rows, price)
        reduced[listed[rows] | ~market.may(rows)] = 0
        lines = np.flatnonzero(reduced.min(axis=1, initial=0) < 0)
        marked = np.zeros((len(lines), listed.shape[1]), dtype=np.bool_)
        _mark(marked, -reduced[lines].astype(np.float64), width)
        line, column = _places(marked & (reduced[lines] < 0))
        found.append((lines[line] + rows.start, column))
    return _gathered(found)


def worth_left_out(market: Market, price: Ints, listed: Bools, scale: Scale) -> float:
    """Return what pairs left out add to the dual bound: rounding, and no more.

    No pair left out has a negative reduced cost once it is rounded to a whole number;
    the fit as it was given may still be above its price by half a unit.
    """
    worth = 0.0
    for rows in chunks(listed.shape):
        reduced = market.reduced(rows, price)
        line, column = np.nonzero((reduced <= 1) & ~listed[rows] & market.may(rows))
        fit = market.problem.fit[rows][line, column]
        over = fit - (reduced[line, column] - scale.costs(fit)) / scale.unit
        worth += float(np.maximum(over, 0).sum())
    return worth


def tied(
    market: Market, price: Ints, listed: Bools, draw: np.random.Generator, most: int
) -> tuple[Ints, Ints]:
    """Return pairs left out that would cost nothing, drawn where they are too many."""
    found = []
    share = most / max(1, listed.shape[0])
    for rows in chunks(listed.shape):
        free = market.may(rows) & (market.reduced(rows, price) == 0) & ~listed[rows]
        line, column = _places(free)
        wanted = int(np.ceil(share * len(free)))
        if len(line) > wanted:
            kept = np.sort(draw.choice(len(line), wanted, replace=False))
            line, column = line[kept], column[kept]
        found.append((line + rows.start, column))
    return _gathered(found)


def _gathered(found: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    none = np.empty(0, dtype=np.int64)
    rows, columns = zip((none, none), *found, strict=True)
    return np.concatenate(rows), np.concatenate(columns)
