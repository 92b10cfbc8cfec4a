"""Observations of a release read straight from its file, for many small questions.

Expressions are made for large questions; here a hundred small ones are asked at once,
and compiling each would take longer than answering. DuckDB is asked in plain SQL,
without parameters: it would import pandas to look at them.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from terril.analytics.lookup import Lookup
from terril.analytics.releases import OBSERVATIONS, Release

if TYPE_CHECKING:
    import duckdb

    from terril.analytics.workbench import Workbench

Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]
SETTINGS = {
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "1",
}


@dataclass(frozen=True)
class Shelf(Lookup):
    """A lookup that asks each question once, in plain SQL."""

    known: dict[str, Any] = field(default_factory=dict)

    def rows(self, key: str, level: str, places: Collection[str]) -> Rows:
        """Return what the release says of places, by edition, place and period."""
        among = ", ".join(map(_quoted, sorted(places)))
        where = _of(key, level) + (f" and place in ({among})" if places else "")
        if where not in self.known:
            found: dict[str, dict[str, dict[str, Any]]] = defaultdict(
                lambda: defaultdict(dict)
            )
            for row in self._asked("*", where):
                found[row["edition"]][row["place"]][row["period"]] = row
            self.known[where] = found
        kept: Rows = self.known[where]
        return kept

    def periods(self, key: str, level: str) -> Mapping[str, list[str]]:
        """Return the periods that each edition gives of an indicator at a level."""
        name = f"periods: {_of(key, level)}"
        if name not in self.known:
            found: dict[str, list[str]] = defaultdict(list)
            for row in self._asked("distinct edition, period", _of(key, level)):
                found[row["edition"]].append(row["period"])
            self.known[name] = found
        kept: Mapping[str, list[str]] = self.known[name]
        return kept

    def levels(self, key: str) -> list[str]:
        """Return the levels at which an indicator is published."""
        name = f"levels: {key}"
        if name not in self.known:
            rows = self._asked("distinct level", f"indicator = {_quoted(key)}")
            self.known[name] = sorted(row["level"] for row in rows)
        kept: list[str] = self.known[name]
        return kept

    @property
    def sql(self) -> str:
        """Return nothing: a verdict shows editions, not expressions."""
        return ""

    @cached_property
    def _engine(self) -> "duckdb.DuckDBPyConnection":
        import duckdb  # noqa: PLC0415 -- slow import

        engine = duckdb.connect(config=dict(SETTINGS))
        path = _quoted(str(self.release.folder / OBSERVATIONS))
        engine.execute(f"create view here as from read_parquet({path})")
        return engine

    def _asked(self, what: str, where: str) -> list[dict[str, Any]]:
        # Texts are quoted below, and only read: the file is a view.
        answer = self._engine.execute(f"select {what} from here where {where}")  # noqa: S608
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _of(key: str, level: str) -> str:
    return f"indicator = {_quoted(key)} and level = {_quoted(level)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def shelf(release: Release) -> Shelf:
    """Return a release as a shelf: no workbench is opened."""
    return Shelf(release, cast("Workbench", None))
