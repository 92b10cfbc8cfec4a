"""How many sets are as good as the best: counted exactly, or a bound that says so.

Candidates come one after another, the best first; a state is how many are taken, how
many count in each quota, and what they cost. Each state keeps its best score and
the number of ways to reach it (dynamic programming: Bellman 1957); a state that can
no longer attain the best score is dropped.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from terril.choice.selection.programme import Floats, Rule

STATES = 100_000
NEAR = 1e-9  # scores nearer than this part of the largest are equal

State = tuple[float, ...]
Ways = dict[State, tuple[int, int]]


@dataclass(frozen=True)
class Count:
    """How many sets attain the best score; at least so many when not exact."""

    sets: int
    is_exact: bool


def count_best(
    scores: Floats, rules: Sequence[Rule], chosen: NDArray[np.bool_]
) -> Count:
    """Count the sets whose score is that of the chosen one (n,), itself included."""
    unit = NEAR * max(1.0, float(np.abs(scores).max(initial=0.0)))
    points = [round(float(score) / unit) for score in scores]
    order = sorted(range(len(points)), key=lambda place: -points[place])
    goal = sum(points[place] for place in np.flatnonzero(chosen))
    size = int(chosen.sum())
    ways: Ways = {tuple(0.0 for _ in rules): (0, 1)}
    heads = [0, *accumulate(points[place] for place in order)]
    for at, place in enumerate(order):
        ways = _grown(ways, points[place], [rule.weights[place] for rule in rules])
        ends = [min(at + 1 + size - int(state[0]), len(order)) for state in ways]
        reach = [heads[max(end, at + 1)] - heads[at + 1] for end in ends]
        ways = {
            state: found
            for (state, found), more in zip(ways.items(), reach, strict=True)
            if found[0] + more >= goal and _may_hold(state, rules)
        }
        if len(ways) > STATES:
            return Count(_alike(points, rules, chosen), is_exact=False)
    return Count(_total(ways, rules, goal), is_exact=True)


def _grown(ways: Ways, points: int, weights: Sequence[float]) -> Ways:
    """Return the states after one more candidate, taken or left."""
    grown = dict(ways)
    for state, (best, count) in ways.items():
        after = tuple(
            round(held + float(weight), 9)
            for held, weight in zip(state, weights, strict=True)
        )
        old, number = grown.get(after, (best + points, 0))
        if best + points > old:
            number = 0
        if best + points >= old:
            grown[after] = (best + points, number + count)
    return grown


def _may_hold(state: State, rules: Sequence[Rule]) -> bool:
    """Say whether a state is still below every maximum: weights are never negative."""
    return all(
        held <= rule.high + NEAR for held, rule in zip(state, rules, strict=True)
    )


def _total(ways: Ways, rules: Sequence[Rule], goal: int) -> int:
    """Add up the ways of the states that keep every rule at the best score."""
    return sum(
        count
        for state, (best, count) in ways.items()
        if best >= goal
        and all(
            held >= rule.low - NEAR for held, rule in zip(state, rules, strict=True)
        )
    )


def _alike(
    points: Sequence[int], rules: Sequence[Rule], chosen: NDArray[np.bool_]
) -> int:
    """Count the sets that differ by candidates who are alike in everything."""
    kinds = [
        (points[place], *(float(rule.weights[place]) for rule in rules))
        for place in range(len(points))
    ]
    there = Counter(kinds)
    taken = Counter(kinds[place] for place in np.flatnonzero(chosen))
    return prod(comb(there[kind], number) for kind, number in taken.items())
