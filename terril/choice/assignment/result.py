"""What an assignment answers, and how it is written in JSON."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from terril.choice.assignment.instance import Floats, Instance, Ints
from terril.choice.assignment.linking import Linking
from terril.choice.instances import Id


@dataclass(frozen=True)
class Unmet:
    """One thing that cannot be had: on which dossier or reader, why, what would do.

    `constraint` is one of `readers` (there are not enough), `conflict`, `apart`,
    `max`, `discipline`, `demand`, `min`, `fixed`. `missing` counts readings;
    `dossiers` and `readers` are those who share the shortage.
    """

    constraint: str
    missing: int
    reason: str
    enough: str
    dossier: Id | None = None
    reader: Id | None = None
    discipline: str | None = None
    dossiers: tuple[Id, ...] = ()
    readers: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """Who reads what, with its proof.

    `pairs` (·, 2): places [dossier, reader], sorted, begun readings among them.
    `objective`: the sum of their fit. `bound`: proven, no assignment that covers as
    much and keeps what was begun has more; `gap` is the difference.
    `min_dossier_fit`: the least sum of fit over the readers of a dossier; among
    assignments of the same objective none has more than `min_dossier_bound`.
    `loads` (m,) and `fits` (n,); `unmet` is empty when everything is met.
    `dossier_prices` (n,) and `reader_prices` (m,), in fit: the dual certificate.
    `method` is `flow` or `programme`.
    """

    pairs: Ints
    objective: float
    bound: float
    min_dossier_fit: float
    min_dossier_bound: float
    loads: Ints
    fits: Floats
    unmet: tuple[Unmet, ...]
    linking: Linking
    dossier_prices: Floats
    reader_prices: Floats
    method: str

    def __post_init__(self) -> None:
        """Freeze the arrays too."""
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    @property
    def gap(self) -> float:
        """Return how much fit at most is left to be found."""
        return max(0.0, self.bound - self.objective)


def printed(instance: Instance, found: Assignment) -> dict[str, Any]:
    """Return an assignment as JSON has it, with the ids of its instance."""
    dossiers = [one.id for one in instance.dossiers]
    readers = [one.id for one in instance.readers]
    return {
        "assignment": [[dossiers[d], readers[r]] for d, r in found.pairs.tolist()],
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
        "min_dossier_fit": found.min_dossier_fit,
        "min_dossier_bound": found.min_dossier_bound,
        "loads": dict(zip(map(str, readers), found.loads.tolist(), strict=True)),
        "fits": dict(zip(map(str, dossiers), found.fits.tolist(), strict=True)),
        "unmet": [_written(one) for one in found.unmet],
        "linking": vars(found.linking),
        "method": found.method,
        "seed": instance.seed,
    }


def _written(unmet: Unmet) -> dict[str, Any]:
    """Return what is unmet without what does not concern it."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in vars(unmet).items()
        if value is not None and value != ()
    }


def as_table(found: dict[str, Any]) -> str:
    """Return an assignment as lines to be read in a terminal."""
    by_dossier: dict[str, list[str]] = {name: [] for name in found["fits"]}
    for dossier, reader in found["assignment"]:
        by_dossier[str(dossier)].append(str(reader))
    lines = [f"{name}: {', '.join(who) or '—'}" for name, who in by_dossier.items()]
    lines += [
        f"fit {found['objective']:.6f}, at most {found['bound']:.6f}",
        f"worst-off dossier {found['min_dossier_fit']:.6f}",
        f"pieces of the graph of readings: {found['linking']['pieces']}",
    ]
    for unmet in found["unmet"]:
        lines.append(f"unmet: {unmet['reason']} {unmet['enough']}")
    return "\n".join(lines)
