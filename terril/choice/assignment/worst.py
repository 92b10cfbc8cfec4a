"""Raise the dossier whose readers fit it least, without losing any fit in all.

The max-min of Garg, Kavitha, Kumar, Mehlhorn and Mestre (*Assigning papers to
referees*, 2010) and of Stelmakh, Shah and Singh (*PeerReview4All*, 2019), asked here
after the total and among its equals: the fit of a dossier is the sum over its readers.
"""

from dataclasses import dataclass

import numpy as np

from terril.choice.assignment.equals import (
    CHANCES,
    Wishes,
    announced_costs,
    even_costs,
)
from terril.choice.assignment.instance import Floats, Ints
from terril.choice.assignment.levels import Draft
from terril.choice.assignment.network import Kind
from terril.choice.assignment.problem import Problem
from terril.choice.assignment.programme import (
    Reached,
    Rows,
    in_turn,
    programme_of,
    rows_of,
)

# More pairs than these that may move would be too long a programme.
PAIRS = 4_000
NEAR = 1e-9


@dataclass(frozen=True)
class Raised:
    """A flow, and what is proven: no equal leaves its worst-off dossier above."""

    flow: Ints
    bound: float


def last_goals(draft: Draft, wishes: Wishes, width: int) -> list[Floats]:
    """Return what is least in turn among equals, the worst-off dossier coming first."""
    goals = [np.zeros(width) for _ in range(3)]
    goals[0][-1] = -1.0
    goals[1][: len(draft.face.sure)] = announced_costs(draft, wishes)
    goals[2][: len(draft.face.sure)] = even_costs(draft, wishes) / CHANCES
    return [goal for goal in goals if goal.any()]


def sums(problem: Problem, pairs: Ints) -> Floats:
    """Return the fit of each dossier (n,): begun readings and those of pairs."""
    total = np.zeros(problem.sides[0])
    for some in (problem.kept, pairs):
        np.add.at(total, some[:, 0], problem.fit[tuple(some.T)])
    return total


def worst(total: Floats, asked: Ints) -> float:
    """Return the least fit of the dossiers that ask for a reader; 0 without any."""
    return float(total[asked > 0].min()) if asked.any() else 0.0


def alone(problem: Problem) -> Floats:
    """Return the most that pairs could add to each dossier, were it alone (n,)."""
    value = np.where(problem.allowed, problem.fit, -np.inf)
    ranked = -np.sort(-value, axis=1)
    places = np.arange(problem.sides[1])[None, :]
    taken = (places < problem.demand[:, None]) & (ranked > 0)
    return np.asarray(np.where(taken, ranked, 0.0).sum(axis=1))


def raised(
    problem: Problem, draft: Draft, flow: Ints, wishes: Wishes, asked: Ints
) -> Raised:
    """Raise the worst-off dossier of a face, as far as proof goes.

    `asked` (n,) is the demand as it was given. A bound is looked at first: the best
    pairs of each dossier that may move. Where the flow does not attain it, and the
    programme is small, the programme decides.
    """
    now = worst(sums(problem, draft.chosen(flow)), asked)
    decided, most = _most(problem, draft)
    bound = worst(most, asked)
    is_open = draft.face.arcs.room[draft.before :] > 0
    if now >= bound - NEAR or is_open.sum() > PAIRS:
        return Raised(flow, max(now, bound))
    programme = programme_of(draft.face, extra=1)
    width = len(programme.whole)
    programme = programme.with_rows(below_all(problem, draft, asked, width, decided))
    found = in_turn(programme, last_goals(draft, wishes, width))
    return _kept(problem, draft, found, asked) or Raised(flow, bound)


def _most(problem: Problem, draft: Draft) -> tuple[Floats, Floats]:
    """Return what is decided for each dossier, and the most it could have alone (n,).

    A dossier that may stay short is given its good pairs only: fewer readers could be
    better than readers of negative fit.
    """
    sure = draft.face.sure[draft.before :] > 0
    pairs = np.stack([draft.rows[sure], draft.columns[sure]], axis=1)
    decided = sums(problem, pairs)
    free = np.flatnonzero(draft.face.arcs.room[draft.before :] > 0)
    slots = problem.demand - np.bincount(pairs[:, 0], minlength=len(decided))
    fit = problem.fit[draft.rows[free], draft.columns[free]]
    order = np.lexsort([-fit, draft.rows[free]])
    row, fit = draft.rows[free][order], fit[order]
    is_taken = np.arange(len(row)) - np.searchsorted(row, row) < slots[row]
    lacks = (draft.face.arcs.kind == Kind.READING) & (draft.face.arcs.room > 0)
    may_lack = np.zeros(len(decided), dtype=np.bool_)
    may_lack[draft.face.arcs.tail[lacks]] = True
    is_taken &= (fit > 0) | ~may_lack[row]
    most = decided.copy()
    np.add.at(most, row[is_taken], fit[is_taken])
    return decided, most


def below_all(
    problem: Problem, draft: Draft, asked: Ints, width: int, decided: Floats
) -> Rows:
    """Return the rules that hold the last column below every dossier asked for."""
    lines = np.flatnonzero(asked)
    place = np.full(len(asked), -1, dtype=np.int64)
    place[lines] = np.arange(len(lines))
    line = place[draft.rows]
    kept = np.flatnonzero(line >= 0)
    values = problem.fit[draft.rows[kept], draft.columns[kept]]
    entries = (
        np.concatenate([values, -np.ones(len(lines))]),
        np.concatenate([line[kept], np.arange(len(lines))]),
        np.concatenate([kept + draft.before, np.full(len(lines), width - 1)]),
    )
    return rows_of(entries, width, -decided[lines], np.full(len(lines), np.inf))


def _kept(
    problem: Problem, draft: Draft, found: list[Reached], asked: Ints
) -> Raised | None:
    """Return the last answer in which the worst-off dossier is as high as in the first."""
    flows = [one.columns[: len(draft.face.sure)].astype(np.int64) for one in found]
    levels = [worst(sums(problem, draft.chosen(flow)), asked) for flow in flows]
    kept = [
        flow for flow, one in zip(flows, levels, strict=True) if one >= levels[0] - NEAR
    ]
    return Raised(kept[-1], max(-found[0].bound, levels[0])) if kept else None
