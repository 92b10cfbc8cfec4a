"""An assignment seen by those who look for what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from terril.choice.assignment.instance import Bools, Instance, Ints
from terril.choice.assignment.problem import Problem
from terril.choice.instances import Id

SHOWN = 8  # names in a sentence; the lists have them all


@dataclass(frozen=True)
class State:
    """An assignment seen by those who look for what is missing.

    `chosen` and `in_conflict` (n, m), `loads` (m,), `given` (n,), all readings counted.
    """

    instance: Instance
    problem: Problem
    chosen: Bools
    in_conflict: Bools
    loads: Ints
    given: Ints

    def dossiers(self, mask: Bools) -> tuple[Id, ...]:
        """Return the ids of some dossiers."""
        return tuple(self.instance.dossiers[one].id for one in np.flatnonzero(mask))

    def readers(self, mask: Bools) -> tuple[Id, ...]:
        """Return the ids of some readers."""
        return tuple(self.instance.readers[one].id for one in np.flatnonzero(mask))


def named(ids: Sequence[Id]) -> str:
    """Return names for a sentence; many are cut short."""
    shown = ", ".join(str(one) for one in ids[:SHOWN])
    return shown if len(ids) <= SHOWN else f"{shown} and {len(ids) - SHOWN} more"


def state_of(instance: Instance, problem: Problem, pairs: Ints) -> State:
    """Look at an assignment, begun readings among its pairs (·, 2)."""
    chosen = np.zeros(problem.sides, dtype=np.bool_)
    chosen[tuple(pairs.T)] = True
    in_conflict = np.zeros(problem.sides, dtype=np.bool_)
    in_conflict[tuple(instance.conflicts.T)] = True
    loads, given = chosen.sum(axis=0), chosen.sum(axis=1)
    return State(instance, problem, chosen, in_conflict, loads, given)
