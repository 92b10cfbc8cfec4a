"""What the marks leave unknown: components and effects drawn together.

The two ratios are integrated over a grid of the restricted likelihood, the noise
and the mean analytically; effects are then normal. The uncertainty of the variance
components is therefore inside that of the effects, which plug-in predictions leave
out (Kackar and Harville, 1984).

Prior: a flat mean, 1/σ for the noise, and for each of the two other standard
deviations, in units of σ, a half-Cauchy of scale 1 (Gelman, 2006, of whom comes the
advice to put the prior on standard deviations, and to let it reach zero). It knows
no unit: shifting or scaling the marks moves the answer along.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from terril.choice.calibration.algebra import FLOOR, Factor, Solution, long_weight
from terril.choice.calibration.marks import Floats
from terril.choice.calibration.tables import Ratios, Sums, Table

DROP = 9.0  # in log density: what lies beyond weighs less than one in ten thousand
# Points on each axis of the grid, up to so many members of the short side.
NODES = ((100, 21), (400, 13), (900, 9), (1400, 7))
FEWEST_NODES = 5
FARTHEST = 14.0  # on the axis of nodes: a ratio of some 10¹¹
ROOM = 0.15  # more of the grid on each side, since the axes lean on each other
STEP = 0.1


@dataclass(frozen=True)
class Node:
    """A point of the grid, what it weighs, and the degrees that tell of noise."""

    ratios: Ratios
    weight: float
    free: int | None = None


def grid(table: Table, optimum: Ratios) -> tuple[Node, ...]:
    """Return nodes over the posterior of the ratios; weights sum to 1.

    Axes are log(1 + sqrt(n·ratio)), n being the mean number of readings, on which the
    density is smooth down to a ratio of zero. Each axis runs through the optimum to
    where the density has fallen by exp(-9) (as Rue, Martino and Chopin, 2009, explore
    hyperparameters), and a little farther.
    """
    densest = _axis(table, optimum)

    def fall(long: float, short: float) -> float:
        return _log_density(table, (long, short))

    long_ends = _ends(lambda at: fall(at, densest[1]), densest[0])
    short_ends = _ends(lambda at: fall(densest[0], at), densest[1])
    count = _count(table)
    longs, shorts = _middles(long_ends, count), _middles(short_ends, count)
    density = np.empty((count, count))
    for row, long in enumerate(longs.tolist()):
        gram = table.gram(long_weight(table, _ratios(table, (long, 0.0))))
        for column, short in enumerate(shorts.tolist()):
            density[row, column] = _log_density(table, (long, short), gram)
    weight = np.exp(density - density.max())
    weight /= weight.sum()
    return tuple(
        Node(_ratios(table, (long, short)), float(weight[row, column]))
        for row, long in enumerate(longs.tolist())
        for column, short in enumerate(shorts.tolist())
    )


def draw_effects(
    table: Table, nodes: tuple[Node, ...], count: int, seed: int
) -> Iterator[Sums]:
    """Yield draws of the effects, some at a time, in the unit of the table.

    Each yield holds arrays of shapes (long, some) and (short, some); there are
    `count` draws in all, shared among the nodes by systematic sampling. The same
    seed gives the same draws.
    """
    chance = np.random.default_rng(seed)
    cumulated = np.cumsum([node.weight for node in nodes])
    marks = (np.arange(count) + chance.random()) / count * cumulated[-1]
    shares = np.bincount(np.searchsorted(cumulated, marks), minlength=len(nodes))
    for node, share in zip(nodes, shares.tolist(), strict=True):
        if share:
            solution = Solution.of(Factor.of(table, node.ratios), node.free)
            yield _drawn(solution, share, chance)


def _drawn(solution: Solution, count: int, chance: np.random.Generator) -> Sums:
    """Draw noise, mean, short side and long side, each given those before."""
    factor, table = solution.factor, solution.factor.table
    noise = solution.residual / chance.chisquare(solution.free, count)
    noise = np.maximum(noise, FLOOR)
    sigma = np.sqrt(noise)
    spread = sigma / np.sqrt(solution.information)
    mean = solution.mean + chance.standard_normal(count) * spread
    along = np.stack([-mean, np.ones(count)])
    reduced, long_sums = factor.reduced @ along, table.sums.long @ along
    scatter = np.sqrt(factor.ratios.short) * sigma
    # With LL' the system: its solution is L'⁻¹(L⁻¹·b·c), and L'⁻¹z has its inverse
    # as covariance.
    first = solve_triangular(factor.lower, factor.ratios.short * reduced, lower=True)
    first += scatter * chance.standard_normal(first.shape)
    short = solve_triangular(factor.lower, first, lower=True, trans="T")
    weight = factor.weight[:, np.newaxis]
    long = weight * (long_sums - table.along(short))
    lot = chance.standard_normal(long.shape)
    if solution.free < table.size - 1:
        return Sums(_drawn_together(long, weight * noise, lot), short)
    return Sums(long + np.sqrt(weight) * sigma * lot, short)


def _drawn_together(apart: Floats, error: Floats, lot: Floats) -> Floats:
    """Draw a long side that was left constant as the population that it is.

    Its readers being drawn without it, each level is drawn towards their mean by the
    variance that is left between them: apart, they would rank farther than they are.
    """
    blurred = error.mean(axis=0)
    # Never zero itself: levels all equal would rank in the order of their names.
    between = np.maximum(apart.var(axis=0, ddof=1) - blurred, 1e-6 * blurred)
    kept = between / (between + error)
    centre = apart.mean(axis=0)
    drawn: Floats = centre + kept * (apart - centre) + np.sqrt(kept * error) * lot
    return drawn


def _log_density(
    table: Table, at: tuple[float, float], gram: Floats | None = None
) -> float:
    """Return the log posterior density on the axes, up to a constant."""
    ratios = _ratios(table, at)
    deviance = Solution.of(Factor.of(table, ratios, gram)).deviance
    prior = -sum(float(np.log1p(ratio)) for ratio in ratios)
    return prior - 0.5 * deviance + sum(at)


def _ends(density: Callable[[float], float], middle: float) -> tuple[float, float]:
    """Return where a density has fallen by enough, on both sides of a point."""
    least = density(middle) - DROP

    def beyond(sign: float) -> float:
        inside, step = middle, STEP
        while 0.0 < inside + sign * step < FARTHEST:
            if density(inside + sign * step) < least:
                return _bisected(density, least, (inside, inside + sign * step))
            inside, step = inside + sign * step, 2 * step
        return 0.0 if sign < 0 else FARTHEST

    low, high = beyond(-1.0), beyond(1.0)
    room = ROOM * (high - low)
    return max(low - room, 0.0), high + room


def _bisected(
    density: Callable[[float], float], least: float, ends: tuple[float, float]
) -> float:
    inside, outside = ends
    for _ in range(3):
        middle = (inside + outside) / 2
        if density(middle) < least:
            outside = middle
        else:
            inside = middle
    return outside


def _middles(ends: tuple[float, float], count: int) -> Floats:
    """Cut a range in equal cells, and return their middles: never zero itself."""
    low, high = ends
    return low + (high - low) * (np.arange(count) + 0.5) / count


def _count(table: Table) -> int:
    size = table.counts.short.size
    return next((nodes for most, nodes in NODES if size <= most), FEWEST_NODES)


def _ratios(table: Table, at: tuple[float, float]) -> Ratios:
    return Ratios(
        *(
            float(np.expm1(place)) ** 2 / readings
            for place, readings in zip(at, table.readings, strict=True)
        )
    )


def _axis(table: Table, ratios: Ratios) -> tuple[float, float]:
    """Return the place of the ratios on the axes, a little inside the range."""
    long, short = (
        float(np.log1p(np.sqrt(readings * ratio)))
        for readings, ratio in zip(table.readings, ratios, strict=True)
    )
    return max(long, STEP), max(short, STEP)
