"""An integer programme on the network, for rules that no flow can keep.

The arcs of the network are the variables and its nodes the equations, so that the
relaxation stays as tight as a flow; rules that cross stand beside them as rows. HiGHS
solves it (Huangfu and Hall, *Parallelizing the dual revised simplex method*, 2018),
goal after goal, each reached before the next is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from terril.choice.assignment.flow import Face
from terril.choice.assignment.instance import Floats, Ints

# Reproducible on any machine: nodes are counted, not seconds.
NODES = 20_000
LOOSE = 1e-7


@dataclass(frozen=True)
class Rows:
    """Rules over columns: `low` ≤ `matrix` @ columns ≤ `high`."""

    matrix: csr_array
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Programme:
    """The columns, arcs first, with their rules; `whole` says which are integers."""

    rules: tuple[Rows, ...]
    low: Floats
    high: Floats
    whole: Ints

    def with_rows(self, rows: Rows) -> "Programme":
        """Return the same programme under more rules."""
        return replace(self, rules=(*self.rules, rows))


@dataclass(frozen=True)
class Reached:
    """How far a goal was reached: its columns, its value, and what is proven of it."""

    columns: Floats
    value: float
    bound: float


def programme_of(face: Face, extra: int = 0) -> Programme:
    """Write a face as a programme, with some free columns more after the arcs."""
    size, count = len(face.supply), len(face.sure)
    places = np.arange(count)
    ends = np.concatenate([face.arcs.tail, face.arcs.head])
    signs = np.repeat([1.0, -1.0], count)
    matrix = coo_array((signs, (ends, np.tile(places, 2))), (size, count + extra))
    supply = face.supply.astype(np.float64)
    low = np.concatenate([np.zeros(count), np.full(extra, -np.inf)])
    high = np.concatenate([face.arcs.room, np.full(extra, np.inf)])
    whole = np.concatenate([np.ones(count), np.zeros(extra)]).astype(np.int64)
    return Programme((Rows(csr_array(matrix), supply, supply),), low, high, whole)


def reached(programme: Programme, cost: Floats) -> Reached | None:
    """Return the columns of least cost, or None when rules cannot be kept together."""
    matrix = csr_array(vstack([rows.matrix for rows in programme.rules]))
    low = np.concatenate([rows.low for rows in programme.rules])
    high = np.concatenate([rows.high for rows in programme.rules])
    found = milp(
        cost,
        integrality=programme.whole,
        bounds=Bounds(programme.low, programme.high),
        constraints=LinearConstraint(matrix, low, high),
        options={"mip_rel_gap": 0.0, "node_limit": NODES},
    )
    answer: Floats | None = found.x
    if answer is None:
        return None
    columns = np.where(programme.whole, np.rint(answer), answer)
    value = float(cost @ columns)
    # Without integers to branch on, the solver gives no bound but its optimum.
    bound = value if found.mip_dual_bound is None else float(found.mip_dual_bound)
    return Reached(columns, value, min(bound, value))


def in_turn(programme: Programme, goals: Sequence[Floats]) -> list[Reached]:
    """Reach goals one after another; stop where one cannot be reached exactly."""
    done: list[Reached] = []
    for cost in goals:
        found = reached(programme, cost)
        if found is None:
            break
        done.append(found)
        slack = LOOSE * max(1.0, abs(found.value))
        row = csr_array(cost[None, :])
        most = np.array([found.value + slack])
        programme = programme.with_rows(Rows(row, np.array([-np.inf]), most))
    return done


def rows_of(
    entries: tuple[Floats, Ints, Ints], width: int, low: Floats, high: Floats
) -> Rows:
    """Return rules from the values, rows and columns of what is not zero in them."""
    values, lines, columns = entries
    matrix = coo_array((values, (lines, columns)), (len(low), width))
    return Rows(csr_array(matrix), low, high)
