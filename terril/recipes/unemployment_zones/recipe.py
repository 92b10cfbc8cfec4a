"""Unemployment rates of the employment zones of 2020; header on line 6, wide."""

from typing import TYPE_CHECKING

from ibis import selectors as s

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.cells import Figures, check_figures, check_periods
from terril.analytics.columns import check_types
from terril.analytics.geography.addresses import ZONE
from terril.analytics.readers import Grid, Line, read_sheet

if TYPE_CHECKING:
    import ibis.expr.types as ir

SHEET, HEADER_LINE = "txcho_ze", 6
PERIOD = r"(?P<year>\d{4})-T(?P<quarter>[1-4])"
# Guadeloupe, Martinique and La Réunion have a rate since this quarter only.
OVERSEAS, FIRST = ("01", "02", "04"), "2014-T1"


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return the sheet of zones, checked; a blank is a quarter before the series."""
    columns = recipe("unemployment_zones").columns
    grid = read_sheet(
        raw, file, sheet=SHEET, header_line=HEADER_LINE, columns=list(columns)
    )
    check_types(grid, columns)
    grid.refuse_doubles("ZE2020", "One line per zone is expected.")
    periods = check_periods(grid, list(columns), PERIOD)
    rates = Figures(periods, decimals=1, may_be_blank=True, most=100)
    check_figures(grid, rates)
    for period in periods:
        _check_blanks(grid, period)
    return [grid]


def _check_blanks(grid: Grid, period: str) -> None:
    def is_missing(line: Line) -> bool:
        is_before = line["REG"] in OVERSEAS and period < FIRST
        return not line[period] and not is_before

    advice = "Only overseas zones may lack a rate, before 2014-T1: take the file again."
    grid.refuse(is_missing, "a rate is missing", period, advice)


def observations(raw: "ir.Table") -> "ir.Table":
    """Return one row per zone and quarter."""
    periods = raw.select(s.matches(PERIOD)).columns
    rows = formulas.long(raw, periods)
    return formulas.observations(
        rows,
        indicator="unemployment_rate",
        level=ZONE,
        place=rows.ZE2020,
        period=rows.column,
    )
