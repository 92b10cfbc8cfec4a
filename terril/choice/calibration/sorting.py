"""What readers of the same dossier say side by side, whatever was given to whom.

Predictions suppose that readers were not given dossiers by their quality. Where they
were, a reader of good dossiers looks lenient, and all is lost. Differences inside
dossiers show severity without that supposition: their part of the likelihood is held
against the whole, and used alone where the two contradict each other.

Sources: Patterson and Thompson (1971) for the two parts of the information, Hausman
(1978) for holding an estimate against one that supposes less.
"""

from functools import cached_property

import numpy as np

from terril.choice.calibration.algebra import FLOOR, Factor, Solution
from terril.choice.calibration.marks import Floats
from terril.choice.calibration.posterior import DROP, FARTHEST, Node
from terril.choice.calibration.tables import Ratios, Table

# Juries simulated with readers drawn at random or by theme stay below 1.5.
LIMIT = 2.5
LARGEST = 500  # readers, for whom one decomposition is made
FIXED = 1e6  # ratio of dossiers so far apart that nothing draws them together
TRIED = np.concatenate([[0.0], np.geomspace(1e-5, 1e6, 400)])
NODES = 21
CAUTION = (
    "Dossiers seem to have been given to readers by their quality: severity is "
    "estimated from readers of the same dossier alone, and calibrated marks are not "
    "drawn towards the mean. Look at the raw ranking too."
)


def sorted_readings(solution: Solution) -> "Within | None":
    """Return the differences inside dossiers where they contradict the whole.

    None where they do not. Nothing is looked at with more than five hundred readers,
    nor with fewer dossiers than readers.
    """
    table = solution.factor.table
    if not table.dossiers_are_long or table.counts.short.size > LARGEST:
        return None
    within = Within(table)
    return within if within.contradiction(solution) > LIMIT else None


class Within:
    """The likelihood of the differences inside dossiers, dossiers being constants."""

    def __init__(self, table: Table) -> None:
        self.table = table
        weight = 1 / table.counts.long
        summed = table.sums.long[:, 1]
        system = np.diag(table.counts.short) - table.gram(weight)
        values, vectors = np.linalg.eigh(system)
        reduced = table.sums.short[:, 1] - table.turned @ (weight * summed)
        self.values = np.maximum(values, 0.0)
        self.along = (vectors.T @ reduced) ** 2
        self.squares = float(table.products[1, 1] - summed @ (weight * summed))
        self.free = table.size - weight.size

    def contradiction(self, solution: Solution) -> float:
        """Return how much worse a solution of the whole is here than the best.

        It is a difference of deviances: 0 where both parts agree.
        """
        ratio = np.array([solution.factor.ratios.short])
        there = self.deviances(ratio, solution.noise)[0]
        return float(there - self.deviances(TRIED).min())

    def deviances(self, ratios: Floats, noise: float | None = None) -> Floats:
        """Return the deviance at each ratio, with its best noise unless one is given."""
        spread = 1 + np.outer(ratios, self.values)
        left = self.squares - ratios * (self.along / spread).sum(axis=1)
        best = np.maximum(left / self.free, FLOOR)
        used = best if noise is None else np.full(left.size, noise)
        told: Floats = (
            self.free * np.log(used) + np.log(spread).sum(axis=1) + left / used
        )
        return told

    @cached_property
    def solution(self) -> Solution:
        """The predictions at the best ratio, to within four parts in a hundred."""
        best = float(TRIED[self.deviances(TRIED).argmin()])
        factor = Factor.of(self.table, Ratios(FIXED, best))
        return Solution.of(factor, self.free)

    def nodes(self) -> tuple[Node, ...]:
        """Return nodes over the posterior of the readers' ratio; weights sum to 1.

        The prior and the axis are those of `grid`.
        """
        everywhere = (np.arange(1000) + 0.5) * FARTHEST / 1000
        density = self._densities(everywhere)
        held = everywhere[density > density.max() - DROP]
        low, high = held[0] - 0.5 * FARTHEST / 1000, held[-1] + 0.5 * FARTHEST / 1000
        places = low + (high - low) * (np.arange(NODES) + 0.5) / NODES
        weight = np.exp(self._densities(places) - density.max())
        return tuple(
            Node(Ratios(FIXED, float(ratio)), float(one), self.free)
            for ratio, one in zip(
                self._ratios(places), weight / weight.sum(), strict=True
            )
        )

    def _densities(self, places: Floats) -> Floats:
        ratios = self._ratios(places)
        told: Floats = places - np.log1p(ratios) - 0.5 * self.deviances(ratios)
        return told

    def _ratios(self, places: Floats) -> Floats:
        ratios: Floats = np.expm1(places) ** 2 / self.table.readings.short
        return ratios
