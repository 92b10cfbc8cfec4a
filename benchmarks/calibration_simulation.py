"""Who finds the best dossiers: raw means, z-scores, calibrated; and are we honest."""

from dataclasses import dataclass

import numpy as np

from benchmarks.calibration_designs import DESIGNS, SEVERITIES, Jury
from terril.choice.calibration.algebra import one_thread
from terril.choice.calibration.answer import predict
from terril.choice.calibration.errors import CalibrationRefused
from terril.choice.calibration.marks import Floats, Scores
from terril.choice.calibration.overlap import check_overlap
from terril.choice.calibration.posterior import draw_effects
from terril.choice.calibration.ranks import drawn_ranks, rank_spread, ranks_of

DRAWS = 1000
SIZES = ((20, 6, 3), (60, 12, 3), (200, 30, 3))
SHARE = 5  # the first fifth is what one looks for
METHODS = ("raw", "z-score", "calibrated")


@dataclass(frozen=True)
class Outcome:
    """What one simulated jury gave: shares of the first found, coverage, width."""

    found: tuple[float, float, float]
    coverage: float
    width: float


def simulate(jury: Jury, runs: int, seed: int = 0) -> list[Outcome]:
    """Hold so many juries; those that would be refused are held again."""
    outcomes: list[Outcome] = []
    while len(outcomes) < runs:
        seed += 1
        scores, worth = jury.held(seed)
        try:
            check_overlap(scores)
        except CalibrationRefused:
            continue
        with one_thread():
            outcomes.append(outcome(scores, worth, seed))
    return outcomes


def outcome(scores: Scores, worth: Floats, seed: int) -> Outcome:
    """Return how well each method finds the first, and whether intervals hold."""
    predictions = predict(scores)
    table = predictions.table
    effects = draw_effects(table, predictions.nodes(), DRAWS, seed)
    dossiers = (one.long if table.dossiers_are_long else one.short for one in effects)
    ranks = drawn_ranks(dossiers, worth.size, DRAWS)
    top, truth = worth.size // SHARE, ranks_of(worth)
    spread = rank_spread(ranks, ranks_of(predictions.mean + predictions.dossier), top)
    held = (spread.low <= truth) & (truth <= spread.high)
    rankings = (raw(scores), standardised(scores), predictions.dossier)
    return Outcome(
        tuple(share(ranking, truth, top) for ranking in rankings),
        float(held.mean()),
        float((spread.high - spread.low).mean()),
    )


def raw(scores: Scores) -> Floats:
    return np.bincount(scores.dossier, scores.value) / np.bincount(scores.dossier)


def standardised(scores: Scores) -> Floats:
    """Return the mean of marks brought to each reader's mean and deviation."""
    count = np.bincount(scores.reader)
    mean = np.bincount(scores.reader, scores.value) / count
    apart = scores.value - mean[scores.reader]
    spread = np.sqrt(np.bincount(scores.reader, apart**2) / np.maximum(count - 1, 1))
    z = apart / np.maximum(spread, 1e-12)[scores.reader]
    return np.bincount(scores.dossier, z) / np.bincount(scores.dossier)


def share(ranking: Floats, truth: Floats, top: int) -> float:
    """Return the share of the true first that a ranking finds; ties share places."""
    ranks = ranks_of(ranking)
    last = np.sort(ranks)[top - 1]
    sure, tied = ranks < last, ranks == last
    luck = (top - sure.sum()) / tied.sum()
    chance = np.where(sure, 1.0, np.where(tied, luck, 0.0))
    return float(chance[truth <= top].sum() / top)


def table_of(runs: int) -> bool:
    """Print the table of all designs; return whether all bars are held."""
    print(
        f"\nshare of the true first fifth found (standard errors), {runs} juries each"
    )
    heads = "".join(f"{name:>16}" for name in METHODS)
    print(f"{'jury':12}{'design':13}{'severity':10}{heads}{'− raw':>17}{'cover':>7}")
    kept = True
    for size in SIZES:
        for design in DESIGNS:
            for name, severity in SEVERITIES.items():
                outcomes = simulate(Jury(*size, severity, design), runs)
                print(f"{'×'.join(map(str, size)):12}{design:13}{name:10}", end="")
                is_well = _line(outcomes, is_alike=severity == 0)
                # What the method supposes nobody does is shown, and not held to it.
                kept &= is_well or design == "adverse"
    return kept


def _line(outcomes: list[Outcome], *, is_alike: bool) -> bool:
    found = np.array([one.found for one in outcomes])
    error = np.sqrt(len(outcomes))
    gain = found[:, 2] - found[:, 0]
    lost = gain.mean() + 2 * gain.std(ddof=1) / error
    coverage = np.mean([one.coverage for one in outcomes])
    cells = [
        f"{column.mean():.3f} ({column.std(ddof=1) / error:.3f})" for column in found.T
    ]
    cells.append(f"{gain.mean():+.4f} ({gain.std(ddof=1) / error:.4f})")
    print("".join(f"{cell:>16}" for cell in cells[:3]), end="")
    is_well = 0.88 <= coverage <= 0.95 and not (is_alike and lost < 0)
    verdict = "" if is_well else "  out of bounds"
    print(f"{cells[3]:>17}{coverage:7.3f}{verdict}", flush=True)
    return is_well
