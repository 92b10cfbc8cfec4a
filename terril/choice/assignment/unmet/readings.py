"""Which dossiers lack readers, and why.

A dossier short of readers while others have some is the sign of a bottleneck: the
dossiers and readers reached from it by exchanges (Hall 1935; the alternating paths
of Berge 1957) are those who share it.
"""

from collections.abc import Iterator

import numpy as np

from terril.choice.assignment.instance import Bools, Ints
from terril.choice.assignment.result import Unmet
from terril.choice.assignment.unmet.state import State, named


def readings_missing(state: State) -> Iterator[Unmet]:
    """Tell which dossiers lack readers."""
    demand = np.array([one.demand for one in state.instance.dossiers], dtype=np.int64)
    for place in np.flatnonzero(demand > state.given):
        missing = int(demand[place] - state.given[place])
        yield _shortage(state, int(place), missing)


def _shortage(state: State, place: int, missing: int) -> Unmet:
    """Say why a dossier lacks readers: nobody free, foes among them, or all full."""
    dossier = state.instance.dossiers[place]
    free = ~state.in_conflict[place]
    lack = f"{dossier.id} has {dossier.demand - missing} of {dossier.demand} readers"
    if free.sum() < dossier.demand:
        conflicts = len(free) - int(free.sum())
        return Unmet(
            "conflict" if conflicts else "readers",
            missing,
            f"{lack}: of {len(free)} readers, {conflicts} are in conflict with it.",
            f"{missing} more readers free of conflict with {dossier.id}.",
            dossier.id,
            readers=state.readers(~free),
        )
    dossiers, readers = _reach(state, place)
    full = readers & (state.problem.upper <= _loads_left(state))
    if not (readers == full).all():
        return _kept_apart(state, place, missing, lack)
    return Unmet(
        "max",
        missing,
        f"{lack}: the others that it may have are all at their maximum "
        f"({named(state.readers(readers))}).",
        f"For each missing reading, a maximum raised by 1 for one of them, or one "
        f"new reader free of conflict with {dossier.id}.",
        dossier.id,
        dossiers=state.dossiers(dossiers),
        readers=state.readers(readers),
    )


def _loads_left(state: State) -> Ints:
    """Return what each reader reads beside begun work (m,)."""
    return state.loads - state.problem.begun


def _kept_apart(state: State, place: int, missing: int, lack: str) -> Unmet:
    dossier = state.instance.dossiers[place].id
    involved = np.zeros(state.problem.sides[1], dtype=np.bool_)
    involved[state.instance.apart.ravel()] = True
    involved &= ~state.in_conflict[place]
    return Unmet(
        "apart",
        missing,
        f"{lack}: the others who are free may not sit with those it has, or with "
        "those of the dossiers that would exchange with it.",
        f"For each missing reading, one new reader free of conflict with {dossier} "
        "and apart from nobody.",
        dossier,
        readers=state.readers(involved),
    )


def _reach(state: State, place: int) -> tuple[Bools, Bools]:
    """Return the dossiers and readers whom exchanges would reach from a dossier."""
    may = ~state.in_conflict & ~state.chosen
    moves = state.chosen.copy()
    moves[tuple(state.problem.kept.T)] = False
    dossiers = np.zeros(len(may), dtype=np.bool_)
    dossiers[place] = True
    while True:
        readers = np.asarray(may[dossiers].any(axis=0))
        more = dossiers | moves[:, readers].any(axis=1)
        if (more == dossiers).all():
            return dossiers, readers
        dossiers = more
