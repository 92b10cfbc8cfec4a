"""Read an instance of a problem of choice from JSON, and say what is wrong with it."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Id = str | int


class BadInstance(ValueError):
    """An instance that means nothing; its sentence names what is wrong, and where."""


def read_instance(path: Path) -> Mapping[str, Any]:
    """Return the object written in a JSON file.

    Errors: `BadInstance` when the file cannot be read, is not JSON, or is no object.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise BadInstance(f"{path} cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise BadInstance(f"{path} is not JSON: {problem}.") from problem
    if not isinstance(found, dict):
        raise BadInstance(f"{path} must hold an object, such as {{…}}.")
    return found


def only(given: Mapping[str, Any], known: set[str], where: str) -> None:
    """Refuse keys that nobody would read: a misspelt rule must not be forgotten."""
    strange = sorted(set(given) - known)
    if strange:
        words = ", ".join(f"`{name}`" for name in strange)
        raise BadInstance(
            f"{where}: {words} unknown; the keys are {', '.join(sorted(known))}."
        )


def objects(given: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """Return a list of objects that must be there."""
    found = listed(given, key)
    for place, one in enumerate(found):
        if not isinstance(one, dict):
            raise BadInstance(f"`{key}`, item {place + 1}: an object is expected.")
    if key not in given:
        raise BadInstance(f"`{key}` is missing.")
    return found


def listed(given: Mapping[str, Any], key: str) -> list[Any]:
    """Return a list, empty when the key is absent."""
    found = given.get(key, [])
    if not isinstance(found, list):
        raise BadInstance(f"`{key}`: a list is expected.")
    return found


def identifier(given: Mapping[str, Any], where: str) -> Id:
    """Return the `id` of an object: a text or a whole number."""
    found = given.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int) or found == "":
        raise BadInstance(f"{where}: `id` must be a text or a whole number.")
    return found


def whole(
    given: Mapping[str, Any], key: str, where: str, absent: int | None = None
) -> int:
    """Return a whole number, zero or more."""
    found = given.get(key, absent)
    if isinstance(found, bool) or not isinstance(found, int) or found < 0:
        raise BadInstance(f"{where}: `{key}` must be a whole number, 0 or more.")
    return found


def number(given: Mapping[str, Any], key: str, where: str) -> float:
    """Return a finite number."""
    found = given.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float):
        found = math.nan
    if not math.isfinite(found):
        raise BadInstance(f"{where}: `{key}` must be a finite number.")
    return float(found)


def texts(given: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Return different texts, in their order."""
    found = given.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BadInstance(f"{where}: `{key}` must be a list of texts.")
    return tuple(dict.fromkeys(found))


def unique(ids: Sequence[Id], what: str) -> dict[Id, int]:
    """Return the place of each id; two things of one id are refused."""
    places: dict[Id, int] = {}
    for place, one in enumerate(ids):
        if one in places:
            raise BadInstance(f"Two {what} have the id {one!r}.")
        places[one] = place
    return places
