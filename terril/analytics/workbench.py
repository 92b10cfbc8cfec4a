"""The engine that a build works on: one connection, and the tables laid on it."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from terril.analytics.errors import DataError, Spot
from terril.analytics.readers import Grid

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.types as ir
    import pyarrow as pa
    from ibis.backends.duckdb import Backend

# Nothing is fetched from the network by a query, whatever it names.
SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
}
PLACE, LINE = "_place", "_line"


class Workbench:
    """One connection to DuckDB, closed with the `with` that opened it."""

    def __init__(self) -> None:
        import ibis  # noqa: PLC0415 -- slow import

        self.engine: Backend = ibis.duckdb.connect(**SETTINGS)
        self._read: dict[Path, ir.Table] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.engine.disconnect()

    def lay(self, grid: Grid) -> "ir.Table":
        """Return a grid as a table of texts, each line with its sheet and its number."""
        import ibis  # noqa: PLC0415 -- slow import
        import pyarrow as pa  # noqa: PLC0415 -- slow import

        _check_names(grid)
        columns = {
            PLACE: pa.array([grid.place] * len(grid.lines), pa.string()),
            LINE: pa.array([line.number for line in grid], pa.int32()),
        } | {
            name: pa.array([line[name] or None for line in grid], pa.string())
            for name in grid.header
        }
        return ibis.memtable(pa.table(columns))

    def kept(self, expression: "ir.Table") -> "pa.Table":
        """Return a large result: made whole in the engine, then handed over at once.

        Row by row, as results usually come, half of the time would go to the handing.
        """
        name = f"kept_{len(self.engine.list_tables())}"
        made = self.engine.create_table(name, expression, temp=True)
        return self.engine.to_pyarrow(made)

    def parquet(self, path: "Path") -> "ir.Table":
        """Return a file of Parquet as a table, without reading it yet."""
        if path not in self._read:
            name = f"{path.stem}_{len(self._read) + 1}"
            self._read[path] = self.engine.read_parquet(str(path), table_name=name)
        return self._read[path]


def _check_names(grid: Grid) -> None:
    doubles = [name for name in grid.header if grid.header.count(name) > 1]
    if doubles or "" in grid.header:
        raise DataError(
            "two columns bear the same name, or one bears none",
            spot=Spot(grid.file, grid.place),
            count=max(len(doubles), 1),
            example=doubles[0] if doubles else "",
            advice="Name the columns by their group too, in the recipe.",
        )
