"""Flows of least cost, their prices, and what may still move at no cost.

Costs are whole numbers, so that optimality is a fact and ties are exact. The flow is
OR-tools' (cost scaling: Goldberg, *An efficient implementation of a scaling
minimum-cost flow algorithm*, 1997); prices are shortest distances in what remains
of the network, and complementary slackness gives the face of all optimal flows
(Ahuja, Magnanti and Orlin, *Network Flows*, 1993, chapters 9 and 11).
"""

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from terril.choice.assignment.instance import Bools, Ints
from terril.choice.assignment.network import Arcs, joined

# Costs times nodes: beyond it, prices of the solver may outgrow its 64 bits.
LARGEST = 2**56


class Unsolved(ArithmeticError):
    """A flow that the solver could not find: its costs are too large for its prices."""


@dataclass(frozen=True)
class Face:
    """Flows still in question: arcs, supplies, and what is already decided.

    `sure` (arcs,) flows on each arc whatever is decided later; it is taken out of the
    supplies. An arc with no room left is decided.
    """

    supply: Ints
    arcs: Arcs
    sure: Ints

    def with_arcs(self, more: Arcs) -> "Face":
        """Return the same question with more arcs."""
        sure = np.concatenate([self.sure, np.zeros_like(more.tail)])
        return replace(self, arcs=joined([self.arcs, more]), sure=sure)


@dataclass(frozen=True)
class Solved:
    """A flow of least cost: `flow` (arcs,), `price` (nodes,), `reduced` (arcs,)."""

    flow: Ints
    price: Ints
    reduced: Ints

    @property
    def is_free(self) -> Bools:
        """Say which arcs have no reduced cost."""
        return cast("Bools", self.reduced == 0)

    def with_idle(self, count: int) -> "Solved":
        """Return the same flow with more arcs, of no reduced cost and no flow."""
        more = np.zeros(count, dtype=np.int64)
        flow = np.concatenate([self.flow, more])
        return Solved(flow, self.price, np.concatenate([self.reduced, more]))


def cheapest(face: Face, cost: Ints, start: Ints | None = None) -> Solved:
    """Return a flow of least cost, with prices that prove it.

    `cost` (arcs,); `start` (nodes,) are prices to begin with, any will do.
    """
    flow = _flow(face, cost)
    price = np.zeros(len(face.supply), dtype=np.int64) if start is None else start
    price = _prices(face.arcs, flow, cost, price)
    reduced = cost + price[face.arcs.tail] - price[face.arcs.head]
    return Solved(flow, price, reduced)


def _flow(face: Face, cost: Ints) -> Ints:
    open_arcs = np.flatnonzero(face.arcs.room)
    flow = np.zeros(len(cost), dtype=np.int64)
    if not len(open_arcs):
        return flow
    solver = min_cost_flow.SimpleMinCostFlow()
    handles = solver.add_arcs_with_capacity_and_unit_cost(
        face.arcs.tail[open_arcs].astype(np.int32),
        face.arcs.head[open_arcs].astype(np.int32),
        face.arcs.room[open_arcs],
        cost[open_arcs],
    )
    nodes = np.arange(len(face.supply), dtype=np.int32)
    solver.set_nodes_supplies(nodes, face.supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise Unsolved(f"The flow was not found: {status}.")
    flow[open_arcs] = solver.flows(handles)
    return flow


def _residual(arcs: Arcs, flow: Ints, cost: Ints) -> tuple[Ints, Ints, Ints]:
    """Return where flow may still be sent: from, to, at what cost."""
    more, less = np.flatnonzero(flow < arcs.room), np.flatnonzero(flow > 0)
    return (
        np.concatenate([arcs.tail[more], arcs.head[less]]),
        np.concatenate([arcs.head[more], arcs.tail[less]]),
        np.concatenate([cost[more], -cost[less]]),
    )


def _prices(arcs: Arcs, flow: Ints, cost: Ints, start: Ints) -> Ints:
    """Return shortest distances (Bellman 1958, Ford 1956), all arcs at a time."""
    tail, head, length = _residual(arcs, flow, cost)
    if not len(tail):
        return start
    order = np.argsort(head, kind="stable")
    tail, head, length = tail[order], head[order], length[order]
    begins = np.flatnonzero(np.diff(head, prepend=-1))
    reached = head[begins]
    price = start.copy()
    while True:
        found = np.minimum.reduceat(price[tail] + length, begins)
        is_nearer = found < price[reached]
        if not is_nearer.any():
            return price
        price[reached[is_nearer]] = found[is_nearer]


def settled(face: Face, solved: Solved, *, is_whole: bool) -> Face:
    """Keep, of a face, the flows that cost as little as the one that was found.

    An arc whose reduced cost is not zero flows alike in all of them. When the face
    is whole (no pair of no cost was left out), so does an arc that is on no cycle of
    arcs without reduced cost.
    """
    arcs, flow = face.arcs, solved.flow
    moves = solved.is_free & (arcs.room > 0)
    if is_whole:
        moves &= _on_cycles(face, solved, moves)
    held = np.where(moves, 0, flow)
    supply = face.supply.copy()
    np.subtract.at(supply, arcs.tail, held)
    np.add.at(supply, arcs.head, held)
    room = np.where(moves, arcs.room, 0)
    return Face(supply, arcs._replace(room=room), face.sure + held)


def _on_cycles(face: Face, solved: Solved, is_free: Bools) -> Bools:
    """Say which arcs have both ends in one knot of what may still move."""
    arcs, flow = face.arcs, solved.flow
    tail, head, _ = _residual(
        Arcs(*(column[is_free] for column in arcs)), flow[is_free], flow[is_free]
    )
    size = len(face.supply)
    graph = coo_array((np.ones(len(tail), dtype=np.int8), (tail, head)), (size, size))
    _, knot = connected_components(graph.tocsr(), directed=True, connection="strong")
    return cast("Bools", knot[arcs.tail] == knot[arcs.head])
