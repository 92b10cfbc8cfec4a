"""Rules that cross: readers of several disciplines, circles kept apart by halves.

They are no flow, so an integer programme holds them, on the same network.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from terril.choice.assignment.equals import Wishes, stepped
from terril.choice.assignment.families import members_of
from terril.choice.assignment.flow import Face
from terril.choice.assignment.instance import Bools, Floats, Ints, no_pairs
from terril.choice.assignment.levels import COVERAGE, LACKING, Draft
from terril.choice.assignment.network import Kind, Network
from terril.choice.assignment.problem import Problem
from terril.choice.assignment.programme import (
    NODES,
    Programme,
    Reached,
    Rows,
    in_turn,
    programme_of,
    rows_of,
)
from terril.choice.assignment.worst import NEAR, below_all, last_goals, sums, worst

# Pairs beyond which a programme is asked for the fit only.
FEW = 4_000


class Unsolved(ArithmeticError):
    """A programme that was left without any answer, for it was too long."""


@dataclass(frozen=True)
class Rule:
    """A rule that crosses others, on one dossier; `members` (m,) are its readers."""

    dossier: int
    is_need: bool
    members: Bools

    def is_broken(self, pairs: Ints) -> bool:
        """Say whether some readings (·, 2) break it."""
        count = int(self.members[pairs[pairs[:, 0] == self.dossier, 1]].sum())
        return count < 1 if self.is_need else count > 1


@dataclass(frozen=True)
class Chosen:
    """Pairs chosen by the programme, with what it proved: fit, and worst-off fit.

    `is_whole` says that nothing is missing.
    """

    pairs: Ints
    bound: float
    worst_bound: float
    is_whole: bool


def crossing_rules(problem: Problem, network: Network) -> Iterator[Rule]:
    """List the rules that the network does not hold."""
    for number, family in enumerate(network.families):
        for is_need, rule in family.crossing:
            members = members_of(problem, is_need=is_need, rule=rule)
            for dossier in np.flatnonzero(network.pattern == number):
                yield Rule(int(dossier), is_need, members)


def bare_draft(network: Network, pairs: Ints) -> Draft:
    """Return a network with some pairs (·, 2), before any question."""
    none = np.empty(0, dtype=np.int64)
    face = Face(network.supply, network.arcs, np.zeros_like(network.arcs.tail))
    return Draft(face, none, none).with_pairs(network, *pairs.T)


def programmed(
    problem: Problem, network: Network, pairs: Ints, wishes: Wishes, asked: Ints
) -> Chosen:
    """Choose among pairs (·, 2) under all rules, goal after goal.

    Coverage is asked for only when everything cannot be covered; what comes after the
    fit, only when pairs are few.
    """
    bare = bare_draft(network, pairs)
    # Before anything is chosen, every minimum is missing.
    arcs = bare.face.arcs
    draft, _ = stepped(bare, np.where(arcs.kind == Kind.MINIMUM, arcs.room, 0), wishes)
    rules = list(crossing_rules(problem, network))
    programme = _programme(problem, draft, rules, asked)
    width = len(programme.whole)
    fit = np.zeros(width)
    fit[draft.before : len(draft.face.sure)] = -problem.fit[draft.rows, draft.columns]
    last = [fit, *last_goals(draft, wishes, width)]
    if len(pairs) > FEW:
        last = last[:1]
    found = in_turn(_covering(programme, draft), last)
    is_whole = bool(found)
    if not is_whole:
        goals = [_goal(draft, place, width) for place in range(len(COVERAGE))]
        found = in_turn(programme, [*goals, *last])[len(COVERAGE) :]
    return replace(_best(problem, draft, found, asked), is_whole=is_whole)


def _programme(
    problem: Problem, draft: Draft, rules: list[Rule], asked: Ints
) -> Programme:
    """Write the network with its rules; a need may fail, on a column of its own."""
    needs = sum(rule.is_need for rule in rules)
    programme = programme_of(draft.face, extra=needs + 1)
    width = len(programme.whole)
    programme.low[-needs - 1 : -1], programme.high[-needs - 1 : -1] = 0.0, 1.0
    programme.high[-1] = np.inf if asked.any() else 0.0
    worst = below_all(problem, draft, asked, width, sums(problem, no_pairs()))
    return programme.with_rows(crossing_rows(draft, rules, width)).with_rows(worst)


def crossing_rows(draft: Draft, rules: list[Rule], width: int) -> Rows:
    """Return the rules that cross: at least one with a lack, or at most one."""
    order = np.argsort(draft.rows, kind="stable")
    begins = np.searchsorted(draft.rows[order], [rule.dossier for rule in rules])
    ends = np.searchsorted(
        draft.rows[order], [rule.dossier for rule in rules], side="right"
    )
    lines, columns = [], []
    lack = len(draft.face.sure)
    for line, rule in enumerate(rules):
        mine = order[begins[line] : ends[line]]
        mine = mine[rule.members[draft.columns[mine]]] + draft.before
        if rule.is_need:
            mine, lack = np.append(mine, lack), lack + 1
        lines.append(np.full(len(mine), line))
        columns.append(mine)
    places, holders = np.concatenate(columns), np.concatenate(lines)
    is_need = np.array([rule.is_need for rule in rules])
    low = np.where(is_need, 1.0, -np.inf)
    high = np.where(is_need, np.inf, 1.0)
    return rows_of((np.ones(len(places)), holders, places), width, low, high)


def _covering(programme: Programme, draft: Draft) -> Programme:
    """Return the programme in which nothing may be missing."""
    high = programme.high.copy()
    high[: len(draft.face.sure)][np.isin(draft.face.arcs.kind, LACKING)] = 0.0
    high[len(draft.face.sure) : -1] = 0.0
    return replace(programme, high=high)


def _goal(draft: Draft, place: int, width: int) -> Floats:
    """Return one question of coverage as a cost of columns."""
    question = COVERAGE[place]
    goal = np.zeros(width)
    table = np.zeros(len(Kind))
    table[list(question.by_kind)] = list(question.by_kind.values())
    arcs = draft.face.arcs
    cost = table[arcs.kind]
    goal[: len(cost)] = cost * (2 * arcs.step - 1) if question.is_even else cost
    if Kind.NEED in question.by_kind:
        goal[len(cost) : -1] = 1.0
    return goal


def _best(problem: Problem, draft: Draft, found: list[Reached], asked: Ints) -> Chosen:
    """Return the last answer that lost neither fit nor the worst-off dossier."""
    if not found:
        raise Unsolved(f"No assignment was found within {NODES} nodes.")
    count = len(draft.face.sure)
    tried = [draft.chosen(one.columns[:count].astype(np.int64)) for one in found]
    fits = [float(problem.fit[tuple(pairs.T)].sum()) for pairs in tried]
    levels = [worst(sums(problem, pairs), asked) for pairs in tried]
    least = fits[0] - NEAR * max(1.0, abs(fits[0]))
    floor = levels[min(1, len(levels) - 1)] - NEAR
    kept = [
        place
        for place, fit in enumerate(fits)
        if fit >= least and levels[place] >= floor
    ]
    highest = -found[1].bound if len(found) > 1 else np.inf
    return Chosen(tried[max(kept, default=0)], -found[0].bound, highest, is_whole=False)
