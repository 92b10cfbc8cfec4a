"""Peers of the assignment, each in a process and an environment of its own."""

import json
import sys
import time

import numpy as np

PATIENCE = 120


def plain_milp(given):
    """Write every pair as a variable, every rule as a row; HiGHS does the rest."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array, vstack

    n, m = given["fit"].shape
    row, column = np.divmod(np.arange(n * m), m)
    high = np.ones(n * m)
    conflicts = given["conflicts"]
    high[conflicts[:, 0] * m + conflicts[:, 1]] = 0
    start = time.process_time()
    ones = np.ones(n * m)
    dossiers = coo_array((ones, (row, np.arange(n * m))))
    readers = coo_array((ones, (column, np.arange(n * m))))
    able = np.flatnonzero(given["asked"][row] == given["held"][column])
    needs = coo_array((ones[able], (row[able], able)), (n, n * m))
    found = milp(
        -given["fit"].ravel(),
        integrality=ones,
        bounds=Bounds(0, high),
        constraints=LinearConstraint(
            vstack([dossiers, readers, needs]),
            np.concatenate([given["demand"], given["lower"], np.ones(n)]),
            np.concatenate([given["demand"], given["upper"], np.full(n, np.inf)]),
        ),
        options={"mip_rel_gap": 0, "time_limit": PATIENCE},
    )
    return start, None if found.x is None else -found.fun, found.message


def cp_sat(given):
    """Give CP-SAT a Boolean a pair; fit is a whole number of millionths."""
    from ortools.sat.python import cp_model

    start = time.process_time()
    model = cp_model.CpModel()
    x = _booleans(model, given)
    whole = np.rint(given["fit"] * 1e6).astype(int)
    model.maximize(sum(int(whole[pair]) * one for pair, one in x.items()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = PATIENCE
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return start, None, solver.status_name(status)
    taken = [pair for pair, one in x.items() if solver.boolean_value(one)]
    fit = float(sum(given["fit"][pair] for pair in taken))
    return start, fit, solver.status_name(status)


def _booleans(model, given):
    n, m = given["fit"].shape
    barred = {tuple(one) for one in given["conflicts"].tolist()}
    free = [(d, r) for d in range(n) for r in range(m) if (d, r) not in barred]
    x = {pair: model.new_bool_var("") for pair in free}
    for d in range(n):
        mine = {r: x[d, r] for r in range(m) if (d, r) in x}
        model.add(sum(mine.values()) == int(given["demand"][d]))
        able = np.flatnonzero(given["held"] == given["asked"][d]).tolist()
        model.add_at_least_one(mine[r] for r in able if r in mine)
    for r in range(m):
        load = sum(x[d, r] for d in range(n) if (d, r) in x)
        model.add_linear_constraint(
            load, int(given["lower"][r]), int(given["upper"][r])
        )
    return x


def openreview_matcher(given, folder):
    """Call the MinMax solver of the published sources: it takes costs, and no rule."""
    sys.path.insert(0, folder)
    from matcher.solvers import MinMaxSolver

    allowed = np.zeros(given["fit"].shape, dtype=int)
    allowed[tuple(given["conflicts"].T)] = -1
    start = time.process_time()
    solver = MinMaxSolver(
        given["lower"].tolist(),
        given["upper"].tolist(),
        given["demand"].tolist(),
        _Encoded(-given["fit"], allowed),
    )
    chosen = np.asarray(solver.solve())
    return start, float(given["fit"][chosen > 0].sum()), "solved"


class _Encoded:
    """What that solver reads of its encoder."""

    def __init__(self, costs, constraints):
        self.cost_matrix = costs
        self.constraint_matrix = constraints
        self.prob_limit_matrix = np.ones_like(costs)


PEERS = {
    "plain MILP": plain_milp,
    "CP-SAT": cp_sat,
    "openreview-matcher": openreview_matcher,
}


def main():
    """Run the peer that is named on the instance that is given."""
    name, path, *more = sys.argv[1:]
    with np.load(path) as held:
        given = dict(held)
    start, objective, status = PEERS[name](given, *more)
    seconds = time.process_time() - start
    told = {"seconds": seconds, "objective": objective, "status": status}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
