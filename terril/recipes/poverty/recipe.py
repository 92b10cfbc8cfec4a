"""Poverty by commune; a blank, and a commune left out, are statistical secrecy."""

from typing import TYPE_CHECKING

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.cells import Figures, check_figures
from terril.analytics.columns import check_types
from terril.analytics.geography.addresses import COMMUNE
from terril.analytics.geography.nearest import CITIES
from terril.analytics.readers import Grid, read_sheet

if TYPE_CHECKING:
    import ibis.expr.types as ir

SHEET, HEADER_LINE, YEAR = "ENSEMBLE", 6, "2019"
RATES = {
    "TP6019": "poverty_rate",
    "TP5019": "poverty_rate_50",
    "TP4019": "poverty_rate_40",
}
MEDIAN = {"TP60Q219": "poor_median_income"}
INTENSITY = {"TP60IP19": "poverty_intensity"}
NAMES = {**RATES, **MEDIAN, **INTENSITY}


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return the sheet of all households, checked."""
    columns = recipe("poverty").columns
    grid = read_sheet(
        raw, file, sheet=SHEET, header_line=HEADER_LINE, columns=[*columns, *NAMES]
    )
    check_types(grid, columns)
    grid.refuse_doubles("CODGEO", "One line per commune is expected.")
    check_figures(grid, Figures([*RATES], may_be_blank=True, most=100))
    check_figures(grid, Figures([*MEDIAN], may_be_blank=True))
    check_figures(grid, Figures([*INTENSITY], decimals=3, may_be_blank=True, most=1))
    _check_order(grid)
    _check_cities(grid)
    return [grid.keep(lambda line: line["CODGEO"] not in CITIES)]


def _check_cities(grid: Grid) -> None:
    """Refuse arrondissements without their city: they are left out of the figures."""
    present = {line["CODGEO"] for line in grid}
    grid.refuse(
        lambda line: CITIES.get(line["CODGEO"], line["CODGEO"]) not in present,
        "an arrondissement is there without its city",
        "CODGEO",
        "Rates of arrondissements make no rate of a city: take the file again.",
    )


def _check_order(grid: Grid) -> None:
    """Refuse rates that fall when the threshold rises: columns are swapped."""
    for lower, higher in (("TP4019", "TP5019"), ("TP5019", "TP6019")):
        grid.refuse(
            lambda line, low=lower, high=higher: bool(  # type: ignore[misc]
                line[low] and line[high] and float(line[low]) > float(line[high])
            ),
            f"the rate is above that of {higher}, whose threshold is higher",
            lower,
            "Columns are swapped: take the original file again.",
        )


def observations(raw: "ir.Table") -> "ir.Table":
    """Return one row per commune and indicator; what is blank is secret."""
    rows = formulas.long(raw, list(NAMES))
    return formulas.observations(
        rows,
        blank="secret",
        indicator=rows.column.cases(*NAMES.items()),
        level=COMMUNE,
        place=rows.CODGEO,
        period=YEAR,
    )
