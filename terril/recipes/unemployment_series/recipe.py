"""Unemployment rates as INSEE's bank of series gives them: wide, with rows of flags."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ibis import selectors as s

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.cells import Figures, check_figures, check_periods
from terril.analytics.columns import check_types
from terril.analytics.readers import Grid, Line, read_csv

if TYPE_CHECKING:
    import ibis.expr.types as ir

PERIOD = r"(?P<year>\d{4})-T(?P<quarter>[1-4])"
FLAG = " flag"
# A: a normal value; SD: semi-final, so that the next edition may revise it.
FLAGS = {"A", "SD", ""}
LATE, FIRST = "hors-mayotte", "2014-T1"


@cache
def series() -> Mapping[str, Mapping[str, str]]:
    """Return the place of each series, by its number; the file names it in words."""
    text = (recipe("unemployment_series").folder / "series.csv").read_text("utf-8")
    return {line["idBank"]: line for line in csv.DictReader(text.splitlines())}


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return one line per series, checked, each period beside its flag."""
    columns = recipe("unemployment_series").columns
    grid = read_csv(raw, file, delimiter=";", columns=list(columns))
    periods = check_periods(grid, list(columns), PERIOD)
    _check_pairs(grid)
    values = grid.keep(lambda line: line["idBank"] != "")
    check_types(values, columns)
    values.refuse_doubles("idBank", "One line per series is expected.")
    _check_series(values)
    rates = Figures(periods, decimals=1, may_be_blank=True, as_text=True, most=100)
    check_figures(values, rates)
    for period in periods:
        _check_blanks(values, period)
        _check_flags(grid, period)
    return [_joined(grid, values, periods)]


def _check_pairs(grid: Grid) -> None:
    """Refuse a series without its row of flags, or flags without their series."""
    expected = ["series", "flags"] * (len(grid.lines) // 2 + 1)
    wrong = [
        line
        for line, kind in zip(grid, expected, strict=False)
        if (line["idBank"] == "") != (kind == "flags")
        or (line["Libellé"] == "Codes") != (kind == "flags")
    ]
    if wrong or len(grid.lines) % 2:
        advice = (
            "Each series must be followed by its row of Codes: take the file again."
        )
        last = grid.lines[-1:]
        raise grid.error(
            "the rows of series and of flags do not alternate",
            wrong or list(last),
            "idBank",
            advice,
        )


def _check_series(values: Grid) -> None:
    def is_other(line: Line) -> bool:
        known = series().get(line["idBank"])
        return not known or known["label"] != line["Libellé"]

    values.refuse(
        is_other,
        "the series is not declared, or bears another label",
        "Libellé",
        "Declare its place in series.csv, beside the recipe.",
    )
    first = values.lines[0]["Dernière mise à jour"] if values.lines else ""
    values.refuse(
        lambda line: line["Dernière mise à jour"] != first,
        "the series are not all of the same day",
        "Dernière mise à jour",
        "An edition has one day: extract all the series again at once.",
    )


def _check_blanks(values: Grid, period: str) -> None:
    def is_missing(line: Line) -> bool:
        is_late = series()[line["idBank"]]["code"] == LATE and period < FIRST
        return not line[period] and not is_late

    advice = "Only France hors Mayotte may lack a rate, before 2014-T1."
    values.refuse(is_missing, "a rate is missing", period, advice)


def _check_flags(grid: Grid, period: str) -> None:
    flags = grid.keep(lambda line: line["idBank"] == "")
    flags.refuse(
        lambda line: line[period] not in FLAGS,
        "the flag is not a known one",
        period,
        "Look it up in the documentation of the bank, and declare it.",
    )


def _joined(grid: Grid, values: Grid, periods: tuple[str, ...]) -> Grid:
    flags = grid.lines[1::2]
    lines = tuple(
        Line(
            line.number,
            line.values | {f"{period}{FLAG}": flag[period] for period in periods},
        )
        for line, flag in zip(values, flags, strict=True)
    )
    header = (*grid.header, *(f"{period}{FLAG}" for period in periods))
    return replace(values, lines=lines, header=header)


def observations(raw: "ir.Table") -> "ir.Table":
    """Return one row per place and quarter, marked when it is semi-final."""
    import ibis  # noqa: PLC0415 -- slow import

    periods = raw.select(s.matches(f"^{PERIOD}$")).columns
    rows = formulas.long(raw, periods)
    marks = formulas.long(
        raw.select("idBank", *(f"{period}{FLAG}" for period in periods)),
        [f"{period}{FLAG}" for period in periods],
    )
    marks = marks.select("idBank", column=marks.column[:7], mark=marks.text)
    joined = rows.join(marks, ["idBank", "column"])
    places = [(key, each["level"], each["code"]) for key, each in series().items()]
    return formulas.observations(
        joined,
        indicator="unemployment_rate",
        level=joined.idBank.cases(*((key, level) for key, level, _ in places)),
        place=joined.idBank.cases(*((key, code) for key, _, code in places)),
        period=joined.column,
        mark=ibis.ifelse(joined.mark == "SD", "semi-final", ""),
    )
