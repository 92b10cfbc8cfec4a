"""Begun work that breaks a rule: it stays, unless a conflict ends it."""

from collections.abc import Iterator

import numpy as np

from terril.choice.assignment.result import Unmet
from terril.choice.assignment.unmet.state import State


def begun_against(state: State) -> Iterator[Unmet]:
    """Tell where begun work breaks a rule; a conflict alone ends it."""
    for d, r in state.problem.undone.tolist():
        dossier, reader = state.instance.dossiers[d].id, state.instance.readers[r].id
        yield Unmet(
            "conflict",
            1,
            f"{reader} had begun {dossier} and is now in conflict with it: the "
            "reading ends.",
            "Nothing can keep it; its place is given to somebody else where possible.",
            dossier,
            reader,
        )
    for place in np.flatnonzero(state.problem.begun):
        reader = state.instance.readers[place]
        over = int(state.problem.begun[place]) - reader.upper
        if over > 0:
            yield Unmet(
                "max",
                over,
                f"{reader.id} has begun {over} more than its maximum of "
                f"{reader.upper}; begun work stays.",
                f"A maximum of {reader.upper + over}.",
                reader=reader.id,
            )
    yield from _begun_together(state)


def _begun_together(state: State) -> Iterator[Unmet]:
    for one, other in state.instance.apart.tolist():
        both = state.chosen[:, one] & state.chosen[:, other]
        for dossier in state.dossiers(both):
            names = state.instance.readers[one].id, state.instance.readers[other].id
            yield Unmet(
                "apart",
                1,
                f"{names[0]} and {names[1]}, to be kept apart, have both begun "
                f"{dossier}; begun work stays.",
                "Taking one of the two out of `fixed`.",
                dossier,
                readers=names,
            )
