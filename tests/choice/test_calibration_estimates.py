"""Variances and predictions, against definitions and a published table."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from terril.choice.calibration import Mark, Marks, calibrate
from terril.choice.calibration.algebra import Factor, Solution
from terril.choice.calibration.answer import predict
from terril.choice.calibration.components import STARTS, search
from terril.choice.calibration.marks import Scores, scores_of
from terril.choice.calibration.tables import Ratios, Table
from tests.choice.calibration_juries import drawn, marks

# Diameters (mm) of zones of inhibition: 24 plates, each with samples A to F. Davies
# and Goldsmith (eds), Statistical Methods in Research and Production, 1972, § 6.6.
PENICILLIN = """
27 23 26 23 23 21  27 23 26 23 23 21  25 21 25 24 24 20  26 23 25 23 23 20
25 22 26 22 23 20  24 22 25 23 22 19  24 20 23 21 22 19  26 22 26 24 24 21
24 21 24 22 22 20  24 21 24 23 22 19  26 23 26 24 24 21  25 22 26 24 24 20
26 24 26 24 25 22  26 23 26 23 23 20  26 23 25 24 24 22  25 22 25 23 23 20
25 21 24 23 23 20  25 22 24 23 23 19  24 21 23 21 21 19  26 23 26 24 24 21
25 21 24 22 22 18  25 22 25 22 22 20  24 21 24 22 24 19  24 21 24 22 21 18
"""


def dense(scores, ratios):
    """Return the deviance, the mean and both effects, by the definition."""
    ones = np.ones(scores.value.size)
    of_dossiers = np.eye(len(scores.dossiers))[scores.dossier]
    of_readers = np.eye(len(scores.readers))[scores.reader]
    dossier, reader = ratios
    covariance = np.eye(ones.size)
    covariance += dossier * of_dossiers @ of_dossiers.T
    covariance += reader * of_readers @ of_readers.T
    inverse = np.linalg.inv(covariance)
    information = ones @ inverse @ ones
    mean = ones @ inverse @ scores.value / information
    left = inverse @ (scores.value - mean)
    noise = (scores.value - mean) @ left / (ones.size - 1)
    deviance = (
        np.linalg.slogdet(covariance)[1]
        + np.log(information)
        + (ones.size - 1) * (np.log(noise) + 1)
    )
    return deviance, mean, dossier * of_dossiers.T @ left, reader * of_readers.T @ left


def solved(scores, ratios):
    table = Table.of(scores)
    turned = ratios if table.dossiers_are_long else ratios[::-1]
    return table, Solution.of(Factor.of(table, Ratios(*turned)))


RATIOS = [(0.0, 0.0), (0.0, 0.7), (1.3, 0.0), (0.4, 2.5), (30.0, 0.01)]


@pytest.mark.parametrize("ratios", RATIOS)
@pytest.mark.parametrize(("dossiers", "readers", "demand"), [(9, 4, 3), (4, 9, 5)])
def test_the_reduced_equations_are_those_of_the_definition(
    ratios, dossiers, readers, demand
):
    scores = scores_of(Marks.of(drawn(3, dossiers, readers, demand)))

    table, solution = solved(scores, ratios)

    deviance, mean, *effects = dense(scores, ratios)
    long, short = effects if table.dossiers_are_long else effects[::-1]
    free = scores.value.size - 1
    assert solution.deviance + 2 * free * np.log(table.scale) == pytest.approx(deviance)
    assert table.centre + table.scale * solution.mean == pytest.approx(mean)
    assert table.scale * solution.effects().long == pytest.approx(long)
    assert table.scale * solution.effects().short == pytest.approx(short)


@pytest.mark.parametrize("ratios", RATIOS)
def test_the_gradient_is_the_slope_of_the_deviance(ratios):
    scores = scores_of(Marks.of(drawn(5)))

    _, solution = solved(scores, ratios)

    step = 1e-5
    up = [solved(scores, (ratios[0] + step, ratios[1]))[1].deviance]
    up.append(solved(scores, (ratios[0], ratios[1] + step))[1].deviance)
    slope = (np.array(up) - solution.deviance) / step
    assert np.array(solution.gradient()) == pytest.approx(slope, rel=2e-3, abs=2e-3)


def test_sparse_full_and_uneven_tables_give_the_same_products():
    chance = np.random.default_rng(1)
    # 300 dossiers, 60 readers, one to three readings each: sparse and uneven.
    rows = [
        Mark(f"d{d}", f"r{r}", "overall", float(chance.normal()))
        for d in range(300)
        for r in chance.permutation(60)[: 1 + d % 3]
    ]
    table = Table.of(scores_of(Marks.of(rows)))
    weights = 1 / (1 + table.counts.long)

    product = table.gram(weights)

    full = table.incidence.toarray()
    assert product == pytest.approx(full.T @ (weights[:, np.newaxis] * full))
    assert [round(weights[row], 3) for row, _ in table.grams] == [0.5, 0.333, 0.25]


def test_products_are_made_anew_where_numbers_of_readings_are_many(monkeypatch):
    monkeypatch.setattr("terril.choice.calibration.tables.HELD", 0)
    sparse = Table.of(scores_of(Marks.of(drawn(2, 60, 50, 2))))
    full = Table.of(scores_of(Marks.of(drawn(2))))

    products = [table.gram(1 / table.counts.long) for table in (sparse, full)]

    assert sparse.grams == full.grams == ()
    assert (sparse.full is None, full.full is None) == (True, False)
    told = [sparse.incidence.toarray(), full.incidence.toarray()]
    for product, matrix, table in zip(products, told, (sparse, full), strict=True):
        weighted = matrix / table.counts.long[:, np.newaxis]
        assert product == pytest.approx(matrix.T @ weighted)


def test_penicillin_has_its_published_variances():
    diameters = [float(one) for one in PENICILLIN.split()]
    rows = [
        Mark(f"plate {place // 6:02}", "ABCDEF"[place % 6], "diameter", value)
        for place, value in enumerate(diameters)
    ]

    found = predict(scores_of(Marks.of(rows)))

    # As printed for lme4 by Bates (2010), Mixed-effects modelling with R, § 2.1.1.
    told = found.variance
    assert [told.dossier, told.reader, told.noise] == pytest.approx(
        [0.71691, 3.73092, 0.30242], rel=1e-4
    )
    assert found.mean == pytest.approx(22.9722, abs=1e-4)


def test_a_complete_table_has_the_variances_of_its_mean_squares():
    chance = np.random.default_rng(8)
    table = chance.normal(size=(7, 1)) + chance.normal(size=(1, 4))
    table = table + 0.5 * chance.normal(size=(7, 4))
    rows = [
        Mark(str(d), str(r), "overall", float(table[d, r]))
        for d in range(7)
        for r in range(4)
    ]

    told = predict(scores_of(Marks.of(rows))).variance

    # Henderson (1953): expected mean squares of two crossed factors.
    noise = table - table.mean(1, keepdims=True) - table.mean(0) + table.mean()
    within = (noise**2).sum() / (6 * 3)
    between_dossiers = 4 * table.mean(1).var(ddof=1)
    between_readers = 7 * table.mean(0).var(ddof=1)
    assert [told.dossier, told.reader, told.noise] == pytest.approx(
        [(between_dossiers - within) / 4, (between_readers - within) / 7, within],
        rel=1e-5,
    )


def test_readers_alike_put_their_variance_on_the_boundary():
    found = calibrate(
        marks("a x 5", "a y 5", "b x 3", "b y 4", "c x 2", "c y 1", "d x 4", "d y 4")
    )

    assert found.variance.reader == pytest.approx(0, abs=1e-9)
    assert [one.severity for one in found.readers] == pytest.approx([0, 0], abs=1e-9)
    assert [one.dossier for one in found.dossiers] == ["a", "d", "b", "c"]


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_no_point_around_is_better_than_the_optimum(seed):
    table = Table.of(scores_of(Marks.of(drawn(seed, 8, 4, 3))))

    best = search(table)

    chance = np.random.default_rng(seed)
    near = np.array(best.ratios) * np.exp(0.3 * chance.normal(size=(20, 2)))
    far = np.exp(4 * chance.normal(size=(20, 2)))
    others = [
        Solution.of(Factor.of(table, Ratios(*map(float, ratios)))).deviance
        for ratios in [*near, *far, (0.0, 0.0)]
    ]
    assert best.deviance <= min(others) + 1e-6


def test_every_start_is_counted_at_the_optimum_it_leads_to():
    table = Table.of(scores_of(Marks.of(drawn(1))))

    best = search(table)
    alone = [search(table, (start,)) for start in STARTS]

    assert best.starts == len(STARTS)
    assert [one.deviance for one in alone] == pytest.approx(
        [best.deviance] * len(STARTS), abs=1e-6
    )


def test_a_jury_with_two_optima_is_searched_from_several_starts():
    # Found among random juries: three starts end where the likelihood is lower.
    jury = marks(
        *("a v 5", "a w 2", "a x 9", "a y 4", "b y 5", "c v 1", "c w 2", "c x 10"),
        *("d y 5", "e y -5", "f v 1", "f y 7"),
    )
    table = Table.of(scores_of(jury))

    alone = [search(table, (start,)) for start in STARTS]
    best = search(table)

    deviances = [one.deviance for one in alone]
    assert max(deviances) - min(deviances) > 0.2
    assert best.deviance == pytest.approx(min(deviances))
    assert deviances.index(min(deviances)) == 3
    assert best.ratios.long == 0.0


def test_scores_without_a_reader_are_those_of_the_others():
    scores = scores_of(marks("a x 5", "a y 4", "b y 3", "c x 1", "d z 2"))

    others = scores.without(1)

    assert isinstance(others, Scores)
    assert (others.dossiers, others.readers) == (("a", "c", "d"), ("x", "z"))
    assert others.dossier.tolist() == [0, 1, 2]
    assert others.reader.tolist() == [0, 0, 1]
    assert others.value.tolist() == [5.0, 1.0, 2.0]
