"""A two-column file of counts by commune, read with every one of its traps told."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

HEADER = ("code", "count")
NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
FRENCH_NUMBER = re.compile(r"\d+,\d+", re.ASCII)
SPACED = re.compile(r"[\s\u00a0\u202f]")


class NotCounts(Exception):
    """The file is no table of two columns, code and count: nothing can be read."""


class Problem(NamedTuple):
    """A line that cannot be counted: where, its text, what is wrong, what to do."""

    line: int
    text: str
    problem: str
    advice: str


@dataclass
class Counts:
    """What a file holds: counts by code, the line of each, problems and notes."""

    counts: dict[str, int | Decimal] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_counts(raw: bytes) -> Counts:
    """Return the counts of a file of two columns, `code` and `count`.

    The separator is the comma or the semicolon, in UTF-8 with or without its
    mark. A decimal comma is read when the separator is a semicolon, and noted.
    Nothing is repaired: what is wrong with a line is a problem of the answer.

    Raises `NotCounts` when the bytes are no such table.
    """
    text = _text(raw)
    separator = ";" if ";" in text.partition("\n")[0] else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    order = _order(rows[0] if rows else [])
    found = Counts()
    if raw.startswith(b"\xef\xbb\xbf"):
        found.notes.append("the file begins with a byte order mark; it was left out")
    for line, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            _take(line, row, found, _Shape(separator, order))
    if any(isinstance(count, Decimal) for count in found.counts.values()):
        _note_decimals(found, separator)
    return found


class _Shape(NamedTuple):
    """How the file is written: its separator, and which column is which."""

    separator: str
    order: Mapping[str, int]


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotCounts("the file is not in UTF-8: save it again as UTF-8") from error


def _order(header: list[str]) -> dict[str, int]:
    names = [cell.strip().lower() for cell in header]
    if sorted(names) != sorted(HEADER):
        shown = ", ".join(header) or "nothing"
        raise NotCounts(
            f"the first line must name two columns, code and count, not: {shown}"
        )
    return {name: names.index(name) for name in HEADER}


def _take(line: int, row: list[str], found: Counts, shape: _Shape) -> None:
    problem = _wrong_row(row)
    if not problem:
        code, cell = (row[shape.order[name]].strip() for name in HEADER)
        problem = _wrong_code(code, found) or _wrong_count(cell, shape.separator)
    if problem:
        found.problems.append(Problem(line, shape.separator.join(row), *problem))
        return
    number = cell.replace(",", ".")
    found.counts[code] = Decimal(number) if "." in number else int(number)
    found.lines[code] = line


def _wrong_row(row: list[str]) -> tuple[str, str] | None:
    filled = [cell for cell in row if cell.strip()]
    if len(filled) < len(HEADER):
        return (
            "a value is missing, or this is a note",
            "Remove the note, or write the value: a missing count is not zero.",
        )
    if len(row) > len(HEADER):
        return (
            f"{len(row)} values where two are expected",
            "Separate columns with a comma or a semicolon, write decimals with a dot.",
        )
    return None


def _wrong_code(code: str, found: Counts) -> tuple[str, str] | None:
    if not code[0].isdigit():
        return ("this is a note, not a commune", "Remove it from the file.")
    if code in found.lines:
        return (
            f"the commune {code} is already on line {found.lines[code]}",
            "Keep one line for each commune: nothing says whether they add up.",
        )
    return None


def _wrong_count(cell: str, separator: str) -> tuple[str, str] | None:
    if NUMBER.fullmatch(cell) or (separator == ";" and FRENCH_NUMBER.fullmatch(cell)):
        return None
    bare = SPACED.sub("", cell).replace(",", ".")
    if NUMBER.fullmatch(bare):
        return ("the number is written with spaces or a comma", f"Write {bare}.")
    if cell.startswith(("-", "\u2212")):
        return ("a count is not below zero", "Carry what is added and removed apart.")
    return (
        "this is not a number",
        "A secret or missing count is no zero: leave the commune out, knowingly.",
    )


def _note_decimals(found: Counts, separator: str) -> None:
    """Give all counts the same decimal places, and say how commas were read."""
    decimals = {code: Decimal(count) for code, count in found.counts.items()}
    places = max(-int(count.as_tuple().exponent) for count in decimals.values())
    step = Decimal(1).scaleb(-places)
    found.counts = {code: count.quantize(step) for code, count in decimals.items()}
    if separator == ";":
        found.notes.append("a comma inside a count is read as its decimal mark")


def read_shares(raw: bytes) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the shares of a file of three columns: whole, part, share."""
    rows = csv.DictReader(io.StringIO(_text(raw)))
    if rows.fieldnames is None or set(rows.fieldnames) != {"whole", "part", "share"}:
        raise NotCounts("shares are a file of three columns: whole, part, share")
    for row in rows:
        yield (row["whole"], row["part"]), row["share"]
