"""Marks as they were given, and the scores that readers give through them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from terril.choice.calibration.errors import CalibrationRefused, RepeatedMark, some

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

LARGEST = 1e100  # a mark beyond has no square


class Mark(NamedTuple):
    """What a reader says of a dossier on a criterion.

    None is *not answered*, or *does not apply*: both leave the score whole.
    """

    dossier: str
    reader: str
    criterion: str
    value: float | None


@dataclass(frozen=True, eq=False)
class Scores:
    """One score per pair of a dossier and a reader: three arrays of one length."""

    dossiers: tuple[str, ...]
    readers: tuple[str, ...]
    dossier: Codes
    reader: Codes
    value: Floats

    def without(self, reader: int) -> "Scores":
        """Return the scores as if a reader had not sat; what only they read is gone."""
        kept = self.reader != reader
        present, dossier = np.unique(self.dossier[kept], return_inverse=True)
        others = self.reader[kept]
        return Scores(
            tuple(self.dossiers[code] for code in present),
            self.readers[:reader] + self.readers[reader + 1 :],
            dossier,
            others - (others > reader),
            self.value[kept],
        )


@dataclass(frozen=True, eq=False)
class Marks:
    """The marks that were answered: four arrays of one length, in one order.

    `dossiers`, `readers` and `criteria` are the names in sorted order, and the
    arrays hold positions among them, so that the order of lines changes nothing.
    A dossier may be named without having a mark.
    """

    dossiers: tuple[str, ...]
    readers: tuple[str, ...]
    criteria: tuple[str, ...]
    dossier: Codes
    reader: Codes
    criterion: Codes
    value: Floats

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> "Marks":
        """Gather marks, in any order; those not answered leave a score whole.

        Raises `RepeatedMark` when a reader marks a dossier twice on a criterion,
        and `CalibrationRefused` when a mark is infinite, not a number or beyond 1e100.
        """
        columns = tuple(zip(*marks, strict=True)) or ((), (), (), ())
        dossiers, readers, criteria, values = columns
        filled = [np.nan if value is None else value for value in values]
        told = [value for value in values if value is not None]
        if not (np.abs(np.array(told, dtype=float)) < LARGEST).all():
            raise CalibrationRefused("A mark is infinite, not a number, or too large.")
        return cls.from_columns(dossiers, readers, criteria, np.array(filled, float))

    @classmethod
    def from_columns(
        cls,
        dossiers: Sequence[str],
        readers: Sequence[str],
        criteria: Sequence[str],
        values: Floats,
    ) -> "Marks":
        """Gather four columns of one length; NaN is *not answered*.

        Raises `RepeatedMark` as `of` does.
        """
        dossier_names, dossier = _coded(dossiers)
        reader_names, reader = _coded(readers)
        criterion_names, criterion = _coded(criteria)
        key = (dossier * len(reader_names) + reader) * len(criterion_names) + criterion
        order = np.argsort(key, kind="stable")
        again = np.flatnonzero(np.diff(key[order]) == 0)
        if again.size:
            places = tuple(
                (int(order[at + 1]), int(order[at])) for at in again.tolist()
            )
            raise _repeated(places, dossiers, readers, criteria)
        order = order[~np.isnan(values[order])]
        return cls(
            dossier_names,
            reader_names,
            criterion_names,
            dossier[order],
            reader[order],
            criterion[order],
            values[order],
        )

    def about(self, criterion: str) -> "Marks":
        """Return the marks on one criterion; the dossiers it does not touch are out."""
        kept = self.criterion == self.criteria.index(criterion)
        present, dossier = np.unique(self.dossier[kept], return_inverse=True)
        return Marks(
            tuple(self.dossiers[code] for code in present),
            self.readers,
            (criterion,),
            dossier,
            self.reader[kept],
            np.zeros(dossier.size, dtype=np.int64),
            self.value[kept],
        )


def raw_means(marks: Marks, weights: Mapping[str, float] | None = None) -> Floats:
    """Return the mean of the marks of each dossier, by the weights of criteria.

    Shape (dossiers,), in the unit of the marks. Nothing is corrected: this is what
    a reader of the paper sheets would compute. NaN where a dossier has no mark.
    """
    weight = _weights(marks, weights)[marks.criterion]
    total = np.bincount(marks.dossier, weight, len(marks.dossiers))
    summed = np.bincount(marks.dossier, weight * marks.value, len(marks.dossiers))
    means = np.full(len(marks.dossiers), np.nan)
    np.divide(summed, total, out=means, where=total > 0)
    return means


def scores_of(marks: Marks, weights: Mapping[str, float] | None = None) -> Scores:
    """Return the score that each reader gives each dossier: shape (pairs,).

    A score is the weighted mean of the marks answered. Where some criteria are not
    answered, each mark is first taken relative to the level of its criterion (least
    squares within pairs), so that leaving out a severe criterion gives no advantage.
    Readers without any answered mark are left out.

    Raises `ValueError` for a weight that is not positive or names no criterion.
    """
    weight = _weights(marks, weights)
    present, reader = np.unique(marks.reader, return_inverse=True)
    key = marks.dossier * max(present.size, 1) + reader
    pairs, pair = np.unique(key, return_inverse=True)
    value = marks.value
    if pairs.size * len(marks.criteria) > value.size:
        level = _levels(marks, pair)
        value = value - level[marks.criterion] + np.average(level, weights=weight)
    by_mark = weight[marks.criterion]
    summed = np.bincount(pair, by_mark * value, pairs.size)
    return Scores(
        marks.dossiers,
        tuple(marks.readers[code] for code in present),
        pairs // max(present.size, 1),
        pairs % max(present.size, 1),
        summed / np.bincount(pair, by_mark, pairs.size),
    )


def _coded(names: Sequence[str]) -> tuple[tuple[str, ...], Codes]:
    known = tuple(sorted(set(names)))
    places = {name: place for place, name in enumerate(known)}
    codes = np.fromiter(map(places.__getitem__, names), np.int64, len(names))
    return known, codes


def _weights(marks: Marks, weights: Mapping[str, float] | None) -> Floats:
    given = dict.fromkeys(marks.criteria, 1.0) if weights is None else dict(weights)
    if set(given) != set(marks.criteria):
        odd = sorted(set(given) ^ set(marks.criteria))
        raise ValueError(f"Weights and criteria differ: {', '.join(odd)}.")
    found = np.array([given[name] for name in marks.criteria], dtype=float)
    if not (np.isfinite(found) & (found > 0)).all():
        raise ValueError("The weight of a criterion is a positive number.")
    return found


def _levels(marks: Marks, pair: Codes) -> Floats:
    """Return the level of each criterion, free of who was marked by whom.

    Criteria that no pair has in common are left at their level: the least squares
    of smallest norm do not compare them.
    """
    shape = (int(pair[-1]) + 1 if pair.size else 0, len(marks.criteria))
    held = csr_array((np.ones(pair.size), (pair, marks.criterion)), shape=shape)
    each = np.bincount(pair)
    mean = np.bincount(pair, marks.value) / each
    weighed: csr_array = csr_array(held.multiply(1 / each[:, np.newaxis]))
    shared = held.T @ weighed
    within = np.diag(np.bincount(marks.criterion, minlength=shape[1])) - shared
    summed = np.bincount(marks.criterion, marks.value, shape[1]) - held.T @ mean
    found: Floats = np.linalg.lstsq(within, summed, rcond=1e-9)[0]
    return found


def _repeated(
    places: tuple[tuple[int, int], ...],
    dossiers: Sequence[str],
    readers: Sequence[str],
    criteria: Sequence[str],
) -> RepeatedMark:
    told = [
        f"{dossiers[at]} by {readers[at]} on {criteria[at]}" for at, _first in places
    ]
    return RepeatedMark(f"Marked twice: {some(told)}.", places)
