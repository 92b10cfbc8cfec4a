"""The perimeters of known territories: what the site seeds and the library reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KNOWN = Path(__file__).resolve().parent / "territories.json"


@dataclass(frozen=True)
class Member:
    """A place in a territory, from a day to another (the last day excluded)."""

    place: str
    since: str
    until: str = ""

    @property
    def code(self) -> str:
        """Return the code of the place, without its level."""
        return self.place.partition(":")[2]

    def is_on(self, day: str) -> bool:
        """Tell whether the place is a member that day, YYYY-MM-DD."""
        return self.since <= day and (not self.until or day < self.until)


@dataclass(frozen=True)
class Territory:
    """A territory as it is known: its members draw it, the others only belong."""

    key: str
    name: str
    short_name: str
    since: str
    members: tuple[Member, ...]
    others: tuple[Member, ...] = ()
    website: str = ""


def territories(path: Path = KNOWN) -> Mapping[str, Territory]:
    """Return the territories of a file by their key; those that ship by default."""
    return _read(path)


@cache
def _read(path: Path) -> Mapping[str, Territory]:
    told = json.loads(path.read_text("utf-8"))
    return {key: _territory(key, one) for key, one in told.items()}


def _territory(key: str, told: dict[str, object]) -> Territory:
    groups = {
        group: tuple(Member(**one) for one in told.get(group, []))  # type: ignore[attr-defined]
        for group in ("members", "others")
    }
    return Territory(key=key, **(told | groups))  # type: ignore[arg-type]
