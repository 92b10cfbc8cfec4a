"""Observations of a release read straight from its file, for many small questions.

An engine is made for large questions; here a hundred small ones are asked at once,
and starting one would take longer than reading.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from terril.analytics.lookup import Lookup
from terril.analytics.releases import OBSERVATIONS, Release

if TYPE_CHECKING:
    import pyarrow as pa

    from terril.analytics.workbench import Workbench

Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Shelf(Lookup):
    """A lookup that reads each part of a release once, without an engine."""

    known: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def rows(self, key: str, level: str, places: Collection[str]) -> Rows:
        """Return what the release says of places, by edition, place and period."""
        name = (key, level, *sorted(places))
        if name not in self.known:
            self.known[name] = self._read(key, level, places)
        found: Rows = self.known[name]
        return found

    def periods(self, key: str, level: str) -> Mapping[str, list[str]]:
        """Return the periods that each edition gives of an indicator at a level."""
        name = ("periods", key, level)
        if name not in self.known:
            pairs = self._part(key, level).group_by(["edition", "period"]).aggregate([])
            found = defaultdict(list)
            for row in pairs.to_pylist():
                found[row["edition"]].append(row["period"])
            self.known[name] = found
        kept: Mapping[str, list[str]] = self.known[name]
        return kept

    def levels(self, key: str) -> list[str]:
        """Return the levels at which an indicator is published."""
        return sorted(level for one, level in self._parts if one == key)

    @property
    def sql(self) -> str:
        """Return nothing: a verdict shows editions, not expressions."""
        return ""

    @cached_property
    def _whole(self) -> "pa.Table":
        import pyarrow.parquet as pq  # noqa: PLC0415 -- slow import

        return pq.read_table(self.release.folder / OBSERVATIONS)

    @cached_property
    def _parts(self) -> list[tuple[str, str]]:
        pairs = self._whole.group_by(["indicator", "level"]).aggregate([])
        return [(row["indicator"], row["level"]) for row in pairs.to_pylist()]

    def _part(self, key: str, level: str) -> "pa.Table":
        import pyarrow.compute as pc  # noqa: PLC0415 -- slow import

        table = self._whole
        is_key = pc.equal(table["indicator"], key)
        return table.filter(pc.and_(is_key, pc.equal(table["level"], level)))

    def _read(self, key: str, level: str, places: Collection[str]) -> Rows:
        import pyarrow as pa  # noqa: PLC0415 -- slow import
        import pyarrow.compute as pc  # noqa: PLC0415 -- slow import

        part = self._part(key, level)
        if places:
            kept = pa.array(sorted(places), pa.string())
            part = part.filter(pc.is_in(part["place"].cast(pa.string()), kept))
        found: dict[str, dict[str, dict[str, Any]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        for row in part.to_pylist():
            found[row["edition"]][row["place"]][row["period"]] = row
        return found


def shelf(release: Release) -> Shelf:
    """Return a release as a shelf: no engine is started."""
    return Shelf(release, cast("Workbench", None))
