"""Columns of figures: periods in order, numbers that are numbers, blanks that may be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from terril.analytics.readers import Grid, Line

NUMBER = re.compile(r"-?\d+(?:\.(?P<decimals>\d+))?", re.ASCII)
COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
ORIGINAL = "Take the original file again, or change the recipe if it is right."


@dataclass(frozen=True)
class Figures:
    """What the figures of some columns must look like."""

    columns: Sequence[str]
    decimals: int = 0
    may_be_blank: bool = False
    # A producer may store figures as texts: it is then declared, knowingly.
    as_text: bool = False
    least: float | None = 0
    most: float | None = None


def check_figures(grid: Grid, figures: Figures) -> None:
    """Stop the build at the first column whose figures are not as declared."""
    for column in figures.columns:
        _check_column(grid, column, figures)


def _check_column(grid: Grid, column: str, figures: Figures) -> None:
    filled = grid.keep(lambda line: line[column] != "")
    if not figures.may_be_blank:
        blank = [line for line in grid if line[column] == ""]
        if blank:
            advice = "A blank is not a zero: declare what it means, or take the file."
            raise grid.error("a figure is missing", blank, column, advice)
    filled.refuse(
        lambda line: not NUMBER.fullmatch(line[column]),
        "not a number",
        column,
        _advice(filled, column),
    )
    if not figures.as_text:
        filled.refuse(
            lambda line: isinstance(line.values[column], str),
            "the figure is stored as a text",
            column,
            "Take the original workbook again, or declare the column as text.",
        )
    _check_values(filled, column, figures)


def _advice(grid: Grid, column: str) -> str:
    wrong = [line[column] for line in grid if not NUMBER.fullmatch(line[column])]
    if wrong and COMMA.fullmatch(wrong[0]):
        written = wrong[0].replace(",", ".")
        return f"A decimal comma: {wrong[0]} should read {written}. {ORIGINAL}"
    return ORIGINAL


def _check_values(grid: Grid, column: str, figures: Figures) -> None:
    grid.refuse(
        lambda line: _decimals(line, column) > figures.decimals,
        f"more decimals than the {figures.decimals} declared",
        column,
        "Noise of binary numbers, or another edition: nothing is rounded here.",
    )
    for bound, is_out in (
        (figures.least, lambda value, limit: value < limit),
        (figures.most, lambda value, limit: value > limit),
    ):
        if bound is not None:
            grid.refuse(
                lambda line, bound=bound, is_out=is_out: is_out(  # type: ignore[misc]
                    float(line[column]), bound
                ),
                f"out of bounds: {figures.least} to {figures.most or 'any'} is expected",
                column,
                ORIGINAL,
            )


def _decimals(line: Line, column: str) -> int:
    found = NUMBER.fullmatch(line[column])
    return len(((found and found["decimals"]) or "").rstrip("0"))


def check_periods(grid: Grid, fixed: Sequence[str], pattern: str) -> tuple[str, ...]:
    """Return the columns of periods, which follow the fixed ones without a gap.

    `pattern` has a group `year` and a group `quarter`. A column that is no
    period, one that is missing, there twice or out of order stops the build.
    """
    columns = [column for column in grid.header if column not in fixed]
    ranks = []
    for column in columns:
        found = re.fullmatch(pattern, column)
        if not found:
            advice = "Declare the column in the recipe if it is a new one."
            raise grid.error("the column is not a period", [], column, advice)
        ranks.append(int(found["year"]) * 4 + int(found["quarter"]))
    for before, after, column in zip(ranks, ranks[1:], columns[1:], strict=False):
        if after != before + 1:
            advice = "Columns are swapped, doubled or lost: take the original file."
            raise grid.error(
                "the period does not follow the one before", [], column, advice
            )
    return tuple(columns)
