"""Priority districts: one cell may hold several, over several communes."""

from dataclasses import replace
from typing import TYPE_CHECKING

import ibis

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.documents import features, records_grid
from terril.analytics.geography.addresses import TERRITORY, Address
from terril.analytics.geography.atlas import atlas
from terril.analytics.geography.perimeters import perimeter
from terril.analytics.readers import Grid, Line

if TYPE_CHECKING:
    import ibis.expr.types as ir

PERIOD, DAY = "2024", "2024-01-01"
# Where the file is known to be complete.
WHOLE = "pma"


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return one line per district of the territory, checked."""
    columns = recipe("priority_districts").columns
    found = [one["properties"] for one in features(raw, file)]
    cells = records_grid(found, file, "features", ["insee_com", "code_qp", "lib_qp"])
    cells.refuse(
        lambda line: len(_parts(line, "code_qp")) != len(_parts(line, "lib_qp")),
        "a cell has not as many names as codes",
        "lib_qp",
        "A comma inside a name, or a code lost: tell the districts apart.",
    )
    lines = [
        Line(line.number, {**line.values, "code_qp": code, "lib_qp": name})
        for line in cells
        for code, name in zip(
            _parts(line, "code_qp"), _parts(line, "lib_qp"), strict=True
        )
    ]
    inside = set(perimeter(atlas(), Address(TERRITORY, WHOLE), on=DAY).communes)
    grid = replace(cells, lines=tuple(lines))
    check_types(grid, columns)
    return [grid.keep(lambda line: line["insee_com"] in inside)]


def _parts(line: Line, column: str) -> list[str]:
    return line[column].split(", ")


def observations(raw: "ir.Table") -> "ir.Table":
    """Return how many distinct districts the territory has."""
    rows = raw.agg(
        text=raw.code_qp.nunique().cast("string"),
        _place=raw["_place"].first(),
        _line=raw["_line"].min(),
    )
    return formulas.observations(
        rows,
        indicator="priority_districts",
        level=TERRITORY,
        place=ibis.literal(WHOLE),
        period=PERIOD,
    )
