"""A bound over all pairs when rules cross, and the pairs worth a programme.

Each rule that crosses is paid for: its multiplier is added to the fit of its readers, and
what is left is a flow, with its prices over all pairs (Lagrangian relaxation:
Geoffrion 1974). The multipliers are the dual values of the linear relaxation, so that
the bound is that of the linear programme.
"""

from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from scipy.optimize import linprog

from terril.choice.assignment.crossing import (
    Rule,
    bare_draft,
    crossing_rows,
    crossing_rules,
)
from terril.choice.assignment.instance import Floats, Ints
from terril.choice.assignment.levels import LACKING, Fitted, fitted
from terril.choice.assignment.network import Network
from terril.choice.assignment.problem import Problem
from terril.choice.assignment.programme import programme_of

KEPT = 8  # pairs of each dossier that a long programme is given


@dataclass(frozen=True)
class Relaxed:
    """Pairs worth a programme (·, 2), a bound over all pairs, and its prices.

    The bound holds for assignments in which nothing is missing.
    """

    pairs: Ints
    bound: float
    prices: tuple[Ints, float]


def relaxation(
    problem: Problem, network: Network, draw: np.random.Generator
) -> Relaxed:
    """Pay for the rules that cross, and let prices call for pairs."""
    rules = list(crossing_rules(problem, network))
    plain = fitted(problem, network, draw)
    paid = _multipliers(problem, network, plain, rules)
    fit, constant = problem.fit.copy(), 0.0
    for rule, price in zip(rules, paid.tolist(), strict=True):
        sign = price if rule.is_need else -price
        fit[rule.dossier, rule.members] += sign
        constant -= sign
    found = fitted(replace(problem, fit=fit), network, draw)
    bound = min(plain.bound, found.bound + constant)
    return Relaxed(_nearest(fit, found), bound, (found.price, found.unit))


def _multipliers(
    problem: Problem, network: Network, plain: Fitted, rules: list[Rule]
) -> Floats:
    """Return what each rule costs in the linear relaxation (rules,), 0 or more."""
    pairs = np.stack([plain.draft.rows, plain.draft.columns], axis=1)
    draft = bare_draft(network, pairs)
    needs = sum(rule.is_need for rule in rules)
    programme = programme_of(draft.face, extra=needs)
    width = len(programme.whole)
    count = len(draft.face.sure)
    dear = 4 * float(np.abs(problem.fit).max(initial=0.0)) + 1
    cost = np.full(width, dear)
    cost[:count] = np.where(np.isin(draft.face.arcs.kind, LACKING), dear, 0.0)
    cost[draft.before : count] = -problem.fit[draft.rows, draft.columns]
    low, high = np.zeros(width), np.ones(width)
    high[:count] = draft.face.arcs.room
    rows = crossing_rows(draft, rules, width)
    sign = np.where([rule.is_need for rule in rules], -1.0, 1.0)
    # It takes sparse matrices; its types only know of arrays.
    below: Any = rows.matrix.multiply(sign[:, None]).tocsr()
    bounds: Any = np.stack([low, high], axis=1)
    equal: Any = programme.rules[0].matrix
    found = linprog(
        cost,
        A_ub=below,
        b_ub=sign,
        A_eq=equal,
        b_eq=programme.rules[0].low,
        bounds=bounds,
        method="highs",
    )
    return cast("Floats", np.maximum(-found.ineqlin.marginals, 0.0))


def _nearest(fit: Floats, found: Fitted) -> Ints:
    """Return, for each dossier, the pairs that their prices make the most of (·, 2)."""
    draft = found.draft
    arcs = draft.face.arcs
    gap = found.price[arcs.tail] - found.price[arcs.head]
    over = fit[draft.rows, draft.columns] - gap[draft.before :] / found.unit
    order = np.lexsort([-over, draft.rows])
    row = draft.rows[order]
    kept = order[np.arange(len(row)) - np.searchsorted(row, row) < KEPT]
    return np.stack([draft.rows[kept], draft.columns[kept]], axis=1)
