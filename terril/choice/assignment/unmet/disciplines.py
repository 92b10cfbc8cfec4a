"""Which disciplines are missing where, and why."""

from collections.abc import Iterator

import numpy as np

from terril.choice.assignment.instance import Bools
from terril.choice.assignment.result import Unmet
from terril.choice.assignment.unmet.state import State, named


def disciplines_missing(state: State) -> Iterator[Unmet]:
    """Tell which dossiers have no reader of a discipline that they ask for."""
    for place, name in enumerate(state.problem.names):
        held = state.problem.held[place]
        asking = np.array(
            [name in one.disciplines for one in state.instance.dossiers], dtype=np.bool_
        )
        lacking = asking & ~state.chosen[:, held].any(axis=1)
        shared = state.dossiers(lacking)
        for dossier in np.flatnonzero(lacking):
            constraint, why = _why(state, int(dossier), held)
            yield Unmet(
                constraint,
                1,
                f"{state.instance.dossiers[dossier].id} has no reader of {name}: {why}",
                _enough(state, int(dossier), name, len(shared)),
                state.instance.dossiers[dossier].id,
                discipline=name,
                dossiers=shared,
                readers=state.readers(held & ~state.in_conflict[dossier]),
            )


def _why(state: State, place: int, held: Bools) -> tuple[str, str]:
    """Return the constraint that keeps a discipline away, and the end of a sentence."""
    free = held & ~state.in_conflict[place]
    if not held.any():
        return "discipline", "no reader has it."
    if not free.any():
        return "conflict", f"all who have it are in conflict ({_names(state, held)})."
    return _crowding(state, place, free)


def _crowding(state: State, place: int, free: Bools) -> tuple[str, str]:
    """Say whether the dossier has no room for one more discipline."""
    dossier = state.instance.dossiers[place]
    if len(dossier.disciplines) > dossier.demand:
        return "demand", (
            f"it asks for {len(dossier.disciplines)} disciplines and "
            f"{dossier.demand} readers."
        )
    if not state.problem.demand[place]:
        return "fixed", "its readers have all begun, and begun work stays."
    return _rivalry(state, place, free)


def _rivalry(state: State, place: int, free: Bools) -> tuple[str, str]:
    """Say whether who could bring a discipline may not sit there, or has no time."""
    barred = free & (state.problem.upper > 0) & ~state.problem.allowed[place]
    if (barred == free).all():
        return "apart", (
            f"who could bring it is to be kept apart from a reader who has begun "
            f"({_names(state, free)})."
        )
    return "max", (
        f"who could bring it is at the maximum, or would leave another dossier short "
        f"({_names(state, free)})."
    )


def _names(state: State, mask: Bools) -> str:
    return named(state.readers(mask))


def _enough(state: State, place: int, name: str, count: int) -> str:
    """Say what would do, for this dossier and for all that lack the discipline."""
    dossier = state.instance.dossiers[place]
    if not state.problem.demand[place] or len(dossier.disciplines) > dossier.demand:
        return (
            f"A demand of {dossier.demand + 1} and one more reader of {name} free of "
            f"conflict with {dossier.id}."
        )
    if count == 1:
        return f"One more reader of {name}, free of conflict with {dossier.id}."
    return (
        f"One more reader of {name}, free of conflict with these {count} dossiers and "
        f"able to read them all."
    )
