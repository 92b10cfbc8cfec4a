"""From the JSON of `terril choice assign` to an instance."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from terril.choice.assignment.instance import (
    Dossier,
    Floats,
    Instance,
    Ints,
    Reader,
    no_pairs,
)
from terril.choice.instances import (
    BadInstance,
    Id,
    identifier,
    listed,
    objects,
    only,
    texts,
    unique,
    whole,
)

KEYS = {
    *("dossiers", "readers", "fit", "conflicts", "apart", "fixed", "previous", "seed"),
}


def instance_of(given: Mapping[str, Any]) -> Instance:
    """Return the instance that a JSON object describes.

    Errors: `BadInstance`, naming the key, the item and what was expected of it.
    """
    only(given, KEYS, "The instance")
    dossiers = tuple(_dossier(one) for one in _numbered(given, "dossiers"))
    rows = unique([one.id for one in dossiers], "dossiers")
    found = _numbered(given, "readers")
    readers = tuple(_reader(one, most=len(dossiers)) for one in found)
    columns = unique([one.id for one in readers], "readers")
    return Instance(
        dossiers=dossiers,
        readers=readers,
        fit=_fit(given, [one.id for one in dossiers], len(readers)),
        conflicts=_pairs(given, "conflicts", (rows, columns)),
        apart=_pairs(given, "apart", (columns, columns)),
        fixed=_pairs(given, "fixed", (rows, columns)),
        previous=_pairs(given, "previous", (rows, columns)),
        seed=whole(given, "seed", "The instance", absent=0),
    )


def _numbered(
    given: Mapping[str, Any], key: str
) -> Sequence[tuple[str, Mapping[str, Any]]]:
    found = objects(given, key)
    return [(f"`{key}`, item {place}", one) for place, one in enumerate(found, 1)]


def _dossier(item: tuple[str, Mapping[str, Any]]) -> Dossier:
    where, given = item
    only(given, {"id", "demand", "disciplines"}, where)
    return Dossier(
        id=identifier(given, where),
        demand=whole(given, "demand", where),
        disciplines=texts(given, "disciplines", where),
    )


def _reader(item: tuple[str, Mapping[str, Any]], *, most: int) -> Reader:
    where, given = item
    only(given, {"id", "min", "max", "disciplines"}, where)
    lower = whole(given, "min", where, absent=0)
    return Reader(
        id=identifier(given, where),
        lower=lower,
        upper=whole(given, "max", where, absent=max(most, lower)),
        disciplines=texts(given, "disciplines", where),
    )


def _fit(given: Mapping[str, Any], ids: list[Id], width: int) -> Floats:
    """Return the matrix of fit; `[]` is understood when there is nobody to read."""
    if "fit" not in given:
        raise BadInstance("`fit` is missing.")
    rows = listed(given, "fit")
    if len(rows) != len(ids):
        raise BadInstance(
            f"`fit` has {len(rows)} rows for {len(ids)} dossiers: one row a dossier."
        )
    for name, row in zip(ids, rows, strict=True):
        if not isinstance(row, list) or len(row) != width:
            raise BadInstance(
                f"`fit` of dossier {name!r}: a list of {width} numbers is expected, "
                "one a reader."
            )
    found = np.array(rows) if ids and width else np.zeros((len(ids), width))
    if found.dtype.kind not in "iuf":
        raise BadInstance("`fit` must hold numbers only.")
    return found.astype(np.float64)


def _pairs(
    given: Mapping[str, Any], key: str, sides: tuple[dict[Id, int], dict[Id, int]]
) -> Ints:
    """Return pairs of places from pairs of ids; twice the same pair counts once."""
    found = [
        _pair(one, f"`{key}`, item {place}", sides)
        for place, one in enumerate(listed(given, key), 1)
    ]
    return np.array(sorted(set(found)), dtype=np.int64) if found else no_pairs()


def _pair(
    given: Any, where: str, sides: tuple[dict[Id, int], dict[Id, int]]
) -> tuple[int, int]:
    if not isinstance(given, list) or len(given) != 2:
        raise BadInstance(f"{where}: a pair of ids is expected.")
    for one, side in zip(given, sides, strict=True):
        if isinstance(one, bool | list | dict) or one not in side:
            raise BadInstance(f"{where}: {one!r} is the id of nobody in the instance.")
    return sides[0][given[0]], sides[1][given[1]]
