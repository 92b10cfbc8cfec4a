"""What is told of the territory that this site serves: a text by its side, sourced."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from terril.site.programme.regimes import Text

TEXTS = Path(__file__).resolve().parent.parent / "texts"


@dataclass(frozen=True)
class Fact:
    """A sentence about the territory, and where it can be read."""

    text: Text
    source: str

    @property
    def site(self) -> str:
        return urlsplit(self.source).netloc.removeprefix("www.")


@dataclass(frozen=True)
class Told:
    """What is told of a territory; nothing, for one that nobody wrote about yet."""

    facts: list[Fact] = field(default_factory=list)
    brings: list[Text] = field(default_factory=list)
    brings_source: str = ""
    # The rules that ship with this software and were those of this territory.
    eras: tuple[str, ...] = ()


def told() -> Told:
    """Return what is told of the territory of the settings."""
    return _read(settings.TERRITORY)


@cache
def _read(key: str) -> Told:
    path = TEXTS / f"{key}.json"
    if not path.exists():
        return Told()
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return Told(
        [
            Fact(Text(one["fr"], one["en"]), one["source"])
            for one in found.get("facts", [])
        ],
        [Text(one["fr"], one["en"]) for one in found.get("brings", [])],
        found.get("brings_source", ""),
        tuple(found.get("eras", ())),
    )
