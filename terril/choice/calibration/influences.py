"""What the ranking owes to each reader."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from terril.choice.calibration.answer import Predictions, predict
from terril.choice.calibration.components import STARTS
from terril.choice.calibration.errors import CalibrationRefused
from terril.choice.calibration.marks import Codes, Marks, Scores, scores_of
from terril.choice.calibration.overlap import check_overlap
from terril.choice.calibration.ranks import ranks_of


@dataclass(frozen=True)
class Influence:
    """The calibrated ranking as if a reader had not sat.

    `ranks` holds a pair (dossier, rank) for each dossier, in the order of names; the
    rank is None for a dossier that nobody else read. `moved` is the largest move of
    a dossier; `enter` and `leave` name those that enter the first `top`, or leave
    them. Where the others cannot be compared, `refused` says why and the rest is
    empty.
    """

    reader: str
    ranks: tuple[tuple[str, int | None], ...]
    moved: int
    enter: tuple[str, ...]
    leave: tuple[str, ...]
    refused: str | None


def influence(
    marks: Marks, *, top: int = 1, weights: Mapping[str, float] | None = None
) -> tuple[Influence, ...]:
    """Return, for each reader, the calibrated ranks without their marks.

    Everything is estimated anew without the reader, variances too, so the answer is
    that of `calibrate` on the marks of the others. Moves compare the dossiers that
    are in both rankings, ranked among themselves.

    Raises `CalibrationRefused` when all the marks together cannot be compared.

    Source: Cook and Weisberg (1982), for judging by what leaving out changes.
    """
    scores = scores_of(marks, weights)
    check_overlap(scores)
    whole = predict(scores)
    return tuple(
        _without(scores, whole, reader, top) for reader in range(len(scores.readers))
    )


def _without(scores: Scores, whole: Predictions, reader: int, top: int) -> Influence:
    name = scores.readers[reader]
    others = scores.without(reader)
    try:
        check_overlap(others)
    except CalibrationRefused as refusal:
        return Influence(name, (), 0, (), (), refusal.reason)
    ratios, readings = whole.solution.factor.ratios, whole.table.readings
    near = (ratios.long * readings.long, ratios.short * readings.short)
    after = _ranks(predict(others, (near, STARTS[0])))
    present = np.isin(scores.dossiers, others.dossiers)
    before = _ranks(whole)
    ranks: dict[str, int | None] = dict.fromkeys(scores.dossiers)
    ranks.update(zip(others.dossiers, after.tolist(), strict=True))
    moves = np.abs(after - ranks_of(whole.mean + whole.dossier[present]))
    first = {
        name for name, rank in zip(scores.dossiers, before, strict=True) if rank <= top
    }
    then = {name for name, rank in ranks.items() if rank is not None and rank <= top}
    return Influence(
        name,
        tuple(ranks.items()),
        int(moves.max()),
        tuple(sorted(then - first)),
        tuple(sorted(first - then)),
        None,
    )


def _ranks(found: Predictions) -> Codes:
    return ranks_of(found.mean + found.dossier)
