"""Which readers have less than their minimum, and why."""

from collections.abc import Iterator

from terril.choice.assignment.result import Unmet
from terril.choice.assignment.unmet.state import State


def minimums_missing(state: State) -> Iterator[Unmet]:
    """Tell which readers are given less than they should have."""
    asked = sum(one.demand for one in state.instance.dossiers)
    wanted = sum(one.lower for one in state.instance.readers)
    for place, reader in enumerate(state.instance.readers):
        missing = reader.lower - int(state.loads[place])
        if missing <= 0:
            continue
        free = int((~state.in_conflict[:, place]).sum())
        if free < reader.lower:
            constraint, why = "conflict", f"it is free of conflict with {free} only."
        elif asked < wanted:
            constraint = "demand"
            why = f"dossiers ask for {asked} readings, minimums for {wanted}."
        else:
            constraint, why = "min", "those it may read have the readers they ask for."
        yield Unmet(
            constraint,
            missing,
            f"{reader.id} has {state.loads[place]} of at least {reader.lower}: {why}",
            f"A minimum of {state.loads[place]} for {reader.id}.",
            reader=reader.id,
        )
