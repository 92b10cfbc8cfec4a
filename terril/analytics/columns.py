"""The types a recipe gives to columns, and what a wrong value most likely means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from terril.analytics.readers import Grid, Line


@dataclass(frozen=True)
class Type:
    """The shape of a value, in words and as a pattern."""

    words: str
    pattern: re.Pattern[str]
    advice: str = "Take the original file again, or change the recipe if it is right."


def _type(words: str, pattern: str, advice: str = "") -> Type:
    compiled = re.compile(pattern, re.ASCII)
    return Type(words, compiled, advice) if advice else Type(words, compiled)


ZERO = "Open the file with this column as text."
TYPES: Mapping[str, Type] = {
    "text": _type("a text", r".*"),
    "name": _type("a name", r".*\w.*"),
    "commune": _type("a commune code of 5 characters", r"\d[\dAB]\d{3}", ZERO),
    "department": _type("a département code", r"\d{2}|2[AB]|97\d", ZERO),
    "region": _type("a region code of 2 digits", r"\d{2}", ZERO),
    "zone": _type("an employment zone code of 4 digits", r"\d{4}", ZERO),
    "siren": _type("a SIREN of 9 digits", r"\d{9}", ZERO),
    "article": _type("a type of article from 0 to 8", r"[0-8]"),
    "movement": _type("a kind of movement of 2 digits", r"\d{2}"),
    "count": _type("a whole number", r"\d+"),
    "series": _type("a series number of 9 digits", r"\d{9}", ZERO),
    "uai": _type("a UAI of 7 digits and a letter", r"\d{7}[A-Z]", ZERO),
    "school_year": _type("a school year written 2021-2022", r"\d{4}-\d{4}"),
    "district": _type("the code of one district", r"QN\d\d[\dAB]\d\d[A-Z]"),
    "update": _type("a day and an hour", r"\d{2}/\d{2}/\d{4} \d{2}:\d{2}"),
    "date": _type("a date written YYYY-MM-DD", r"\d{4}-\d{2}-\d{2}"),
}


def check_types(grid: Grid, columns: Mapping[str, str]) -> None:
    """Stop the build at the first column whose values are not of its type.

    A type may end with `?` (may be empty) and a code may be declared `as number`
    when its producer stores it so: it is then read from the number, knowingly.
    """
    for column, declared in columns.items():
        _check_column(grid, column, declared)


def _check_column(grid: Grid, column: str, declared: str) -> None:
    is_number = declared.endswith(" as number")
    name = declared.removesuffix(" as number").rstrip("?")
    is_optional = declared.endswith("?")
    match = TYPES[name].pattern.fullmatch
    wrong = [
        line
        for line in grid
        if not (is_optional and not line[column]) and not match(line[column])
    ]
    if wrong:
        advice = _repair(name, wrong[0][column]) or TYPES[name].advice
        raise grid.error(f"not {TYPES[name].words}", wrong, column, advice)
    if name not in ("count", "text") and not is_number:
        _check_text(grid, column)


def _check_text(grid: Grid, column: str) -> None:
    wrong = [line for line in grid if _is_number(line, column)]
    if wrong:
        advice = "Codes are texts: store the column as text, so that no zero is lost."
        raise grid.error("the code is stored as a number", wrong, column, advice)


def _is_number(line: Line, column: str) -> bool:
    return isinstance(line.values[column], int | float)


def _repair(name: str, value: str) -> str:
    """Propose the code whose leading zero was lost; never put it back silently."""
    if name == "commune" and re.fullmatch(r"\d{4}", value):
        return f"A leading zero is lost: {value} should read 0{value}. {ZERO}"
    if name in ("department", "region") and re.fullmatch(r"[1-9]", value):
        return f"A leading zero is lost: {value} should read 0{value}. {ZERO}"
    return ""
