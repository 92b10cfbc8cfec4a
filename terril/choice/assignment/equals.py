"""Among assignments as good: those announced first, even loads, then chance."""

from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from terril.choice.assignment.flow import Face, cheapest, settled
from terril.choice.assignment.instance import Bools, Ints
from terril.choice.assignment.levels import Draft
from terril.choice.assignment.network import Arcs, Kind
from terril.choice.assignment.problem import Problem

CHANCES = 256  # how many different prices chance may put on a pair


@dataclass(frozen=True)
class Wishes:
    """What decides among equals: `announced` (n, m), begun loads, and a generator."""

    announced: Bools
    begun: Ints
    lower: Ints
    draw: np.random.Generator


def wishes_of(problem: Problem, previous: Ints, draw: np.random.Generator) -> Wishes:
    """Gather what decides among equals."""
    announced = np.zeros(problem.sides, dtype=np.bool_)
    announced[tuple(previous.T)] = True
    return Wishes(announced, problem.begun, problem.lower, draw)


def stepped(draft: Draft, flow: Ints, wishes: Wishes) -> tuple[Draft, Ints]:
    """Cut what each reader may still take, or lack, into readings of an arc each.

    The same flow is returned on the new arcs. No reader is given more arcs than pairs
    that may move. The step of an arc is the load that it makes, or that it takes away.
    """
    arcs, is_open = draft.face.arcs, draft.face.arcs.room > 0
    is_pair = np.arange(len(flow)) >= draft.before
    pairs = is_open[draft.before :]
    most = np.bincount(draft.columns[pairs], minlength=len(wishes.begun))
    is_load = is_open & (arcs.kind == Kind.LOAD)
    is_cut = is_load | (is_open & (arcs.kind == Kind.MINIMUM))
    end = np.where(is_load, arcs.tail, arcs.head) - len(wishes.announced)
    reader = np.where(is_cut & ~is_pair, end, 0)
    units = np.where(is_cut, np.minimum(arcs.room, most[reader] + flow), 1)
    place = np.repeat(np.arange(len(flow)), units)
    step = np.arange(len(place)) - np.repeat(np.cumsum(units) - units, units)
    base = (wishes.begun + wishes.lower)[reader[place]]
    load = np.where(is_load[place], base + 1 + step, base - step)
    cut = is_cut[place]
    columns = Arcs(*(column[place] for column in arcs))
    columns = columns._replace(
        room=np.where(cut, 1, columns.room), step=np.where(cut, load, columns.step)
    )
    face = Face(draft.face.supply, columns, draft.face.sure[place])
    moved = np.where(cut, step < flow[place], flow[place]).astype(np.int64)
    return replace(draft, face=face), moved


def announced_costs(draft: Draft, wishes: Wishes) -> Ints:
    """Return a cost (arcs,) that is least when what was announced stays."""
    cost = np.zeros(len(draft.face.sure), dtype=np.int64)
    cost[draft.before :] = -wishes.announced[draft.rows, draft.columns].astype(np.int64)
    return cost


def even_costs(draft: Draft, wishes: Wishes) -> Ints:
    """Return a cost (arcs,) that is least when loads are even, then drawn by chance.

    The sum of the squares of loads grows by 2 k - 1 with the k-th reading of a reader:
    a convex cost, which a flow of single readings minimises exactly.
    """
    arcs = draft.face.arcs
    chance = wishes.draw.integers(CHANCES, size=len(draft.rows))
    weight = CHANCES * (int((arcs.room[draft.before :] > 0).sum()) + 1)
    sign = np.select([arcs.kind == Kind.LOAD, arcs.kind == Kind.MINIMUM], [1, -1], 0)
    cost: Ints = sign * weight * (2 * arcs.step - 1)
    cost[draft.before :] = chance
    return cost


def drawn(draft: Draft, wishes: Wishes) -> Ints:
    """Return the flow of a stepped draft that wishes prefer, chance deciding last."""
    face = draft.face
    if wishes.announced.any():
        solved = cheapest(face, announced_costs(draft, wishes))
        face = settled(face, solved, is_whole=True)
    even = cheapest(face, even_costs(replace(draft, face=face), wishes))
    return cast("Ints", even.flow + face.sure - draft.face.sure)
