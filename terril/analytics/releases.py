"""Releases: folders of Parquet written once, whole or not at all, and read only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terril.analytics.catalogue import Indicator, indicator
from terril.analytics.errors import DataError, Spot
from terril.analytics.snapshots import digest

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from terril.analytics.workbench import Workbench

SHIPPED = Path(__file__).resolve().parent / "release"
OBSERVATIONS, CATALOGUE = "observations.parquet", "catalogue.json"
ATTRIBUTION, MANIFEST = "ATTRIBUTION.md", "manifest.json"


@dataclass(frozen=True)
class Published:
    """An edition as a release holds it: which files, whose, of which day."""

    id: str
    dataset: str
    vintage: str
    files: tuple[tuple[str, str], ...]
    producer: str
    title: str
    licence: str
    attribution: str
    address: str
    universe: str
    published_on: str
    dated: str
    dated_by: str
    geography: int
    note: str = ""

    @property
    def rank(self) -> tuple[str, str]:
        """Return what puts editions in order: their day, never when they came."""
        return (self.dated, self.id)


@dataclass(frozen=True)
class Release:
    """One folder of figures; `number` is 0 for the one that ships."""

    folder: Path
    number: int = 0

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """Return what the release says of itself: its files and their digests."""
        try:
            found: Mapping[str, Any] = json.loads(
                (self.folder / MANIFEST).read_text("utf-8")
            )
        except (OSError, ValueError) as error:
            raise self._damaged(MANIFEST) from error
        return found

    @property
    def digest(self) -> str:
        """Return what tells this content from any other."""
        return digest(json.dumps(self.manifest["files"], sort_keys=True).encode())

    def verify(self) -> None:
        """Read every file again, and refuse one that is not as it was written."""
        for name, expected in self.manifest["files"].items():
            path = self.folder / name
            if not path.is_file() or digest(path.read_bytes()) != expected:
                raise self._damaged(name)

    def _damaged(self, name: str) -> DataError:
        return DataError(
            "the release is damaged: a file is missing or is not as it was written",
            spot=Spot(str(self.folder), name),
            advice="Publish the previous release, or build this one again.",
        )

    @cached_property
    def catalogue(self) -> Mapping[str, Any]:
        text = (self.folder / CATALOGUE).read_text("utf-8")
        found: Mapping[str, Any] = json.loads(text)
        return found

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Return the indicators of the release by key."""
        return {one["key"]: indicator(one) for one in self.catalogue["indicators"]}

    @cached_property
    def editions(self) -> Mapping[str, Published]:
        """Return the editions of the release by their identifier."""
        return {one["id"]: _published(one) for one in self.catalogue["editions"]}

    def observations(self, bench: "Workbench") -> "ir.Table":
        """Return all the observations as a table of the workbench."""
        return bench.parquet(self.folder / OBSERVATIONS)


def _published(told: Mapping[str, Any]) -> Published:
    files = tuple((name, sha256) for name, sha256 in told["files"])
    return Published(**{**told, "files": files})


def attribution_page(editions: Sequence[Published]) -> str:
    """Return the page that names each producer, licence and file of a release."""
    lines = ["# Where these figures come from", ""]
    lines.append(
        "Written by `terril release build`; do not edit. Licence Ouverte 2.0 (Etalab)."
    )
    for one in editions:
        day = f"{one.dated} ({one.dated_by})" if one.dated else "day not known"
        lines += [
            "",
            f"- **{one.title}**, edition {one.vintage}, {day} — {one.producer}.",
            f"  {one.attribution} {one.licence}. <{one.address}>",
            *(f"  File `{name}`, sha256 `{sha256}`." for name, sha256 in one.files),
        ]
    return "\n".join(lines) + "\n"
