"""What remains to be decided once begun work stands, as arrays."""

from dataclasses import dataclass

import numpy as np

from terril.choice.assignment.instance import (
    Bools,
    Floats,
    Instance,
    Ints,
    held_by,
    names_of,
)


@dataclass(frozen=True)
class Problem:
    """The arrays of an instance, with what is fixed taken out of them.

    `allowed` (n, m): who may still be given what. `demand` (n,), `lower`, `upper`
    (m,): what remains of them, `beyond` (n,) being asked of more readers than there
    are. `needs` (n, k): disciplines that no fixed reader
    brings. `held` (k, m): who has which discipline. `kept` and `undone` (·, 2):
    begun readings that stay, and those that a conflict ends. `begun` (m,): readings
    of each reader that stay. `apart`: groups of readers of whom a dossier has one.
    """

    fit: Floats
    allowed: Bools
    demand: Ints
    beyond: Ints
    lower: Ints
    upper: Ints
    needs: Bools
    held: Bools
    names: tuple[str, ...]
    kept: Ints
    undone: Ints
    begun: Ints
    apart: tuple[Ints, ...]

    @property
    def sides(self) -> tuple[int, int]:
        """Count the dossiers and the readers."""
        return len(self.demand), len(self.upper)


def problem_of(instance: Instance) -> Problem:
    """Take begun work out of an instance: a conflict ends it, nothing else does."""
    n, m = len(instance.dossiers), len(instance.readers)
    names = names_of(instance)
    held = held_by(instance, names)
    is_free = np.ones((n, m), dtype=np.bool_)
    is_free[tuple(instance.conflicts.T)] = False
    stays = is_free[tuple(instance.fixed.T)]
    kept, undone = instance.fixed[stays], instance.fixed[~stays]
    is_kept = np.zeros((n, m), dtype=np.bool_)
    is_kept[tuple(kept.T)] = True
    demand = np.array([one.demand for one in instance.dossiers], dtype=np.int64)
    upper = np.array([one.upper for one in instance.readers], dtype=np.int64)
    lower = np.array([one.lower for one in instance.readers], dtype=np.int64)
    begun = np.bincount(kept[:, 1], minlength=m)
    given = np.bincount(kept[:, 0], minlength=n)
    demand = np.maximum(demand - given, 0)
    beyond = np.maximum(demand - m, 0)
    lower, upper = np.clip(lower - begun, 0, n), np.clip(upper - begun, 0, n)
    return Problem(
        fit=instance.fit,
        allowed=_allowed(is_free & ~is_kept, is_kept, instance.apart, demand, upper),
        demand=demand - beyond,
        beyond=beyond,
        lower=lower,
        upper=upper,
        needs=_needs(instance, names) & ~_brought(kept, held, n),
        held=held,
        names=names,
        kept=kept,
        undone=undone,
        begun=begun,
        apart=groups_apart(instance.apart),
    )


def _allowed(
    may: Bools, is_kept: Bools, apart: Ints, demand: Ints, upper: Ints
) -> Bools:
    """Bar whoever is full, whoever is complete, and the foes of begun readings."""
    may = may & (demand > 0)[:, None] & (upper > 0)[None, :]
    for one, other in apart:
        may[is_kept[:, one], other] = False
        may[is_kept[:, other], one] = False
    return may


def _needs(instance: Instance, names: tuple[str, ...]) -> Bools:
    """Return which dossier asks for which discipline, as (dossiers, disciplines)."""
    place = {name: index for index, name in enumerate(names)}
    needs = np.zeros((len(instance.dossiers), len(names)), dtype=np.bool_)
    for row, dossier in enumerate(instance.dossiers):
        needs[row, [place[name] for name in dossier.disciplines]] = True
    return needs


def _brought(kept: Ints, held: Bools, n: int) -> Bools:
    """Return which disciplines begun readings bring, as (dossiers, disciplines)."""
    brought = np.zeros((n, len(held)), dtype=np.bool_)
    np.logical_or.at(brought, kept[:, 0], held[:, kept[:, 1]].T)
    return brought


def groups_apart(pairs: Ints) -> tuple[Ints, ...]:
    """Gather pairs kept apart into groups of whom a dossier may have one.

    Where everybody of a circle is apart from everybody else, the circle is one
    group; elsewhere each pair is.
    """
    foes: dict[int, set[int]] = {}
    for one, other in pairs.tolist():
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)
    groups: set[tuple[int, ...]] = set()
    for one, others in foes.items():
        circle = others | {one}
        if all(foes[other] | {other} == circle for other in others):
            groups.add(tuple(sorted(circle)))
        else:
            groups |= {(min(one, other), max(one, other)) for other in others}
    return tuple(np.array(group, dtype=np.int64) for group in sorted(groups))
