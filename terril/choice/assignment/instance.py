"""What an assignment is asked: dossiers, readers, fit, and what is forbidden."""

from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from terril.choice.instances import BadInstance, Id, unique

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def no_pairs() -> Ints:
    """Return a list of pairs that is empty."""
    return np.empty((0, 2), dtype=np.int64)


@dataclass(frozen=True)
class Dossier:
    """What is to be read: by how many readers, and with which disciplines."""

    id: Id
    demand: int
    disciplines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Who reads: from how many dossiers to how many, and in which disciplines."""

    id: Id
    lower: int
    upper: int
    disciplines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instance:
    """One question of assignment, checked when it is made.

    Shapes: n dossiers, m readers; `fit` is (n, m), in any unit, higher is better.
    `conflicts`, `fixed` and `previous` are (k, 2) places [dossier, reader]; `apart`
    is (k, 2) places [reader, reader]. `fixed` readings were begun and stay;
    `previous` ones were only announced, and stay when it costs nothing.
    Errors: `BadInstance`, with a sentence that names what is wrong.
    """

    dossiers: tuple[Dossier, ...]
    readers: tuple[Reader, ...]
    fit: Floats
    conflicts: Ints = field(default_factory=no_pairs)
    apart: Ints = field(default_factory=no_pairs)
    fixed: Ints = field(default_factory=no_pairs)
    previous: Ints = field(default_factory=no_pairs)
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what means nothing."""
        unique([one.id for one in self.dossiers], "dossiers")
        unique([one.id for one in self.readers], "readers")
        self._check_numbers()
        self._check_fit()
        sides = (len(self.dossiers), len(self.readers))
        for name in ("conflicts", "fixed", "previous"):
            check_pairs(getattr(self, name), sides, name)
        check_pairs(self.apart, (sides[1], sides[1]), "apart")
        alone = self.apart[self.apart[:, 0] == self.apart[:, 1]]
        if len(alone):
            name = self.readers[alone[0, 0]].id
            raise BadInstance(f"`apart`: {name!r} cannot be kept apart from itself.")

    def _check_numbers(self) -> None:
        for dossier in self.dossiers:
            if dossier.demand < 0:
                raise BadInstance(f"Dossier {dossier.id!r}: `demand` is negative.")
        for reader in self.readers:
            if not 0 <= reader.lower <= reader.upper:
                raise BadInstance(
                    f"Reader {reader.id!r}: `min` {reader.lower} and `max` "
                    f"{reader.upper} must hold 0 ≤ min ≤ max."
                )

    def _check_fit(self) -> None:
        wanted = (len(self.dossiers), len(self.readers))
        if self.fit.shape != wanted:
            raise BadInstance(
                f"`fit` must have {wanted[0]} rows (dossiers) of {wanted[1]} numbers "
                f"(readers); its shape is {self.fit.shape}."
            )
        if not np.isfinite(self.fit).all():
            row, column = np.argwhere(~np.isfinite(self.fit))[0]
            raise BadInstance(
                f"`fit` of dossier {self.dossiers[row].id!r} and reader "
                f"{self.readers[column].id!r} is not a finite number."
            )


def check_pairs(pairs: Ints, sides: tuple[int, int], name: str) -> None:
    """Refuse pairs that are no pairs, or that point at nobody."""
    if pairs.ndim != 2 or pairs.shape[1] != 2:
        raise BadInstance(f"`{name}` must be a list of pairs.")
    if len(pairs) and ((pairs < 0) | (pairs >= np.array(sides))).any():
        raise BadInstance(
            f"`{name}` points at a dossier or a reader that is not there."
        )


def names_of(instance: Instance) -> tuple[str, ...]:
    """Return every discipline that a dossier asks for or a reader has, sorted."""
    asked = {name for one in instance.dossiers for name in one.disciplines}
    held = {name for one in instance.readers for name in one.disciplines}
    return tuple(sorted(asked | held))


def held_by(instance: Instance, names: tuple[str, ...]) -> Bools:
    """Return who has which discipline, as (disciplines, readers)."""
    place = {name: index for index, name in enumerate(names)}
    held = np.zeros((len(names), len(instance.readers)), dtype=np.bool_)
    for column, reader in enumerate(instance.readers):
        held[[place[name] for name in reader.disciplines], column] = True
    return cast("Bools", held)
