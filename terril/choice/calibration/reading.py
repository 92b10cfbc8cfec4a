"""Marks from a CSV file, read without trusting its shape."""

import csv
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path

import numpy as np

from terril.choice.calibration.errors import CalibrationRefused, RepeatedMark
from terril.choice.calibration.marks import LARGEST, Floats, Marks

COLUMNS = ("dossier", "reader", "criterion", "mark")
NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?")
TOGETHER = 300  # lines taken at once: few, or the collector walks them again and again
TOLD = 5  # lines named in a refusal


@dataclass(frozen=True)
class _Shape:
    """How a file is written: its separator, its width, where each column is."""

    separator: str
    width: int
    places: tuple[int, ...]


def read_marks(path: Path) -> Marks:
    """Read the marks of a file with the columns dossier, reader, criterion, mark.

    UTF-8 with or without a byte order mark; separated by commas or semicolons;
    decimals with a point or a comma. An empty mark is *not answered*. Lines may be in
    any order and empty lines are passed over.

    Raises `CalibrationRefused`, naming lines and columns, for columns unknown or
    missing, lines of another width, empty names, marks that are not finite numbers,
    and a dossier marked twice by a reader on a criterion; `OSError` when the file
    cannot be opened.
    """
    try:
        shape = _shape(path)
        columns = _columns(path, shape)
        dossiers, readers, criteria = (
            _named(path, title, column)
            for title, column in zip(COLUMNS[:3], columns[:3], strict=True)
        )
        values = _numbers(path, columns[3])
        return Marks.from_columns(dossiers, readers, criteria, values)
    except RepeatedMark as repeated:
        raise _twice(path, repeated) from repeated
    except UnicodeDecodeError as error:
        raise CalibrationRefused(
            "The file is not written in UTF-8: save it as “CSV UTF-8”."
        ) from error
    except csv.Error as error:
        raise CalibrationRefused(f"The file is not a readable CSV: {error}.") from error


def _shape(path: Path) -> _Shape:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
    separator = ";" if first.count(";") > first.count(",") else ","
    titles = next(csv.reader([first], delimiter=separator, strict=True), [])
    header = [title.strip().casefold() for title in titles]
    odd = [title.strip() or f"number {place}" for place, title in enumerate(titles, 1)]
    unknown = [odd[at] for at, title in enumerate(header) if title not in COLUMNS]
    missing = [title for title in COLUMNS if title not in header]
    twice = [title for title in COLUMNS if header.count(title) > 1]
    for problem, found in (("lacks", missing), ("repeats", twice)):
        if found:
            raise CalibrationRefused(
                f"The first line {problem} {', '.join(found)}: "
                f"its columns are to be {', '.join(COLUMNS)}."
            )
    if unknown:
        raise CalibrationRefused(f"Unknown columns: {', '.join(unknown)}.")
    return _Shape(separator, len(header), tuple(map(header.index, COLUMNS)))


def _rows(path: Path, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines below the first that are not empty, with their numbers."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=separator, strict=True)
        next(reader)
        before = reader.line_num
        for row in reader:
            if row:
                yield before + 1, row
            before = reader.line_num


def _columns(path: Path, shape: _Shape) -> tuple[list[str], ...]:
    columns: tuple[list[str], ...] = tuple([] for _ in COLUMNS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=shape.separator, strict=True)
        next(rows)
        while taken := list(islice(rows, TOGETHER)):
            chunk = [row for row in taken if row]
            if set(map(len, chunk)) - {shape.width}:
                raise _ragged(path, shape)
            for column, place in zip(columns, shape.places, strict=True):
                column.extend(map(itemgetter(place), chunk))
    return columns


def _ragged(path: Path, shape: _Shape) -> CalibrationRefused:
    number, cells = next(
        (number, len(row))
        for number, row in _rows(path, shape.separator)
        if len(row) != shape.width
    )
    return CalibrationRefused(
        f"Line {number} has {cells} cells, where the first line has {shape.width}. "
        "A decimal comma asks for semicolons between cells, or for quotes."
    )


def _named(path: Path, title: str, column: list[str]) -> list[str]:
    """Return names without stray spaces, accents written one way."""
    clean = {text: unicodedata.normalize("NFC", text.strip()) for text in set(column)}
    if "" in clean.values():
        raise _wrong(path, column, lambda text: not clean[text], f"an empty {title}")
    return [clean[text] for text in column]


def _numbers(path: Path, column: list[str]) -> Floats:
    values = {text: _number(text) for text in set(column)}
    if None in values.values():
        raise _wrong(
            path,
            column,
            lambda text: values[text] is None,
            "a mark that is not a number, or is too large",
        )
    return np.fromiter(map(values.__getitem__, column), np.float64, len(column))


def _number(text: str) -> float | None:
    """Return a finite number, NaN for an empty mark, None for anything else."""
    text = text.strip()
    if not text:
        return math.nan
    if not NUMBER.fullmatch(text):
        return None
    value = float(text.replace(",", "."))
    return value if abs(value) < LARGEST else None


def _wrong(
    path: Path, column: list[str], is_wrong: Callable[[str], bool], what: str
) -> CalibrationRefused:
    places = [place for place, text in enumerate(column) if is_wrong(text)]
    lines = _line_numbers(path, places[:TOLD])
    told = "; ".join(
        f"line {lines[place]}: “{column[place]}”" for place in places[:TOLD]
    )
    times = "once" if len(places) == 1 else f"{len(places)} times"
    return CalibrationRefused(f"The file has {what} ({times}): {told}.")


def _twice(path: Path, repeated: RepeatedMark) -> CalibrationRefused:
    told = repeated.places[:TOLD]
    lines = _line_numbers(path, [place for pair in told for place in pair])
    pairs = "; ".join(
        f"line {lines[again]} repeats {lines[first]}" for again, first in told
    )
    count = len(repeated.places)
    times = "once" if count == 1 else f"{count} times"
    return CalibrationRefused(f"{repeated.reason} ({times}: {pairs}).")


def _line_numbers(path: Path, places: Sequence[int]) -> dict[int, int]:
    """Return the numbers in the file of lines known by their place in the table."""
    wanted = set(places)
    separator = _shape(path).separator
    rows = enumerate(_rows(path, separator))
    return {place: number for place, (number, _) in rows if place in wanted}
