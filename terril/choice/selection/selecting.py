"""Choose the best set under quotas, and say what each quota costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from terril.choice.selection.counting import Count, count_best
from terril.choice.selection.instance import Instance
from terril.choice.selection.programme import Floats, Rule, best, rules_of


@dataclass(frozen=True)
class Price:
    """What a rule costs: the best score without it, and the difference.

    `price` is None when there is no set at all with the rule.
    """

    rule: str
    score_without: float
    price: float


@dataclass(frozen=True)
class Selection:
    """The best set, with its score, its cost, the price of each rule, and its equals.

    `chosen` are places of candidates; `conflict` names rules that cannot be kept
    together, none of which is superfluous, and is empty when there is a set.
    """

    chosen: tuple[int, ...]
    score: float
    cost: float
    prices: tuple[Price, ...]
    count: Count
    conflict: tuple[str, ...]


def select(instance: Instance) -> Selection:
    """Choose the k candidates of the highest total score that keep every rule.

    Scores may be in any unit, costs in that of the budget. The price of a rule is how
    much more the best set would score without it. Errors: `Unsolved` when a proof would
    be too long; impossible rules are no error, and are in `conflict`.

    Method: a 0-1 programme (HiGHS); of rules that cannot be kept together, an
    irreducible set by deletion (Chinneck and Dravnieks, *Locating minimal infeasible
    constraint sets in linear programs*, 1991); equals counted by dynamic programming.
    """
    rules = rules_of(instance)
    scores = np.array([one.score for one in instance.candidates])
    costs = np.array([one.cost for one in instance.candidates])
    chosen = best(scores, rules)
    if chosen is None:
        conflict = tuple(rule.name for rule in _irreducible(scores, rules))
        return Selection((), 0.0, 0.0, (), Count(0, is_exact=True), conflict)
    score = float(scores[chosen].sum())
    return Selection(
        chosen=tuple(np.flatnonzero(chosen).tolist()),
        score=score,
        cost=float(costs[chosen].sum()),
        prices=_prices(scores, rules, score),
        count=count_best(scores, rules, chosen),
        conflict=(),
    )


def _prices(scores: Floats, rules: Sequence[Rule], score: float) -> tuple[Price, ...]:
    """Leave out each rule in turn, the number of the chosen excepted."""
    prices = []
    for place, rule in enumerate(rules[1:], 1):
        chosen = best(scores, (*rules[:place], *rules[place + 1 :]))
        without = score if chosen is None else float(scores[chosen].sum())
        prices.append(Price(rule.name, without, max(0.0, without - score)))
    return tuple(prices)


def _irreducible(scores: Floats, rules: Sequence[Rule]) -> list[Rule]:
    """Drop the rules without which the others still cannot be kept."""
    kept = list(rules)
    for rule in rules:
        fewer = [other for other in kept if other is not rule]
        if fewer and best(scores, fewer) is None:
            kept = fewer
    return kept


def printed(instance: Instance, found: Selection) -> dict[str, Any]:
    """Return a selection as JSON has it, with the ids of its instance."""
    if found.conflict:
        names = ", ".join(found.conflict)
        reason = f"No {instance.size} candidates keep these rules together: {names}."
        return {"selected": [], "infeasible": list(found.conflict), "reason": reason}
    ids = [instance.candidates[place].id for place in found.chosen]
    return {
        "selected": ids,
        "score": found.score,
        "cost": found.cost,
        "prices": [vars(price) for price in found.prices],
        "others_as_good": found.count.sets - 1,
        "is_exact_count": found.count.is_exact,
        "infeasible": [],
    }


def as_table(found: dict[str, Any]) -> str:
    """Return a selection as lines to be read in a terminal."""
    if found["infeasible"]:
        return str(found["reason"])
    atleast = "" if found["is_exact_count"] else "at least "
    lines = [
        ", ".join(str(one) for one in found["selected"]) or "—",
        f"score {found['score']:.6f}, cost {found['cost']:.2f}",
    ]
    lines += [f"{one['rule']} costs {one['price']:.6f}" for one in found["prices"]]
    lines.append(f"{atleast}{found['others_as_good']} other sets are as good")
    return "\n".join(lines)
