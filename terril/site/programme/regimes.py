"""The rules of an edition as validated data: who may apply, stages, committees…

A regime is a text in JSON. Templates ship in `regimes/*.json`; an agent copies
one, edits it and publishes it. Once published it is hashed and never changes.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True)
class Named:
    """Something of a regime with a name in both languages."""

    key: str
    name: str
    name_en: str = ""
    # True where no source gives the rule and this software proposes one.
    is_proposal: bool = False

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


@dataclass(frozen=True)
class Committee(Named):
    """A committee that gives an opinion; `looks_at` says on what."""

    looks_at: str = ""
    looks_at_en: str = ""


@dataclass(frozen=True)
class Criterion(Named):
    """One line of the grid, in its family."""

    family: str = ""
    family_en: str = ""


@dataclass(frozen=True)
class Outcome(Named):
    """A way of deciding, and what it demands and leads to."""

    is_labelled: bool = False
    needs_reservations: bool = False
    comes_back: bool = False
    # How the outcome is named to the public: empty means never.
    is_public: bool = False


@dataclass(frozen=True)
class RegimeText:
    """A whole regime, read and checked."""

    title: str
    era: str
    who_may_apply: str
    who_may_apply_en: str
    stages: list[Named]
    committees: list[Committee]
    criteria: list[Criterion]
    outcomes: list[Outcome]
    deciding_body: str
    unknowns: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    # None: no source gives a duration, so a label has none.
    duration_years: int | None = None

    def outcome(self, key: str) -> Outcome:
        return next(outcome for outcome in self.outcomes if outcome.key == key)

    def committee(self, key: str) -> Committee:
        return next(one for one in self.committees if one.key == key)


def digest_of(text: dict[str, Any]) -> str:
    """Return the SHA-256 of a regime, whatever the order of its keys."""
    canonical = json.dumps(
        text, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
