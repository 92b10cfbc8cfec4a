"""Mixed model equations of two crossed effects, with the long side eliminated.

Scores are y = μ + u[long] + v[short] + e. With the ratios a = var(u)/var(e) and
b = var(v)/var(e), all that is asked of the covariance V = I + a·ZZ' + b·WW' goes
through a matrix of the size of the short side (a Schur complement), built from
counts and sums: the scores themselves are read once. Ratios of zero are ordinary.

Sources: Henderson (1975) for the equations and the predictions; Patterson and
Thompson (1971) for the restricted likelihood; Harville (1974) for its reading as
the likelihood with the mean integrated out; Bates, Mächler, Bolker and Walker
(2015) for profiling the noise.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg import cho_solve
from scipy.linalg.lapack import dpotrf, dpotri
from threadpoolctl import ThreadpoolController

from terril.choice.calibration.marks import Floats
from terril.choice.calibration.tables import Ratios, Sums, Table

FLOOR = 1e-8  # of the variance of the scores: noise that no mark can show
THREADS = ThreadpoolController()


@dataclass(frozen=True, eq=False)
class Factor:
    """The factorised equations at given ratios.

    `within` is W'(I + a·ZZ')⁻¹W, `lower` the triangle L of LL' = I + b·`within`,
    `weight` is a/(1 + a·n) for each level of the long side.
    """

    table: Table
    ratios: Ratios
    weight: Floats
    within: Floats
    lower: Floats

    @classmethod
    def of(cls, table: Table, ratios: Ratios, gram: Floats | None = None) -> "Factor":
        """Factorise; `gram` spares a product when the long ratio was seen before."""
        weight = long_weight(table, ratios)
        product = table.gram(weight) if gram is None else gram
        within = np.diag(table.counts.short) - product
        system = ratios.short * within
        system[np.diag_indices_from(system)] += 1.0
        lower, _ = dpotrf(system.T, lower=1, overwrite_a=1)
        return cls(table, ratios, weight, within, lower)

    @cached_property
    def log_determinant(self) -> float:
        """The logarithm of the determinant of V."""
        long = np.log1p(self.ratios.long * self.table.counts.long).sum()
        return float(long + 2 * np.log(np.diag(self.lower)).sum())

    @cached_property
    def reduced(self) -> Floats:
        """The sums of the short side once the long side is eliminated."""
        weighted = self.weight[:, np.newaxis] * self.table.sums.long
        left: Floats = self.table.sums.short - self.table.turned @ weighted
        return left

    @cached_property
    def solved(self) -> Floats:
        """W'V⁻¹x for the two vectors x."""
        found: Floats = cho_solve((self.lower, True), self.reduced, check_finite=False)
        return found

    def products(self) -> Floats:
        """Return the four products x'V⁻¹y of ones and scores."""
        long = self.table.sums.long
        taken = long.T @ (self.weight[:, np.newaxis] * long)
        return (
            self.table.products
            - taken
            - self.ratios.short * (self.reduced.T @ self.solved)
        )

    @cached_property
    def projected(self) -> Sums:
        """Z'V⁻¹x and W'V⁻¹x for the two vectors x."""
        rest = self.table.sums.long - self.ratios.short * (
            self.table.incidence @ self.solved
        )
        shrunk = 1 / (1 + self.ratios.long * self.table.counts.long)
        return Sums(rest * shrunk[:, np.newaxis], self.solved)

    def traces(self) -> Ratios:
        """Return the traces of Z'V⁻¹Z and W'V⁻¹W."""
        # Only the lower triangle of the inverse is filled, zeros being above.
        lower, _ = dpotri(self.lower, lower=1)
        shrunk = 1 / (1 + self.ratios.long * self.table.counts.long)
        taken = self.ratios.short * _trace(lower, self.table.gram(shrunk**2))
        long = float(self.table.counts.long @ shrunk - taken)
        return Ratios(long, _trace(lower, self.within))


@dataclass(frozen=True, eq=False)
class Solution:
    """The best mean and noise at given ratios, in the units of the table.

    `deviance` is −2 times the restricted log-likelihood, up to a constant; `mean`
    the generalised least squares estimate; `information` is 1'V⁻¹1; `residual` is
    the quadratic form that the noise is estimated from, and `free` its degrees.
    """

    factor: Factor
    mean: float
    information: float
    residual: float
    free: int

    @classmethod
    def of(cls, factor: Factor, free: int | None = None) -> "Solution":
        """Solve for the mean, then for the noise; all but the mean tells of noise."""
        (information, seen), (_, whole) = factor.products().tolist()
        residual = max(whole - seen**2 / information, 0.0)
        told = factor.table.size - 1 if free is None else free
        return cls(factor, seen / information, information, residual, told)

    @property
    def noise(self) -> float:
        """The variance of the noise."""
        return max(self.residual / self.free, FLOOR)

    @property
    def deviance(self) -> float:
        """The deviance, the noise being at its best."""
        return (
            self.factor.log_determinant
            + float(np.log(self.information))
            + self.free * float(np.log(self.noise))
            + self.residual / self.noise
        )

    @cached_property
    def projected(self) -> Sums:
        """Z'Py and W'Py: the predictions are these times the ratios."""
        along = np.array([-self.mean, 1.0])
        long, short = self.factor.projected
        return Sums(long @ along, short @ along)

    def effects(self) -> Sums:
        """Return the best linear unbiased predictions of the effects of each side."""
        ratios, projected = self.factor.ratios, self.projected
        return Sums(ratios.long * projected.long, ratios.short * projected.short)

    def gradient(self) -> Ratios:
        """Return the derivatives of the deviance by the two ratios."""
        traces = self.factor.traces()
        ones = [side[:, 0] for side in self.factor.projected]
        return Ratios(
            *(
                trace
                - float(one @ one) / self.information
                - float(of @ of) / self.noise
                for trace, one, of in zip(traces, ones, self.projected, strict=True)
            )
        )


def one_thread() -> AbstractContextManager[object]:
    """Keep matrices to one thread: on a shared machine more only wait for each other."""
    limited: AbstractContextManager[object] = THREADS.limit(limits=1, user_api="blas")
    return limited


def long_weight(table: Table, ratios: Ratios) -> Floats:
    """Return a/(1 + a·n) for each level of the long side."""
    weight: Floats = ratios.long / (1 + ratios.long * table.counts.long)
    return weight


def _trace(lower: Floats, right: Floats) -> float:
    """Return the trace of a product of symmetric matrices, the first one a triangle."""
    diagonals = np.diag(lower) @ np.diag(right)
    return float(2 * np.vdot(lower.T, right) - diagonals)
