"""Draws against integrals done the long way, and simulated juries."""

import numpy as np
import pytest

from benchmarks.calibration_designs import Jury
from benchmarks.calibration_simulation import share, simulate
from terril.choice.calibration import Marks, calibrate
from terril.choice.calibration.algebra import Factor, Solution, one_thread
from terril.choice.calibration.components import search
from terril.choice.calibration.marks import scores_of
from terril.choice.calibration.posterior import Node, draw_effects, grid
from terril.choice.calibration.tables import Ratios, Table
from tests.choice.calibration_juries import drawn, marks

# Every dossier has the same marks, given by different readers.
ALIKE = (
    *("a x 1", "a y 2", "a z 3", "b x 2", "b y 3", "b z 1"),
    *("c x 3", "c y 1", "c z 2"),
)


def gathered(table, nodes, count, seed=0):
    parts = list(draw_effects(table, nodes, count, seed))
    return [np.hstack([part[side] for part in parts]) for side in (0, 1)]


def test_draws_at_known_ratios_have_the_moments_of_the_definition():
    scores = scores_of(Marks.of(drawn(3, 7, 4, 3)))
    table, ratios = Table.of(scores), Ratios(0.8, 0.5)

    long, short = gathered(table, (Node(ratios, 1.0),), 40_000)

    of_dossiers = np.eye(7)[scores.dossier]
    of_readers = np.eye(4)[scores.reader]
    value = (scores.value - table.centre) / table.scale
    # The mean as an effect without prior; the noise then is inverse χ², mean 1/(n-3).
    design = np.hstack([np.ones((value.size, 1)), of_dossiers, of_readers])
    prior = np.diag([0.0, *[1 / 0.8] * 7, *[1 / 0.5] * 4])
    inverse = np.linalg.inv(design.T @ design + prior)
    mean = inverse @ design.T @ value
    left = value - design @ mean
    squares = left @ left + mean @ prior @ mean
    covariance = inverse * squares / (value.size - 3)
    drawn_all = np.vstack([long, short])
    assert drawn_all.mean(axis=1) == pytest.approx(mean[1:], abs=0.02)
    assert np.cov(drawn_all) == pytest.approx(covariance[1:, 1:], abs=0.02)


@pytest.mark.parametrize("size", [(12, 5, 3), (6, 3, 2), (5, 9, 4)])
def test_the_grid_weighs_ratios_as_a_fine_one_does(size):
    table = Table.of(scores_of(Marks.of(drawn(2, *size))))

    nodes = grid(table, search(table).ratios)

    # By hand: a fine grid over the standard deviations, in units of the noise.
    axis = np.expm1((np.arange(80) + 0.5) * 0.09)
    step = (axis + 1) * 0.09
    log = np.empty((80, 80))
    for row, long in enumerate(axis):
        for column, short in enumerate(axis):
            ratios = Ratios(float(long**2), float(short**2))
            prior = -np.log1p(long**2) - np.log1p(short**2)
            log[row, column] = (
                prior - Solution.of(Factor.of(table, ratios)).deviance / 2
            )
    weight = np.exp(log - log.max()) * np.outer(step, step)
    weight /= weight.sum()
    reliability = 1 / (1 + axis**-2)
    told = [weight.sum(axis=1) @ reliability, weight.sum(axis=0) @ reliability]
    found = [
        sum(node.weight * node.ratios[side] / (1 + node.ratios[side]) for node in nodes)
        for side in (0, 1)
    ]
    assert sum(node.weight for node in nodes) == pytest.approx(1)
    assert found == pytest.approx(told, abs=0.01)


def test_a_short_side_that_is_large_has_a_small_grid():
    table = Table.of(scores_of(Marks.of(drawn(2, 150, 120, 3))))

    with one_thread():
        assert len(grid(table, search(table).ratios)) == 13**2


def test_full_and_sparse_tables_draw_the_same(monkeypatch):
    scores = scores_of(Marks.of(drawn(2, 60, 50, 2)))
    node = Node(Ratios(0.8, 0.5), 1.0)

    sparse = gathered(Table.of(scores), (node,), 50)
    monkeypatch.setattr("terril.choice.calibration.tables.DENSE", 0)
    full = gathered(Table.of(scores), (node,), 50)

    assert sparse[0] == pytest.approx(full[0])
    assert sparse[1] == pytest.approx(full[1])


def test_a_variance_estimated_at_zero_is_not_known_to_be_zero():
    table = Table.of(scores_of(marks(*ALIKE)))
    best = search(table).ratios

    plugged = gathered(table, (Node(best, 1.0),), 2_000)
    whole = gathered(table, grid(table, best), 2_000)

    assert table.dossiers_are_long
    assert plugged[0].std() == pytest.approx(0, abs=1e-6)
    assert whole[0].std() > 0.2


def test_uncertain_components_widen_what_is_known_of_readers():
    table = Table.of(scores_of(Marks.of(drawn(5, 9, 3, 3))))
    best = search(table).ratios

    plugged = gathered(table, (Node(best, 1.0),), 10_000)
    whole = gathered(table, grid(table, best), 10_000)

    assert whole[1].std(axis=1).mean() > 1.05 * plugged[1].std(axis=1).mean()


def test_thousands_of_dossiers_have_fewer_draws(monkeypatch):
    monkeypatch.setattr("terril.choice.calibration.answer.CELLS", 9_000)
    monkeypatch.setattr("terril.choice.calibration.ranks.BLOCK", 3_000)

    found = calibrate(Marks.of(drawn(2)), top=4)

    assert found.draws == 750
    assert sum(one.p_top for one in found.dossiers) == pytest.approx(4)


def test_a_search_from_the_boundary_still_has_a_posterior():
    found = calibrate(
        marks("a x 5", "a y 5", "b x 3", "b y 4", "c x 2", "c y 1", "d x 4", "d y 4")
    )

    assert all(one.error > 0 for one in found.readers)


def test_shares_are_even_where_rankings_tie():
    truth = np.array([1, 2, 3, 4])

    assert share(np.array([9.0, 8.0, 1.0, 0.0]), truth, 2) == 1.0
    assert share(np.array([1.0, 1.0, 1.0, 1.0]), truth, 2) == 0.5
    assert share(np.array([9.0, 1.0, 1.0, 0.0]), truth, 2) == 0.75


@pytest.mark.parametrize("design", ["balanced", "assortative"])
def test_intervals_hold_what_they_say_and_nothing_is_lost(design):
    alike = simulate(Jury(40, 10, 3, 0.0, design), 16)
    severe = simulate(Jury(40, 10, 3, 1.0, design), 16)

    coverage = np.mean([one.coverage for one in alike + severe])
    gain = np.array([one.found[2] - one.found[0] for one in alike])
    assert 0.88 <= coverage <= 0.95
    assert gain.mean() > -2 * gain.std() / 4 - 1e-9


def test_calibration_finds_more_of_the_best_when_readers_differ():
    outcomes = simulate(Jury(40, 10, 3, 1.5, "balanced"), 16)

    raw, _, calibrated = np.mean([one.found for one in outcomes], axis=0)
    assert calibrated > raw + 0.03
