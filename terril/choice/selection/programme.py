"""The integer programme of a selection: one column a candidate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from terril.choice.selection.instance import Instance, Quota

Floats = NDArray[np.float64]
NODES = 200_000  # counted, not timed: the same answer on any machine
BUDGET = "budget"


class Unsolved(ArithmeticError):
    """A programme so long that no proof was reached."""


@dataclass(frozen=True)
class Rule:
    """A rule by its name: `low` ≤ `weights` @ chosen ≤ `high`; weights (n,)."""

    name: str
    weights: Floats
    low: float
    high: float


def rules_of(instance: Instance) -> tuple[Rule, ...]:
    """Return the rules of an instance: the number first, quotas, then the budget."""
    count = len(instance.candidates)
    size = Rule("k", np.ones(count), instance.size, instance.size)
    quotas = [_of_quota(instance, quota) for quota in instance.quotas]
    if instance.budget is None:
        return (size, *quotas)
    costs = np.array([one.cost for one in instance.candidates])
    return (size, *quotas, Rule(BUDGET, costs, -np.inf, instance.budget))


def _of_quota(instance: Instance, quota: Quota) -> Rule:
    weights = np.array(
        [
            float(one.categories.get(quota.dimension) == quota.value)
            for one in instance.candidates
        ]
    )
    upper = np.inf if quota.upper is None else float(quota.upper)
    return Rule(quota.name, weights, float(quota.lower), upper)


def best(scores: Floats, rules: Sequence[Rule]) -> NDArray[np.bool_] | None:
    """Return who is chosen at the highest score (n,), or None when nobody can be.

    Errors: `Unsolved` when the programme was too long for a proof.
    """
    if not len(scores):
        fits = all(rule.low <= 0 <= rule.high for rule in rules)
        return np.zeros(0, dtype=np.bool_) if fits else None
    matrix = np.array([rule.weights for rule in rules])
    low = np.array([rule.low for rule in rules])
    high = np.array([rule.high for rule in rules])
    found = milp(
        -scores,
        integrality=np.ones(len(scores), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, low, high),
        options={"mip_rel_gap": 0.0, "node_limit": NODES},
    )
    if found.status == 2:
        return None
    if found.status != 0:
        raise Unsolved(f"No proof was reached: {found.message}")
    return np.asarray(found.x > 0.5)
