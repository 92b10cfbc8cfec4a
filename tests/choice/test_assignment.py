"""Assignments against every other assignment, and what they say of themselves."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.optimize import linprog

from terril.choice.assignment import (
    Dossier,
    Instance,
    Reader,
    assign,
    assigning,
    crossing,
    levels,
)
from terril.choice.assignment.problem import problem_of
from tests.choice.brute import brute_force, key_of, keys
from tests.choice.strategies import juries


def jury(fit, demand=1, *, most=9, least=0, **more):
    """Return an instance whose dossiers are alike, and whose readers are."""
    fit = np.array(fit, dtype=np.float64)
    dossiers = tuple(Dossier(f"D{d}", demand) for d in range(len(fit)))
    readers = tuple(Reader(f"E{r}", least, most) for r in range(fit.shape[1]))
    return Instance(dossiers, readers, fit, **more)


def random_jury(n, m, *, demand=3, seed=0, slack=1.2, levels=None, two=1):
    """Return a larger instance, with conflicts and disciplines."""
    draw = np.random.default_rng(seed)
    fit = draw.random((n, m)) if levels is None else draw.integers(levels, size=(n, m))
    names = [f"k{place}" for place in range(6)]
    most = int(np.ceil(n * demand / m * slack))

    def some():
        return tuple(names[place] for place in draw.choice(6, two, replace=False))

    return Instance(
        tuple(Dossier(d, demand, some()) for d in range(n)),
        tuple(Reader(r, most // 2, most, some()) for r in range(m)),
        fit.astype(np.float64),
        conflicts=np.argwhere(draw.random((n, m)) < 0.05),
    )


def pairs_of(found):
    return [tuple(one) for one in found.pairs.tolist()]


@settings(max_examples=150, deadline=None)
@given(juries())
def test_assign_is_the_best_of_all_assignments(instance):
    # What was announced comes before even loads, which nobody counts here.
    found = assign(instance)

    key, best = key_of(instance, found), brute_force(instance)
    assert key[:6] == best[:6]
    assert key in set(keys(instance))
    assert found.gap <= 1e-6
    assert found.min_dossier_bound == pytest.approx(found.min_dossier_fit, abs=1e-6)
    assert -found.min_dossier_fit == pytest.approx(best[5], abs=1e-6)
    assert bool(found.unmet) >= bool(sum(key[:4]))


@settings(max_examples=100, deadline=None)
@given(juries())
def test_assign_evens_loads_when_nothing_was_announced(instance):
    instance = Instance(**{**vars(instance), "previous": instance.previous[:0]})

    found = assign(instance)

    assert key_of(instance, found) == brute_force(instance)


@settings(max_examples=60, deadline=None)
@given(juries(), st.randoms(use_true_random=False))
def test_assign_follows_permuted_inputs_up_to_ties(instance, chance):
    rows = chance.sample(range(len(instance.dossiers)), len(instance.dossiers))
    columns = chance.sample(range(len(instance.readers)), len(instance.readers))
    row = np.argsort(rows).astype(np.int64)
    column = np.argsort(columns).astype(np.int64)

    def moved(pairs, first):
        return np.stack([first[pairs[:, 0]], column[pairs[:, 1]]], axis=1)

    turned = Instance(
        tuple(instance.dossiers[place] for place in rows),
        tuple(instance.readers[place] for place in columns),
        instance.fit[np.ix_(rows, columns)].reshape(instance.fit.shape),
        conflicts=moved(instance.conflicts, row),
        apart=moved(instance.apart, column),
        fixed=moved(instance.fixed, row),
        seed=instance.seed,
    )
    plain = Instance(**{**vars(instance), "previous": instance.previous[:0]})

    assert key_of(turned, assign(turned)) == key_of(plain, assign(plain))


@settings(max_examples=60, deadline=None)
@given(juries(), st.integers(0, 3))
def test_assign_again_after_a_withdrawal_keeps_what_was_begun(instance, gone):
    first = assign(instance)
    begun = first.pairs[first.pairs[:, 1] != gone][::2]
    again = Instance(
        instance.dossiers,
        tuple(
            Reader(one.id, 0, 0 if place == gone else one.upper, one.disciplines)
            for place, one in enumerate(instance.readers)
        ),
        instance.fit,
        conflicts=instance.conflicts,
        fixed=begun,
        previous=first.pairs,
        seed=instance.seed,
    )

    second = assign(again)

    assert set(map(tuple, begun.tolist())) <= set(pairs_of(second))
    assert gone not in second.pairs[:, 1]
    assert pairs_of(assign(again)) == pairs_of(second)


def test_assign_keeps_what_was_announced_when_it_costs_nothing():
    fit = np.ones((6, 6))
    first = assign(jury(fit, 2, most=2, seed=1))

    again = assign(jury(fit, 2, most=2, seed=2, previous=first.pairs))

    assert pairs_of(again) == pairs_of(first)


def test_assign_draws_among_equals_by_its_seed():
    fit = np.ones((6, 6))

    drawn = [pairs_of(assign(jury(fit, 2, most=2, seed=seed))) for seed in (1, 1, 2)]

    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


def test_assign_evens_the_loads_of_readers_alike():
    found = assign(jury(np.ones((10, 4)), 2, most=9))

    assert found.loads.tolist() == [5, 5, 5, 5]


def test_assign_raises_the_worst_off_dossier_among_equals():
    # Both ways give 12 in all; one of them leaves D1 with 2, the other with 5.
    fit = [[7, 4], [8, 5]]

    found = assign(jury(fit, most=1))

    assert found.objective == 12
    assert found.min_dossier_fit == 5


def test_assign_gives_a_dual_certificate():
    instance = random_jury(30, 10, two=1)
    plain = Instance(
        tuple(Dossier(one.id, one.demand) for one in instance.dossiers),
        tuple(Reader(one.id, 0, one.upper) for one in instance.readers),
        instance.fit,
    )

    found = assign(plain)

    over = plain.fit - found.dossier_prices[:, None] - found.reader_prices
    proven = (
        3 * found.dossier_prices.sum()
        + (np.maximum(found.reader_prices, 0) * 11).sum()
        + np.maximum(over, 0).sum()
    )
    assert proven == pytest.approx(found.objective, abs=1e-6)


@pytest.mark.parametrize("levels", [None, 4, 1])
def test_assign_prices_pairs_until_the_bound_of_the_linear_programme(levels):
    instance = random_jury(220, 50, levels=levels)

    found = assign(instance)

    assert found.unmet == ()
    assert found.objective == pytest.approx(linear_optimum(instance), abs=1e-6)
    assert found.gap <= 1e-6
    assert found.method == "flow"


def linear_optimum(instance):
    """Return the optimum of the linear programme, written without a network."""
    n, m = instance.fit.shape
    cells = np.arange(n * m).reshape(n, m)
    high = np.ones((n, m))
    high[tuple(instance.conflicts.T)] = 0
    equal = np.zeros((n, n * m))
    for d in range(n):
        equal[d, cells[d]] = 1
    below, most = [], []
    for r, reader in enumerate(instance.readers):
        row = np.zeros(n * m)
        row[cells[:, r]] = 1
        below += [row, -row]
        most += [reader.upper, -reader.lower]
    for d, dossier in enumerate(instance.dossiers):
        row = np.zeros(n * m)
        able = [
            set(one.disciplines) & set(dossier.disciplines) for one in instance.readers
        ]
        row[cells[d][[bool(one) for one in able]]] = -1
        below.append(row)
        most.append(-1)
    found = linprog(
        -instance.fit.ravel(),
        A_ub=np.array(below),
        b_ub=most,
        A_eq=equal,
        b_eq=[one.demand for one in instance.dossiers],
        bounds=np.stack([np.zeros(n * m), high.ravel()], axis=1),
        method="highs",
    )
    return -found.fun


def test_assign_covers_as_much_as_it_can_when_pairs_are_priced():
    found = assign(random_jury(300, 60, slack=0.9))

    assert len(found.pairs) == 60 * 14
    assert {one.constraint for one in found.unmet} == {"max"}
    assert found.gap <= 1e-6


def test_assign_with_readers_of_two_disciplines_is_a_programme_with_its_proof():
    found = assign(random_jury(40, 12, two=2))

    assert found.method == "programme"
    assert found.gap <= 1e-6


def test_assign_calls_for_the_pairs_it_left_out(monkeypatch):
    instance = random_jury(220, 50, slack=1.0)
    # Everybody is wanted for the same reasons: the first pairs cannot be enough.
    draw = np.random.default_rng(0)
    fit = draw.random((220, 3)) ** 3 @ draw.random((3, 50))
    wanted = Instance(**{**vars(instance), "fit": fit})
    monkeypatch.setattr(levels, "WIDTH", 4)

    found = assign(wanted)

    assert found.objective == pytest.approx(linear_optimum(wanted), abs=1e-6)
    assert found.gap <= 1e-6


def test_assign_draws_equals_when_they_are_too_many(monkeypatch):
    monkeypatch.setattr(levels, "TIES", 500)
    monkeypatch.setattr(levels, "WIDTH", 4)

    found = assign(random_jury(220, 50, levels=1))

    assert found.unmet == ()
    assert found.gap == 0


def test_assign_does_with_fewer_bits_when_costs_are_too_large(monkeypatch):
    monkeypatch.setattr(levels, "BITS", 60)

    found = assign(random_jury(20, 12, slack=1.5))

    assert found.gap <= 1e-6


def test_assign_says_that_costs_are_too_large(monkeypatch):
    monkeypatch.setattr(levels, "BITS", 61)
    monkeypatch.setattr(levels, "FEWEST", 60)

    with pytest.raises(levels.Unsolved, match="BAD_COST_RANGE"):
        assign(random_jury(20, 12, slack=1.5))


def test_assign_looks_at_readers_apart_once_they_meet(monkeypatch):
    monkeypatch.setattr(assigning, "NODES", 0)
    fit = [[9, 9, 1, 1], [9, 1, 9, 1], [1, 1, 9, 9]]
    apart = np.array([[0, 1], [1, 2]])

    lazily = assign(jury(fit, 2, apart=apart))
    monkeypatch.undo()

    assert lazily.objective == assign(jury(fit, 2, apart=apart)).objective == 46


def test_assign_with_rules_that_cross_has_a_bound_over_all_pairs(monkeypatch):
    instance = random_jury(40, 16, two=2)
    exact = assign(instance)
    monkeypatch.setattr(assigning, "PAIRS", 0)

    found = assign(instance)

    assert found.unmet == exact.unmet == ()
    assert found.objective <= exact.objective + 1e-9
    assert exact.objective <= found.bound + 1e-9
    assert found.gap <= 1e-6


def test_assign_short_of_readers_with_rules_that_cross(monkeypatch):
    instance = random_jury(12, 6, two=2, slack=0.8, seed=1)
    exact = assign(instance)
    monkeypatch.setattr(assigning, "PAIRS", 0)
    monkeypatch.setattr(crossing, "FEW", 0)

    found = assign(instance)

    assert found.method == exact.method == "programme"
    assert len(found.pairs) == len(exact.pairs)
    assert found.objective <= exact.objective + 1e-9 <= found.bound + 2e-9


def test_a_programme_without_any_answer_says_so():
    instance = random_jury(6, 4, two=2)

    with pytest.raises(crossing.Unsolved, match="No assignment was found"):
        crossing._best(problem_of(instance), None, [], np.ones(6))


def test_what_was_found_is_frozen():
    found = assign(jury([[1, 2]]))

    with pytest.raises(ValueError, match="read-only"):
        found.pairs[0] = 0
