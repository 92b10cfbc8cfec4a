"""Whether readers seem to have been given dossiers by their quality.

Predictions suppose that they were not. Where they were, a reader of good dossiers looks
lenient. Readers of the same dossier, side by side, show severity whatever was given to
whom: their part of the likelihood can be held against the whole.
"""

import numpy as np

from terril.choice.calibration.algebra import FLOOR, Solution

# Juries simulated with readers drawn at random or by theme stay below 2.
LIMIT = 4.0
LARGEST = 1000  # readers, for whom one decomposition is made
TRIED = np.concatenate([[0.0], np.geomspace(1e-5, 1e6, 300)])
CAUTION = (
    "Readers of the same dossier differ less, or more, than readers seem to over all: "
    "dossiers may have been given to readers by their quality, and severity is then "
    "mistaken for it. Trust the raw ranking more."
)


def caution_about(solution: Solution) -> str | None:
    """Return a sentence of caution where the supposition is contradicted, or None.

    Nothing is said of more than a thousand readers, nor of fewer dossiers than readers.
    """
    table = solution.factor.table
    if not table.dossiers_are_long or table.counts.short.size > LARGEST:
        return None
    return CAUTION if contradiction(solution) > LIMIT else None


def contradiction(solution: Solution) -> float:
    """Return how much worse the components are for the scores within dossiers.

    It is the deviance of the differences inside dossiers (restricted, the dossiers
    being as many unknown constants), at the components found from all the scores, less
    the least it can be: 0 where both agree.

    Sources: Patterson and Thompson (1971) for the two parts of the information,
    Hausman (1978) for holding an estimate against one that supposes less.
    """
    within = _Within(solution)
    least = min(within.deviance(float(ratio)) for ratio in TRIED)
    return within.deviance(solution.factor.ratios.short, solution.noise) - least


class _Within:
    """The likelihood of the readers' variance from differences inside dossiers."""

    def __init__(self, solution: Solution) -> None:
        table = solution.factor.table
        weight = 1 / table.counts.long
        summed = table.sums.long[:, 1]
        system = np.diag(table.counts.short) - table.gram(weight)
        values, vectors = np.linalg.eigh(system)
        reduced = table.sums.short[:, 1] - table.turned @ (weight * summed)
        self.values = np.maximum(values, 0.0)
        self.along = (vectors.T @ reduced) ** 2
        self.squares = float(table.products[1, 1] - summed @ (weight * summed))
        self.free = table.size - weight.size

    def deviance(self, ratio: float, noise: float | None = None) -> float:
        """Return the deviance at a ratio, and at the best noise unless one is given."""
        spread = 1 + ratio * self.values
        left = self.squares - float((ratio * self.along / spread).sum())
        noise = max(left / self.free, FLOOR) if noise is None else noise
        return self.free * float(np.log(noise)) + float(
            np.log(spread).sum() + left / noise
        )
