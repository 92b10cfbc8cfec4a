"""Producers' tables, read without trusting their shape."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from terril.analytics.errors import DataError, Spot
from terril.analytics.workbooks import workbook


@dataclass(frozen=True)
class Line:
    """One line of a table: its number in the file, and its values by column."""

    number: int
    values: dict[str, object]

    def __getitem__(self, column: str) -> str:
        value = self.values[column]
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Grid:
    """The lines of one table, which know where they come from."""

    file: str
    place: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def keep(self, wanted: Callable[[Line], bool]) -> "Grid":
        """Return the grid with only the lines wanted."""
        return replace(self, lines=tuple(line for line in self if wanted(line)))

    def error(
        self, problem: str, lines: Sequence[Line], column: str, advice: str
    ) -> DataError:
        """Return the error of some lines, told by the first of them."""
        first = lines[0] if lines else None
        return DataError(
            problem,
            spot=Spot(self.file, self.place, first.number if first else None, column),
            count=max(len(lines), 1),
            example=first[column] if first and column in first.values else "",
            advice=advice,
        )

    def refuse(
        self, wrong: Callable[[Line], bool], problem: str, column: str, advice: str
    ) -> None:
        """Stop the build when some lines are wrong."""
        lines = [line for line in self if wrong(line)]
        if lines:
            raise self.error(problem, lines, column, advice)

    def without_notes(self) -> "Grid":
        """Return the grid without the notes that stand under it, after an empty line.

        A note is alone on its line. A line of figures after it stops the build:
        the table was cut, and its end would be lost.
        """
        lines = iter(self.lines)
        kept = tuple(
            takewhile(lambda line: any(map(line.__getitem__, self.header)), lines)
        )
        replace(self, lines=tuple(lines)).refuse(
            lambda line: sum(bool(line[column]) for column in self.header) > 1,
            "a line of the table stands after the notes",
            self.header[0],
            "Look whether the table is cut in two, and change the recipe.",
        )
        return replace(self, lines=kept)

    def refuse_doubles(self, column: str, advice: str) -> None:
        """Stop the build when a key appears twice."""
        seen: set[str] = set()
        doubles = []
        for line in self:
            if line[column] in seen:
                doubles.append(line)
            seen.add(line[column])
        if doubles:
            raise self.error("the same key appears twice", doubles, column, advice)


def read_csv(raw: bytes, file: str, *, delimiter: str, columns: Sequence[str]) -> Grid:
    """Read a CSV whose first line is its header."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            "the file is not UTF-8",
            spot=Spot(file),
            example=raw[error.start : error.start + 8],
            advice="Take the original file again, without opening it in a spreadsheet.",
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = tuple(next(reader, ()))
    _check_header(Spot(file, line=1), header, columns)
    rows = ((reader.line_num, row) for row in reader if row)
    return _grid(file, "", header, rows)


def read_sheet(
    raw: bytes, file: str, *, sheet: str, header_line: int, columns: Sequence[str]
) -> Grid:
    """Read a sheet of a workbook whose header is on a known line."""
    rows = _cells(raw, file, sheet)
    header = rows[header_line - 1] if len(rows) >= header_line else ()
    names = tuple("" if cell is None else str(cell) for cell in header)
    while names and not names[-1]:
        names = names[:-1]
    _check_header(Spot(file, f"sheet {sheet}", header_line), names, columns)
    body = list(enumerate(rows[header_line:], header_line + 1))
    while body and not any(body[-1][1]):
        body.pop()
    return _grid(file, f"sheet {sheet}", names, ((n, r[: len(names)]) for n, r in body))


def read_grouped(
    raw: bytes, file: str, *, sheet: str, groups: Mapping[str, Sequence[str]]
) -> Grid:
    """Read a sheet whose names, on line 2, are under groups merged on line 1.

    Names come back in several groups: only those of the groups asked are kept.
    """
    rows = _cells(raw, file, sheet)
    tops, names = ([*rows, (), ()])[:2]
    group, kept = "", {}
    for rank, name in enumerate(names):
        group = str((tops[rank] if rank < len(tops) else None) or group)
        if name in groups.get(group, ()):
            kept[rank] = str(name)
    wanted = [name for each in groups.values() for name in each]
    _check_header(Spot(file, f"sheet {sheet}", 2), list(kept.values()), wanted)
    body = list(enumerate(rows[2:], 3))
    while body and not any(body[-1][1]):
        body.pop()
    cells = ((number, [row[rank] for rank in kept]) for number, row in body)
    return _grid(file, f"sheet {sheet}", tuple(kept.values()), cells)


def _cells(raw: bytes, file: str, sheet: str) -> list[tuple[object, ...]]:
    book = workbook(raw, file)
    if sheet not in book:
        raise DataError(
            "the sheet is not in the workbook",
            spot=Spot(file, f"sheet {sheet}"),
            example=", ".join(book),
            advice="Look for it under another name, and change the recipe.",
        )
    return book[sheet]()


def _check_header(spot: Spot, header: Sequence[str], columns: Sequence[str]) -> None:
    missing = [column for column in columns if column not in header]
    if missing:
        raise DataError(
            f"the header is not on this line, or lacks {', '.join(missing)}",
            spot=spot,
            count=len(missing),
            example=", ".join(filter(None, header[:6])),
            advice="Look where the column names are, and change the recipe.",
        )


def _grid(
    file: str,
    place: str,
    header: tuple[str, ...],
    rows: Iterator[tuple[int, Sequence[object]]],
) -> Grid:
    lines, ragged = [], []
    for number, row in rows:
        line = Line(number, dict(zip(header, row, strict=False)))
        lines.append(line)
        if len(row) != len(header):
            ragged.append(line)
    grid = Grid(file, place, header, tuple(lines))
    if ragged:
        advice = "Take the original file again; a separator was added or lost."
        raise grid.error(
            "the line has not as many cells as the header", ragged, header[0], advice
        )
    return grid
