"""Where the official tables come from: who to thank, under which licence."""

from collections.abc import Iterable
from dataclasses import dataclass

from terril.site.places import tables


@dataclass(frozen=True)
class Attribution:
    """A dataset that ships: how its producer asks to be cited."""

    title: str
    producer: str
    licence: str
    text: str
    url: str
    editions: tuple[str, ...]


def attributions() -> list[Attribution]:
    """Return the sources of the tables that ship, their editions together."""
    together: dict[tuple[str, str], list[dict[str, str]]] = {}
    for source in tables.attribution()["sources"]:
        key = (source["title"], source["attribution"])
        together.setdefault(key, []).append(source)
    return [_attribution(found) for found in together.values()]


def _attribution(found: Iterable[dict[str, str]]) -> Attribution:
    kept = list(found)
    last = kept[-1]
    return Attribution(
        last["title"],
        last["producer"],
        last["licence"],
        last["attribution"],
        last["address"],
        tuple(source["vintage"] for source in kept),
    )
