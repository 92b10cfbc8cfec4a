"""Two results, key by key: what differs, and where."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ABSOLUTE = 1e-9
RELATIVE = 1e-6
MISSING = "(nothing)"


@dataclass(frozen=True)
class Difference:
    """One place where two results differ: its path, and what stands there."""

    where: str
    published: str
    computed: str


def differences(
    published: object, computed: object, *, is_newer: bool = False
) -> list[Difference]:
    """Return where a computed result differs from the published one.

    Texts, whole numbers, lists and keys must be the same; numbers with a fraction may
    differ by one millionth of the larger, or 1e-9, which is what other processors do.
    A newer Terril may answer with more keys (`is_newer`): they are passed over.
    """
    return list(_differences(published, computed, "result", is_newer))


def _differences(
    one: object, other: object, where: str, is_newer: Any
) -> Iterator[Difference]:
    if isinstance(one, dict) and isinstance(other, dict):
        more = [] if is_newer else [key for key in other if key not in one]
        for key in [*one, *more]:
            yield from _differences(
                one.get(key, MISSING),
                other.get(key, MISSING),
                f"{where}.{key}",
                is_newer,
            )
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (first, second) in enumerate(zip(one, other, strict=True)):
            yield from _differences(first, second, f"{where}[{place}]", is_newer)
    elif not _are_same(one, other):
        yield Difference(where, _short(one), _short(other))


def _are_same(one: object, other: object) -> bool:
    if _is_number(one) and _is_number(other) and float in (type(one), type(other)):
        return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)  # type: ignore[arg-type]
    return type(one) is type(other) and one == other


def _is_number(value: object) -> bool:
    return type(value) in (int, float)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
