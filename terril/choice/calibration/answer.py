"""The calibrated ranking beside the raw one, with all that is not known of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from terril.choice.calibration.algebra import Factor, Solution, one_thread
from terril.choice.calibration.components import Variance, search, variance_at
from terril.choice.calibration.errors import CalibrationRefused
from terril.choice.calibration.marks import Floats, Marks, Scores, raw_means, scores_of
from terril.choice.calibration.overlap import check_overlap
from terril.choice.calibration.posterior import Node, draw_effects, grid
from terril.choice.calibration.ranks import (
    Ranks,
    RankSpread,
    drawn_ranks,
    rank_spread,
    ranks_of,
)
from terril.choice.calibration.sorting import CAUTION, Within, sorted_readings
from terril.choice.calibration.tables import Sums, Table

MOST_DRAWS, FEWEST_DRAWS = 4000, 500
CELLS = 20_000_000  # ranks drawn in all: fewer draws when there are many dossiers


@dataclass(frozen=True)
class CalibratedDossier:
    """A dossier in both rankings; rank 1 is the best, ties share a rank."""

    dossier: str
    raw: float  # the mean of its marks, in their unit
    calibrated: float  # the same without severity, drawn towards the mean
    error: float  # posterior standard deviation of its distance to the mean dossier
    rank_raw: int
    rank_calibrated: int
    rank_low: int  # ends of the 90 % interval of its rank, both inside
    rank_high: int
    p_top: float  # chance to be among the first `top`


@dataclass(frozen=True)
class CalibratedReader:
    """How far a reader marks below the others (severe: positive) or above."""

    reader: str
    severity: float  # in the unit of the marks
    error: float  # posterior standard deviation of their distance to the mean reader


@dataclass(frozen=True)
class Calibration:
    """What `calibrate` answers: dossiers by calibrated rank, readers by severity."""

    dossiers: tuple[CalibratedDossier, ...]
    readers: tuple[CalibratedReader, ...]
    variance: Variance
    mean: float
    top: int
    seed: int
    draws: int
    caution: str | None  # where dossiers seem to have been given by their quality


@dataclass(frozen=True)
class CriterionCalibration:
    """The calibration of one criterion, or the reason why there is none."""

    criterion: str
    calibration: Calibration | None
    refused: str | None


@dataclass(frozen=True, eq=False)
class Predictions:
    """What the restricted likelihood says: arrays in the order of the scores' names."""

    dossier: Floats
    reader: Floats
    mean: float
    variance: Variance
    table: Table
    solution: Solution
    within: Within | None  # where differences inside dossiers are used alone

    def nodes(self) -> tuple[Node, ...]:
        """Return points over the posterior of the variances; weights sum to 1."""
        if self.within is not None:
            return self.within.nodes()
        return grid(self.table, self.solution.factor.ratios)


def calibrate(
    marks: Marks,
    *,
    top: int = 1,
    seed: int = 0,
    weights: Mapping[str, float] | None = None,
) -> Calibration:
    """Rank dossiers by what their marks would be if all readers were as severe.

    A score (`scores_of`: one per dossier and reader) is a mean, plus the effects of
    the dossier and of the reader, plus noise. `calibrated` is the mean plus the
    predicted effect of the dossier, in the unit of the marks; `severity` that of the
    reader with its sign turned; `variance` is in the squared unit. Rank intervals
    hold 90 %, and `p_top` is the chance to be among the first `top`; both come from
    draws made with `seed`. The order of lines changes nothing. `weights` are those of
    the criteria, all alike by default.

    This is insurance against severe readers and a measure of what is not known. It
    supposes that readers were not given dossiers by their quality; where the marks
    contradict it, only differences inside dossiers are used, and `caution` says so.

    Raises `CalibrationRefused` when readers cannot be compared (`check_overlap`), and
    `ValueError` for a `top` below 1 or weights that do not fit the criteria.

    Sources: Henderson (1975) and Robinson (1991) for the predictions, Patterson and
    Thompson (1971) for the variances, Kackar and Harville (1984) for the uncertainty
    that variances add, Goldstein and Spiegelhalter (1996) for the ranks.
    """
    if top < 1:
        raise ValueError(f"The first {top} make no set: ask for 1 or more.")
    scores = scores_of(marks, weights)
    check_overlap(scores)
    found = predict(scores)
    sample = _Sample(found.table, len(scores.dossiers))
    ranks = sample.ranks(found, seed)
    spread = rank_spread(ranks, ranks_of(found.mean + found.dossier), top)
    dossiers = _dossiers(scores, found, raw_means(marks, weights), spread, sample)
    readers = _readers(scores, found, sample)
    told = found.variance, found.mean, top, seed, sample.count
    return Calibration(dossiers, readers, *told, CAUTION if found.within else None)


def calibrate_each(
    marks: Marks, *, top: int = 1, seed: int = 0
) -> tuple[CriterionCalibration, ...]:
    """Calibrate criterion by criterion, each apart, in the order of their names.

    A criterion whose marks cannot be compared says why, and the others are answered.
    See `calibrate` for units and sources. Raises `ValueError` as it does.
    """
    answers = []
    for criterion in marks.criteria:
        try:
            one = calibrate(marks.about(criterion), top=top, seed=seed)
        except CalibrationRefused as refusal:
            answers.append(CriterionCalibration(criterion, None, refusal.reason))
        else:
            answers.append(CriterionCalibration(criterion, one, None))
    return tuple(answers)


def predict(
    scores: Scores, starts: tuple[tuple[float, float], ...] | None = None
) -> Predictions:
    """Return variances by REML and the best linear unbiased predictions.

    Effects have shapes (dossiers,) and (readers,), in the unit of the marks. The
    scores are supposed to overlap (`check_overlap`). `starts` replaces those of
    `search`.

    Sources: Patterson and Thompson (1971); Henderson (1975); Robinson (1991).
    """
    with one_thread():
        table = Table.of(scores)
        optimum = search(table) if starts is None else search(table, starts)
        solution = Solution.of(Factor.of(table, optimum.ratios))
        within = sorted_readings(solution)
    variance = variance_at(table, solution)
    if within is not None:
        solution = within.solution
        noise = solution.noise * table.scale**2
        reader_variance = solution.factor.ratios.short * noise
        variance = Variance(variance.dossier, reader_variance, noise)
    dossier, reader = _sided(table, solution.effects())
    return Predictions(
        dossier * table.scale,
        reader * table.scale,
        table.centre + solution.mean * table.scale,
        variance,
        table,
        solution,
        within,
    )


def _sided(table: Table, effects: Sums) -> tuple[Floats, Floats]:
    """Return the effects of dossiers, then those of readers."""
    long, short = effects
    return (long, short) if table.dossiers_are_long else (short, long)


class _Sample:
    """Draws of the effects, of which ranks and the first two moments are kept."""

    def __init__(self, table: Table, dossiers: int) -> None:
        self.table, self.dossiers = table, dossiers
        self.count = int(np.clip(CELLS // dossiers, FEWEST_DRAWS, MOST_DRAWS))
        self.sums = [np.zeros(side.size) for side in table.counts]
        self.squares = [np.zeros(side.size) for side in table.counts]

    def ranks(self, found: Predictions, seed: int) -> Ranks:
        """Draw, and return the ranks of the dossiers: shape (dossiers, count)."""
        with one_thread():
            parts = draw_effects(self.table, found.nodes(), self.count, seed)
            return drawn_ranks(map(self._seen, parts), self.dossiers, self.count)

    def _seen(self, effects: Sums) -> Floats:
        for place, side in enumerate(effects):
            apart = side - side.mean(axis=0)
            self.sums[place] += apart.sum(axis=1)
            self.squares[place] += (apart**2).sum(axis=1)
        return _sided(self.table, effects)[0]

    def errors(self) -> tuple[Floats, Floats]:
        """Return the standard deviations of dossiers and readers, in marks."""
        long, short = (
            np.sqrt(np.maximum(square / self.count - (total / self.count) ** 2, 0.0))
            for total, square in zip(self.sums, self.squares, strict=True)
        )
        dossier, reader = _sided(self.table, Sums(long, short))
        return dossier * self.table.scale, reader * self.table.scale


def _dossiers(
    scores: Scores,
    found: Predictions,
    raw: Floats,
    spread: RankSpread,
    sample: _Sample,
) -> tuple[CalibratedDossier, ...]:
    columns = (
        raw,
        found.mean + found.dossier,
        sample.errors()[0],
        ranks_of(raw),
        ranks_of(found.mean + found.dossier),
        spread.low,
        spread.high,
        spread.p_top,
    )
    rows = zip(scores.dossiers, *(column.tolist() for column in columns), strict=True)
    told = (CalibratedDossier(*row) for row in rows)
    return tuple(sorted(told, key=lambda one: (one.rank_calibrated, one.rank_raw)))


def _readers(
    scores: Scores, found: Predictions, sample: _Sample
) -> tuple[CalibratedReader, ...]:
    columns = ((0.0 - found.reader).tolist(), sample.errors()[1].tolist())
    told = map(CalibratedReader, scores.readers, *columns)
    return tuple(sorted(told, key=lambda one: -one.severity))
