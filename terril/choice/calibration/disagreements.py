"""Where readers disagree more than chance would have it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc

from terril.choice.calibration.errors import CalibrationRefused
from terril.choice.calibration.marks import Codes, Floats, Marks, Scores, scores_of
from terril.choice.calibration.overlap import LARGEST, check_overlap

NOTABLE = 0.05  # after Holm's correction
NIL = 1e-9  # an eigenvalue of a projection is 0 or well above


@dataclass(frozen=True)
class Disagreement:
    """How far apart the readers of a dossier are, severity set aside.

    `low` and `high` are the ends of the scores as given; `spread` the standard
    deviation of the scores once severity is taken off (0 for one reader). `p` is
    None where the test says nothing: one reader, or no other dossier to compare with.
    """

    dossier: str
    readers: int
    low: float
    high: float
    spread: float
    p: float | None
    p_adjusted: float | None

    @property
    def is_notable(self) -> bool:
        """Tell whether chance is a poor reason, all dossiers being looked at."""
        return self.p_adjusted is not None and self.p_adjusted <= NOTABLE


def disagreement(
    marks: Marks, *, weights: Mapping[str, float] | None = None
) -> tuple[Disagreement, ...]:
    """Test, dossier by dossier, whether its readers agree as they do elsewhere.

    Effects of dossiers and readers are fitted by least squares with all the scores,
    then without those of the dossier; the fall of the residual sum of squares, by its
    degrees of freedom, over what remains, by its own, is F-distributed when the noise
    is normal and the same everywhere. Large is disagreement. Many dossiers are looked
    at, so `p_adjusted` is corrected over all those tested (Holm, 1979).

    Returns one per dossier in the order of names; values in the unit of the marks,
    `weights` being those of the criteria.
    Raises `CalibrationRefused` when the marks cannot be compared, or when there are
    too many readers for the square of their number.

    Sources: Cook and Weisberg (1982) for deletion of several cases; Chow (1960) for
    the test of added observations; Holm (1979).
    """
    scores = scores_of(marks, weights)
    check_overlap(scores)
    if len(scores.readers) > LARGEST:
        raise CalibrationRefused(
            f"More than {LARGEST} readers: disagreement is not tested."
        )
    fit = _Fit(scores)
    tests = [fit.test(code) for code in range(len(scores.dossiers))]
    adjusted = _holm([p for _, p in tests])
    return tuple(
        _told(scores, fit.blocks[code], code, tests[code], adjusted[code])
        for code in range(len(scores.dossiers))
    )


def _told(
    scores: Scores,
    block: Codes,
    code: int,
    test: tuple[float, float | None],
    adjusted: float | None,
) -> Disagreement:
    values = scores.value[block]
    return Disagreement(
        scores.dossiers[code],
        int(values.size),
        float(values.min()),
        float(values.max()),
        test[0],
        test[1],
        adjusted,
    )


class _Fit:
    """The least squares of dossiers and readers, and the residuals by dossier."""

    def __init__(self, scores: Scores) -> None:
        self.reader = scores.reader
        marked = np.bincount(scores.dossier)
        self.blocks = np.split(
            np.argsort(scores.dossier, kind="stable"), np.cumsum(marked)[:-1]
        )
        count = len(scores.readers)
        # Readers once dossiers are eliminated; ones are added, for only differences
        # between readers can be known.
        system = np.full((count, count), 1 / count)
        system[np.diag_indices(count)] += np.bincount(scores.reader, minlength=count)
        for block in self.blocks:
            by = scores.reader[block]
            system[np.ix_(by, by)] -= 1 / by.size
        self.inverse = np.linalg.inv(system)
        centred = self._centred(scores.value)
        effects = self.inverse @ np.bincount(scores.reader, centred, count)
        self.fair = scores.value - effects[scores.reader]
        self.residual = self._centred(self.fair)
        self.squares = float(self.residual @ self.residual)
        self.free = scores.value.size - marked.size - count + 1
        self.whole = float(np.ptp(scores.value)) ** 2

    def _centred(self, values: Floats) -> Floats:
        out = np.empty(values.size)
        for block in self.blocks:
            out[block] = values[block] - values[block].mean()
        return out

    def test(self, code: int) -> tuple[float, float | None]:
        """Return the spread of a dossier and its p-value."""
        block = self.blocks[code]
        by, size = self.reader[block], block.size
        spread = float(self.fair[block].std(ddof=1)) if size > 1 else 0.0
        centring = np.eye(size) - 1 / size
        left = centring - centring @ self.inverse[np.ix_(by, by)] @ centring
        values, vectors = np.linalg.eigh(left)
        kept = values > NIL
        along = vectors[:, kept].T @ self.residual[block]
        fall, free = float((along**2 / values[kept]).sum()), int(kept.sum())
        rest, others = self.squares - fall, self.free - free
        if not free or others < 1 or rest <= NIL * self.whole:
            return spread, None
        return spread, float(fdtrc(free, others, fall / free / (rest / others)))


def _holm(chances: list[float | None]) -> list[float | None]:
    """Return p-values that hold for all of them at once (Holm, 1979)."""
    told = sorted((p, place) for place, p in enumerate(chances) if p is not None)
    adjusted: list[float | None] = [None] * len(chances)
    highest = 0.0
    for rank, (p, place) in enumerate(told):
        highest = max(highest, min(1.0, p * (len(told) - rank)))
        adjusted[place] = highest
    return adjusted
