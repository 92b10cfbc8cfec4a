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
from typing import NamedTuple

import numpy as np
from scipy.linalg import cho_solve
from scipy.linalg.lapack import dpotrf, dpotri
from scipy.sparse import csr_array
from threadpoolctl import ThreadpoolController

from terril.choice.calibration.marks import Codes, Floats, Scores

DENSE = 0.05  # share of pairs that were read, from which a full matrix is quicker
HELD = 10_000_000  # numbers kept to spare products
FLOOR = 1e-8  # of the variance of the scores: noise that no mark can show

THREADS = ThreadpoolController()


class Ratios(NamedTuple):
    """Variance of the effects of each side, in units of that of the noise."""

    long: float
    short: float


class Sums(NamedTuple):
    """A vector over the scores, summed by level of each side."""

    long: Floats
    short: Floats


@dataclass(frozen=True, eq=False)
class Table:
    """What the likelihood needs of scores, which are brought to mean 0, variance 1.

    `incidence` has shape (long, short), sparse or full; `counts` are the scores of
    each level; `sums` hold two columns, a vector of ones and the scores, summed by
    level; `products` are the four products of these two; `size` counts scores.
    """

    incidence: csr_array | Floats
    counts: Sums
    sums: Sums
    products: Floats
    size: int
    centre: float
    scale: float
    dossiers_are_long: bool

    @classmethod
    def of(cls, scores: Scores) -> "Table":
        """Sum scores up by dossier and by reader."""
        dossiers_are_long = len(scores.dossiers) >= len(scores.readers)
        sides = [
            (scores.dossier, len(scores.dossiers)),
            (scores.reader, len(scores.readers)),
        ]
        (long, rows), (short, columns) = sides if dossiers_are_long else sides[::-1]
        centre, wide = float(scores.value.mean()), float(np.ptp(scores.value))
        scale = wide * float((scores.value / wide).std())  # safe for tiny marks
        both = np.ones((scores.value.size, 2))
        both[:, 1] = (scores.value - centre) / scale
        sparse = csr_array((both[:, 0], (long, short)), shape=(rows, columns))
        is_full = scores.value.size > DENSE * rows * columns
        sums = Sums(_summed(long, both, rows), _summed(short, both, columns))
        return cls(
            sparse.toarray() if is_full else sparse,
            Sums(sums.long[:, 0], sums.short[:, 0]),
            sums,
            both.T @ both,
            scores.value.size,
            centre,
            scale,
            dossiers_are_long,
        )

    @cached_property
    def turned(self) -> csr_array | Floats:
        """The incidence with the short side first."""
        if isinstance(self.incidence, np.ndarray):
            return self.incidence.T
        return self.incidence.T.tocsr()

    @property
    def readings(self) -> Ratios:
        """The mean number of scores by level of each side."""
        return Ratios(
            self.size / self.counts.long.size, self.size / self.counts.short.size
        )

    @cached_property
    def grams(self) -> tuple[tuple[int, Floats], ...]:
        """N'N cut by number of readings, each with one level of that number.

        Juries often ask as many readers for each dossier: the product is then made
        once. Nothing is held when the numbers are too many for memory.
        """
        _, first, group = np.unique(
            self.counts.long, return_index=True, return_inverse=True
        )
        if first.size * self.counts.short.size**2 > HELD:
            return ()
        return tuple(
            (int(row), self._product((group == place).astype(float)))
            for place, row in enumerate(first)
        )

    def gram(self, weights: Floats) -> Floats:
        """Return N' diag(weights) N, of shape (short, short).

        Levels of the long side with as many readings have the same weight.
        """
        if self.grams:
            parts = (weights[row] * product for row, product in self.grams)
            return sum(parts, start=np.zeros_like(self.grams[0][1]))
        return self._product(weights)

    def _product(self, weights: Floats) -> Floats:
        if isinstance(self.incidence, np.ndarray):
            full: Floats = (self.incidence * weights[:, np.newaxis]).T @ self.incidence
            return full
        held = self.incidence
        data = np.repeat(weights, np.diff(held.indptr))
        weighted = csr_array((data, held.indices, held.indptr), shape=held.shape)
        product: Floats = (self.turned @ weighted).toarray()
        return product


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
        inverse, _ = dpotri(self.lower, lower=1)
        inverse = np.tril(inverse) + np.tril(inverse, -1).T
        shrunk = 1 / (1 + self.ratios.long * self.table.counts.long)
        taken = self.ratios.short * np.vdot(inverse, self.table.gram(shrunk**2))
        long = float(self.table.counts.long @ shrunk - taken)
        return Ratios(long, float(np.vdot(self.within, inverse)))


@dataclass(frozen=True, eq=False)
class Solution:
    """The best mean and noise at given ratios, in the units of the table.

    `deviance` is −2 times the restricted log-likelihood, up to a constant; `mean`
    the generalised least squares estimate; `information` is 1'V⁻¹1; `residual` is
    the quadratic form that the noise is estimated from.
    """

    factor: Factor
    mean: float
    information: float
    residual: float

    @classmethod
    def of(cls, factor: Factor) -> "Solution":
        """Solve for the mean, then for the noise."""
        (information, seen), (_, whole) = factor.products().tolist()
        residual = max(whole - seen**2 / information, 0.0)
        return cls(factor, seen / information, information, residual)

    @property
    def noise(self) -> float:
        """The variance of the noise."""
        return max(self.residual / (self.factor.table.size - 1), FLOOR)

    @property
    def deviance(self) -> float:
        """The deviance, the noise being at its best."""
        free = self.factor.table.size - 1
        return (
            self.factor.log_determinant
            + float(np.log(self.information))
            + free * float(np.log(self.noise))
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


def _summed(codes: Codes, values: Floats, size: int) -> Floats:
    return np.stack([np.bincount(codes, column, size) for column in values.T], axis=1)
