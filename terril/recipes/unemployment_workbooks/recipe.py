"""Unemployment rates of INSEE's old workbooks: header on line 4, notes below."""

from typing import TYPE_CHECKING

from ibis import selectors as s

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.cells import Figures, check_figures, check_periods
from terril.analytics.columns import check_types
from terril.analytics.geography.addresses import COUNTRY, DEPARTMENT, REGION
from terril.analytics.readers import Grid, Line, read_sheet
from terril.analytics.workbooks import workbook

if TYPE_CHECKING:
    import ibis.expr.types as ir

HEADER_LINE = 4
PERIOD = r"T(?P<quarter>[1-4])_(?P<year>\d{4})"
# Only the first of the two is in every edition.
SHEETS = {"Département": "department as number", "Région": "region as number"}
# Both lines of France bear the code 00: their label tells them apart.
FRANCE = {"FRANCE (HORS MAYOTTE)": "hors-mayotte", "FRANCE METROPOLITAINE": "metro"}
LATE_DEPARTMENTS, LATE_REGIONS = ("971", "972", "973", "974"), ("01", "02", "03", "04")
LATE, FIRST = {*LATE_DEPARTMENTS, *LATE_REGIONS}, (2014, 1)


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return the sheets of the workbook, checked, without their notes."""
    book = workbook(raw, file)
    names = [name for name in SHEETS if name in book] or list(SHEETS)[:1]
    return [_grid(raw, file, name) for name in names]


def _grid(raw: bytes, file: str, sheet: str) -> Grid:
    columns = recipe("unemployment_workbooks").columns
    grid = read_sheet(
        raw, file, sheet=sheet, header_line=HEADER_LINE, columns=list(columns)
    ).without_notes()
    places = grid.keep(lambda line: line["Code"] != "00")
    check_types(places, {**columns, "Code": SHEETS[sheet]})
    places.refuse_doubles("Code", "One line per place is expected.")
    _check_france(grid, sheet)
    periods = check_periods(grid, list(columns), PERIOD)
    check_figures(grid, Figures(periods, decimals=1, may_be_blank=True, most=100))
    for period in periods:
        _check_blanks(grid, sheet, period)
    return grid


def _check_france(grid: Grid, sheet: str) -> None:
    """Refuse any line 00 but the two known by their labels, each once."""
    lines = grid.keep(lambda line: line["Code"] == "00")
    lines.refuse(
        lambda line: sheet != "Région" or line["Libellé"] not in FRANCE,
        "the code 00 is neither of the two lines of France",
        "Libellé",
        "Two lines bear the same code: tell which is which by their label.",
    )
    lines.refuse_doubles("Libellé", "Each line of France is expected once.")


def _check_blanks(grid: Grid, sheet: str, period: str) -> None:
    is_before = (int(period[3:]), int(period[1])) < FIRST
    late = LATE_REGIONS if sheet == "Région" else LATE_DEPARTMENTS

    def is_missing(line: Line) -> bool:
        may_be = line["Code"] in late or line["Libellé"] == "FRANCE (HORS MAYOTTE)"
        return not line[period] and not (may_be and is_before)

    advice = (
        "Only overseas places and the whole of France may lack a rate, before 2014."
    )
    grid.refuse(is_missing, "a rate is missing", period, advice)


def observations(raw: "ir.Table") -> "ir.Table":
    """Return one row per département, region or France, and quarter."""
    import ibis  # noqa: PLC0415 -- slow import

    rows = formulas.long(raw, raw.select(s.matches(PERIOD)).columns)
    is_france = rows.Code == "00"
    is_region = rows["_place"] == "sheet Région"
    return formulas.observations(
        rows,
        indicator="unemployment_rate",
        level=ibis.cases((is_france, COUNTRY), (is_region, REGION), else_=DEPARTMENT),
        place=ibis.ifelse(is_france, rows["Libellé"].cases(*FRANCE.items()), rows.Code),
        period=rows.column[3:7] + "-" + rows.column[0:2],
    )
