"""Assign readers to dossiers: the whole way, from an instance to its proof."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from terril.choice.assignment.crossing import crossing_rules, programmed
from terril.choice.assignment.equals import Wishes, drawn, stepped, wishes_of
from terril.choice.assignment.families import Pattern
from terril.choice.assignment.instance import Instance, Ints, no_pairs
from terril.choice.assignment.levels import Fitted, fitted
from terril.choice.assignment.linking import Linking, Terms, linked
from terril.choice.assignment.network import Network, network_of
from terril.choice.assignment.pricing import Scale
from terril.choice.assignment.problem import Problem, problem_of
from terril.choice.assignment.relaxation import relaxation
from terril.choice.assignment.result import Assignment
from terril.choice.assignment.unmet import unmet_in
from terril.choice.assignment.worst import alone, raised, sums, worst

# Below it, every group kept apart is in the network of every dossier at once.
NODES = 50_000
# Below it, a programme is given all pairs.
PAIRS = 20_000


@dataclass(frozen=True)
class Found:
    """Readings found beside those begun, with what is proven of them."""

    pairs: Ints
    bound: float
    worst_bound: float
    prices: tuple[Ints, float]
    method: str


def assign(instance: Instance, *, is_linked: bool = False) -> Assignment:
    """Assign readers to dossiers, exactly, and prove it.

    In this order, each among what the ones before leave equal: readings missing are
    the fewest, and spread evenly; disciplines missing are the fewest; minimums of
    readers missing are the fewest; the total fit is the highest; the worst-off dossier
    is the highest; what was announced stays; loads are even (least sum of squares);
    chance decides, from the seed of the instance. Conflicts, maximums, readers kept
    apart and begun readings are never traded. Readings are then swapped, at no
    cost, to link the committees; with `is_linked`, at the least cost that swaps find.

    Shapes and units: see `Instance` and `Assignment`. Errors: none for an instance
    that could be made; what is impossible is in `unmet`, with the best partial answer.

    Method: a flow of least cost with column generation (Ahuja, Magnanti and Orlin,
    *Network Flows*, 1993; Ford and Fulkerson 1958) where the rules are nested, an
    integer programme on the same network elsewhere; max-min fairness after Garg et al.
    (2010) and Stelmakh, Shah and Singh (2019), as a later goal and not a rival one.
    """
    problem = problem_of(instance)
    draw = np.random.default_rng(instance.seed)
    asked = np.array([one.demand for one in instance.dossiers], dtype=np.int64)
    wishes = wishes_of(problem, instance.previous, draw)
    found = _found(problem, wishes, asked)
    return _told(instance, problem, found, is_linked=is_linked)


def _found(problem: Problem, wishes: Wishes, asked: Ints) -> Found:
    """Answer by a flow; groups kept apart come in where they are met."""
    patterns = _patterns(problem)
    while True:
        network = network_of(problem, patterns)
        best = fitted(problem, network, wishes.draw)
        found = _by_flow(problem, best, wishes, asked)
        broken = list(_broken_groups(problem, patterns, found.pairs))
        for dossier, group in broken:
            old = patterns[dossier]
            patterns[dossier] = old._replace(groups=(*old.groups, group))
        if not broken:
            break
    if any(rule.is_broken(found.pairs) for rule in crossing_rules(problem, network)):
        return _by_programme(problem, network, wishes, asked)
    return found


def _patterns(problem: Problem) -> list[Pattern]:
    """Return the rules of each dossier that the network holds from the start."""
    groups: tuple[int, ...] = ()
    if len(problem.apart) * problem.sides[0] <= NODES:
        groups = tuple(range(len(problem.apart)))
    return [
        Pattern(tuple(np.flatnonzero(needs).tolist()), groups)
        for needs in problem.needs
    ]


def _broken_groups(
    problem: Problem, patterns: Sequence[Pattern], pairs: Ints
) -> list[tuple[int, int]]:
    """Return the (dossier, group) whose readers met, where no rule was looking."""
    found = []
    for group, members in enumerate(problem.apart):
        there = pairs[np.isin(pairs[:, 1], members), 0]
        met = np.flatnonzero(np.bincount(there, minlength=problem.sides[0]) > 1)
        found += [(d, group) for d in met.tolist() if group not in patterns[d].groups]
    return found


def _by_flow(problem: Problem, best: Fitted, wishes: Wishes, asked: Ints) -> Found:
    """Choose among equals: the worst-off dossier, then wishes."""
    draft, flow = best.draft, best.flow
    level = worst(sums(problem, draft.chosen(flow)), asked)
    if (draft.face.arcs.room[draft.before :] > 0).any():
        draft, _ = stepped(draft, flow, wishes)
        chosen = raised(problem, draft, drawn(draft, wishes), wishes, asked)
        flow, level = chosen.flow, chosen.bound
    prices = (best.price, best.unit)
    return Found(draft.chosen(flow), best.bound, level, prices, "flow")


def _by_programme(
    problem: Problem, network: Network, wishes: Wishes, asked: Ints
) -> Found:
    """Choose under rules that cross: among all pairs when they are few."""
    relaxed = relaxation(problem, network, wishes.draw)
    n, m = problem.sides
    if n * m <= PAIRS:
        pairs = np.argwhere(problem.allowed)
        chosen = programmed(problem, network, pairs, wishes, asked)
        bound = chosen.bound
    else:
        chosen = programmed(problem, network, relaxed.pairs, wishes, asked)
        bound = relaxed.bound if chosen.is_whole else float(alone(problem).sum())
    level = min(
        chosen.worst_bound, worst(alone(problem) + sums(problem, no_pairs()), asked)
    )
    return Found(chosen.pairs, bound, level, relaxed.prices, "programme")


def _told(
    instance: Instance, problem: Problem, found: Found, *, is_linked: bool
) -> Assignment:
    """Link the committees, and say all that there is to say."""
    asked = np.array([one.demand for one in instance.dossiers], dtype=np.int64)
    pairs, linking = _linked(problem, instance, found, is_linked=is_linked)
    readings = np.concatenate([problem.kept, pairs])
    readings = readings[np.lexsort(readings.T[::-1])]
    fits = sums(problem, pairs)
    begun = float(instance.fit[tuple(problem.kept.T)].sum())
    objective = float(instance.fit[tuple(readings.T)].sum())
    level = worst(fits, asked)
    n, m = problem.sides
    price, unit = found.prices
    return Assignment(
        pairs=readings,
        objective=objective,
        bound=max(objective, found.bound + begun),
        min_dossier_fit=level,
        min_dossier_bound=max(level, found.worst_bound),
        loads=np.bincount(readings[:, 1], minlength=m),
        fits=fits,
        unmet=unmet_in(instance, problem, readings),
        linking=linking,
        dossier_prices=(price[:n] - price[n + m]) / unit,
        reader_prices=(price[n + m] - price[n : n + m]) / unit,
        method=found.method,
    )


def _linked(
    problem: Problem, instance: Instance, found: Found, *, is_linked: bool
) -> tuple[Ints, Linking]:
    """Swap readings at no cost to link committees; say what one piece would cost."""
    asked = np.array([one.demand for one in instance.dossiers], dtype=np.int64)
    announced = np.zeros(problem.sides, dtype=np.bool_)
    announced[tuple(instance.previous.T)] = True
    floor = worst(sums(problem, found.pairs), asked)
    free = Terms(problem, Scale(found.prices[1]), announced, floor, 0.0)
    pairs, linking = linked(found.pairs, free)
    if linking.pieces <= 1:
        return pairs, linking
    dear = replace(free, floor=-np.inf, most=np.inf)
    one_piece, whole = linked(pairs, dear)
    if is_linked:
        return one_piece, whole
    price = whole.cost if whole.pieces == 1 else None
    return pairs, replace(linking, one_piece=price)
