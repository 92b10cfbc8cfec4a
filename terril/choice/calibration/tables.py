"""Scores brought together by level: all that the likelihood needs of them."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from terril.choice.calibration.marks import Codes, Floats, Scores

DENSE = 0.05  # share of pairs that were read, from which a full matrix is quicker
WIDEST = 50_000_000  # numbers in a full matrix
HELD = 10_000_000  # numbers kept to spare products


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

    `incidence` has shape (long, short) and is sparse; `counts` are the scores of
    each level; `sums` hold two columns, a vector of ones and the scores, summed by
    level; `products` are the four products of these two; `size` counts scores.
    """

    incidence: csr_array
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
        sums = Sums(_summed(long, both, rows), _summed(short, both, columns))
        return cls(
            sparse,
            Sums(sums.long[:, 0], sums.short[:, 0]),
            sums,
            both.T @ both,
            scores.value.size,
            centre,
            scale,
            dossiers_are_long,
        )

    @cached_property
    def turned(self) -> csr_array:
        """The incidence with the short side first."""
        return self.incidence.T.tocsr()

    @cached_property
    def full(self) -> Floats | None:
        """The incidence as a full matrix, where it is full enough to be quicker."""
        rows, columns = self.incidence.shape
        if self.size <= DENSE * rows * columns or rows * columns > WIDEST:
            return None
        matrix: Floats = self.incidence.toarray()
        return matrix

    def along(self, short: Floats) -> Floats:
        """Return what effects of the short side, in many columns, give the long one."""
        matrix = self.incidence if self.full is None else self.full
        given: Floats = matrix @ short
        return given

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
            first, *others = (weights[row] * product for row, product in self.grams)
            total: Floats = sum(others, start=first)
            return total
        return self._product(weights)

    def _product(self, weights: Floats) -> Floats:
        if self.full is not None:
            square: Floats = (self.full * weights[:, np.newaxis]).T @ self.full
            return square
        held = self.incidence
        data = np.repeat(weights, np.diff(held.indptr))
        weighted = csr_array((data, held.indices, held.indptr), shape=held.shape)
        product: Floats = (self.turned @ weighted).toarray()
        return product


def _summed(codes: Codes, values: Floats, size: int) -> Floats:
    return np.stack([np.bincount(codes, column, size) for column in values.T], axis=1)
