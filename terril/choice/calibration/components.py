"""Variance components by restricted maximum likelihood, from several starts."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from terril.choice.calibration.algebra import Factor, Solution
from terril.choice.calibration.marks import Floats
from terril.choice.calibration.tables import Ratios, Table

# Where searches begin, as signal against noise in the mean of a level: both alike,
# dossiers far apart and readers alike, the reverse, and nothing but noise.
STARTS = ((3.0, 3.0), (30.0, 0.1), (0.1, 30.0), (0.05, 0.05))
LARGEST = 1e9  # a ratio beyond which noise is no more than rounding
BASIN = 0.2  # closer than this to an optimum, a search is over
PRECISE = 1e-8  # in deviance by score


@dataclass(frozen=True)
class Variance:
    """Variances in the squared unit of the marks."""

    dossier: float
    reader: float
    noise: float


@dataclass(frozen=True)
class Optimum:
    """A local optimum: its ratios, its deviance, the starts that led to it."""

    ratios: Ratios
    deviance: float
    starts: int


class _Met(StopIteration):
    """A search came into the basin of an optimum already found."""


def search(table: Table, starts: tuple[tuple[float, float], ...] = STARTS) -> Optimum:
    """Return the best optimum of the restricted likelihood found from the starts.

    The likelihood of variance components may have several optima (and often has its
    best on the boundary, at a variance of zero): each start is followed with
    L-BFGS-B within bounds until it converges, or comes close to an optimum already
    known. Coordinates are log(1 + n·ratio), n being the mean number of readings, in
    which zero is an ordinary end of the range.

    Sources: Patterson and Thompson (1971) for the criterion; Byrd, Lu, Nocedal and
    Zhu (1995) for the descent.
    """
    known: list[Optimum] = []
    for start in starts:
        begun = np.log1p(np.array(start))
        _follow(table, begun, known)
    return min(known, key=lambda optimum: optimum.deviance)


def variance_at(table: Table, solution: Solution) -> Variance:
    """Return the three variances of a solution, in the squared unit of the marks."""
    noise = solution.noise * table.scale**2
    long, short = (ratio * noise for ratio in solution.factor.ratios)
    dossier, reader = (long, short) if table.dossiers_are_long else (short, long)
    return Variance(dossier, reader, noise)


def _follow(table: Table, begun: Floats, known: list[Optimum]) -> None:
    """Follow one start to its end, and add the optimum to those known."""
    met: list[int] = []

    def aside(reached: Floats) -> None:
        for place, optimum in enumerate(known):
            gap = np.abs(reached - _coordinates(table, optimum.ratios))
            if gap.max() < BASIN:
                met.append(place)
                raise _Met

    def descent(at: Floats) -> tuple[float, Floats]:
        solution = Solution.of(Factor.of(table, _ratios(table, at)))
        slope = np.array(solution.gradient()) * np.exp(at) / np.array(table.readings)
        return solution.deviance / table.size, slope / table.size

    ends = [(0.0, float(np.log1p(LARGEST * count))) for count in table.readings]
    options = {"ftol": 1e-15, "gtol": PRECISE, "maxiter": 200}
    # The stubs of SciPy know no search that an exception may end.
    found = minimize(  # type: ignore[call-overload]
        descent,
        begun,
        jac=True,
        method="L-BFGS-B",
        bounds=ends,
        callback=aside,
        options=options,
    )
    if met:
        old = known[met[0]]
        known[met[0]] = Optimum(old.ratios, old.deviance, old.starts + 1)
    else:
        known.append(Optimum(_ratios(table, found.x), float(found.fun) * table.size, 1))


def _ratios(table: Table, at: Floats) -> Ratios:
    long, short = np.expm1(at) / np.array(table.readings)
    return Ratios(float(long), float(short))


def _coordinates(table: Table, ratios: Ratios) -> Floats:
    found: Floats = np.log1p(np.array(ratios) * np.array(table.readings))
    return found
