"""Dossiers given to readers by their quality are suspected, others are not."""

import json

import numpy as np
import pytest

from benchmarks.calibration_designs import Jury
from benchmarks.calibration_simulation import simulate
from terril.choice.calibration import Mark, Marks, calibrate
from terril.choice.calibration.answer import predict
from terril.choice.calibration.marks import scores_of
from terril.choice.calibration.posterior import _drawn_together, draw_effects
from terril.choice.calibration.sorting import (
    CAUTION,
    LIMIT,
    Within,
    sorted_readings,
)
from terril.choice.calibration.words import main
from tests.choice.calibration_juries import EXACT, drawn


def sorted_jury():
    """Return marks of readers all alike, each given dossiers as good as each other."""
    chance = np.random.default_rng(0)
    worth = np.sort(chance.normal(size=48))
    return [
        Mark(
            f"d{d:02}", f"r{r:02}", "overall", float(5 + 2 * worth[d] + chance.normal())
        )
        for d in range(48)
        for r in {d // 4, (d // 4 + 1) % 12, (d + 2) // 4 % 12}
    ]


def test_dossiers_given_by_their_quality_are_suspected():
    found = calibrate(Marks.of(sorted_jury()))

    assert found.caution == CAUTION
    # Readers are alike: inside dossiers nothing is seen, and the raw ranking stays.
    assert [one.severity for one in found.readers] == [0.0] * 12
    assert [one.rank_calibrated for one in found.dossiers] == [
        one.rank_raw for one in found.dossiers
    ]
    assert [one.calibrated for one in found.dossiers] == pytest.approx(
        [one.raw for one in found.dossiers], abs=1e-4
    )
    assert found.variance.reader == 0.0
    assert sum(one.p_top for one in found.dossiers) == pytest.approx(1)


def against(found):
    return Within(found.table).contradiction(found.solution)


def test_a_jury_sorted_by_quality_loses_nothing_by_calibration():
    outcomes = simulate(Jury(60, 12, 3, 0.0, "adverse"), 12)
    severe = simulate(Jury(60, 12, 3, 1.5, "adverse"), 12)

    raw, _, calibrated = np.mean([one.found for one in outcomes], axis=0)
    severe_raw, _, seen_through = np.mean([one.found for one in severe], axis=0)
    assert calibrated >= raw - 0.03
    assert seen_through > severe_raw


def test_draws_inside_dossiers_are_about_their_means():
    table = predict(scores_of(Marks.of(sorted_jury()))).table
    within = Within(table)

    parts = list(draw_effects(table, within.nodes(), 4000, 0))

    drawn_all = np.hstack([part.long for part in parts])
    apart = drawn_all - drawn_all.mean(axis=0)
    means = table.sums.long[:, 1] / table.counts.long
    noise = within.squares / (within.free - 2)
    slope = np.polyfit(means - means.mean(), apart.mean(axis=1), 1)[0]
    assert np.corrcoef(means, apart.mean(axis=1))[0, 1] > 0.999
    assert 0.8 < slope < 0.95  # drawn a little together, as their population is
    # Three scores each, and readers of whom little is known.
    assert noise / 3 < apart.var(axis=1).mean() < 2 * noise / 3
    assert sum(node.weight for node in within.nodes()) == pytest.approx(1)


def test_a_side_drawn_as_a_population_has_its_spread():
    chance = np.random.default_rng(0)
    error = np.full((400, 50), 0.5)
    seen = chance.normal(size=(400, 1)) + np.sqrt(0.5) * chance.normal(size=(400, 50))

    found = _drawn_together(seen, error, chance.normal(size=(400, 50)))
    equal = _drawn_together(np.zeros((9, 50)), error[:9], chance.normal(size=(9, 50)))

    assert found.var(axis=0, ddof=1).mean() == pytest.approx(1, abs=0.1)
    assert np.unique(equal.argmax(axis=0)).size > 5


@pytest.mark.parametrize("design", ["balanced", "assortative"])
@pytest.mark.parametrize("severity", [0.0, 1.0])
def test_readers_drawn_at_random_or_by_theme_are_not(design, severity):
    juries = [Jury(40, 10, 3, severity, design).held(seed)[0] for seed in range(12)]

    found = [against(predict(jury)) for jury in juries]

    assert min(found) > -0.01
    assert max(found) < LIMIT / 2


def test_the_least_is_that_of_differences_inside_dossiers():
    scores = scores_of(Marks.of(drawn(3, 9, 4, 3)))
    solution = predict(scores).solution

    told = Within(solution.factor.table).contradiction(solution)

    # By the definition: an orthonormal basis of what no dossier effect reaches.
    dossiers = np.eye(9)[scores.dossier]
    basis = np.linalg.svd(dossiers)[0][:, 9:]
    readers = basis.T @ np.eye(4)[scores.reader]
    left = basis.T @ ((scores.value - scores.value.mean()) / scores.value.std())

    def deviance(ratio, noise=None):
        covariance = np.eye(left.size) + ratio * readers @ readers.T
        squares = left @ np.linalg.solve(covariance, left)
        noise = squares / left.size if noise is None else noise
        spread = np.linalg.slogdet(covariance)[1]
        return left.size * np.log(noise) + spread + squares / noise

    least = min(deviance(ratio) for ratio in [0.0, *np.geomspace(1e-4, 1e4, 2000)])
    at_all = deviance(solution.factor.ratios.short, solution.noise)
    assert told == pytest.approx(at_all - least, abs=1e-3)


def test_nothing_is_said_of_many_voters_on_few_projects(monkeypatch):
    voters = predict(scores_of(Marks.of(drawn(1, 5, 9, 4)))).solution
    exact = predict(scores_of(Marks.of(EXACT))).solution
    assert (sorted_readings(voters), sorted_readings(exact)) == (None, None)

    monkeypatch.setattr("terril.choice.calibration.sorting.LARGEST", 5)
    assert calibrate(Marks.of(sorted_jury())).caution is None


def test_the_word_says_its_caution(tmp_path, capsys):
    rows = [",".join(map(str, one)) for one in sorted_jury()]
    path = tmp_path / "marks.csv"
    path.write_text("\n".join(["dossier,reader,criterion,mark", *rows]))

    statuses = main([str(path), "--json"]), main([str(path)])

    told, table = capsys.readouterr().out.split("\n", 1)
    assert statuses == (0, 0)
    assert json.loads(told)["caution"] == CAUTION
    assert table.endswith(f"\n\nCaution. {CAUTION}\n")
