"""Committees linked by shared readers, and what that costs."""

import numpy as np
import pytest

from terril.choice.assignment import Dossier, Instance, Reader, assign


def two_committees(within=1.0, **more):
    """Return four dossiers and four readers, who fit best in two separate halves."""
    fit = np.full((4, 4), 1.0)
    fit[:2, :2] = fit[2:, 2:] = within
    return Instance(
        tuple(Dossier(f"D{d}", 2) for d in range(4)),
        tuple(Reader(f"E{r}", 0, 2) for r in range(4)),
        fit,
        **more,
    )


@pytest.mark.parametrize("seed", range(8))
def test_committees_are_linked_when_it_costs_nothing(seed):
    found = assign(two_committees(seed=seed))

    assert vars(found.linking) == {"pieces": 1, "cost": 0.0, "one_piece": 0.0}


def test_what_one_piece_would_cost_is_said():
    found = assign(two_committees(1.25))

    assert vars(found.linking) == {"pieces": 2, "cost": 0.0, "one_piece": 0.5}
    assert found.objective == 10


def test_committees_are_linked_at_a_cost_when_it_is_asked():
    found = assign(two_committees(1.25), is_linked=True)

    assert found.linking.pieces == 1
    assert found.linking.cost == 0.5
    assert found.objective == 9.5
    assert found.bound == 10
    assert found.loads.tolist() == [2, 2, 2, 2]


def test_linking_keeps_begun_readings_and_conflicts():
    halves = [(d, r) for d in range(4) for r in range(4) if (d < 2) == (r < 2)]
    others = [(d, r) for d in range(4) for r in range(4) if (d < 2) != (r < 2)]
    begun = assign(two_committees(1.25, fixed=np.array(halves)))
    barred = assign(two_committees(1.25, conflicts=np.array(others)), is_linked=True)

    assert begun.linking.pieces == 2
    assert begun.linking.one_piece is None
    assert barred.linking.pieces == 2
    assert barred.objective == 10


def test_linking_keeps_readers_apart_and_disciplines():
    fit = two_committees(1.25).fit
    law = [("law",), (), ("law",), ()]
    instance = Instance(
        tuple(Dossier(f"D{d}", 2, ("law",)) for d in range(4)),
        tuple(Reader(f"E{r}", 0, 2, law[r]) for r in range(4)),
        fit,
        apart=np.array([[0, 3]]),
    )

    found = assign(instance, is_linked=True)

    for d in range(4):
        mine = set(found.pairs[found.pairs[:, 0] == d, 1].tolist())
        assert mine & {0, 2}
        assert not {0, 3} <= mine


def test_single_readings_cannot_be_linked():
    found = assign(
        Instance(
            tuple(Dossier(d, 1) for d in range(3)),
            tuple(Reader(r, 1, 1) for r in range(3)),
            np.eye(3),
        )
    )

    assert vars(found.linking) == {"pieces": 3, "cost": 0.0, "one_piece": None}
