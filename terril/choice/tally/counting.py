"""Counting cells: how often each text stands in each column, in little memory.

Blocks of ballots are counted as bytes where they can be (see `blocks`); anything else
goes through `csv`, row by row.
"""

import csv
import io
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from terril.choice.errors import ChoiceError, Spot
from terril.choice.tally.blocks import Table
from terril.choice.tally.scales import Scale, declared
from terril.choice.tally.texts import decode, delimiter_of, tidy

BLOCK = 1 << 23
BATCH = 50_000
_HEAD = 1 << 20


@dataclass
class Urn:
    """A file of ballots: its header, and the cells of its columns once counted."""

    path: Path
    delimiter: str = ","
    scale: Scale | None = None
    projects: tuple[str, ...] = ()
    first_line: int = 2
    start: int = 0
    empty_tail: int = 0
    cells: list[Counter[str]] = field(default_factory=list)

    @cached_property
    def width(self) -> int:
        """Return how many cells a row has, the useless last ones included."""
        return len(self.projects) + self.empty_tail

    @property
    def ballots(self) -> int:
        """Return how many rows were counted."""
        return sum(self.cells[0].values())

    def spot(self, line: int | None = None, column: str = "") -> Spot:
        """Return a place in this file."""
        return Spot(self.path.name, line, column)


def counted(path: Path) -> Urn:
    """Read a file of ballots and count its cells by column.

    Raises `ChoiceError`, with the line, where the file is not a table of ballots.
    """
    try:
        with path.open("rb") as file:
            urn = _opened(path, file)
            urn.cells = [Counter() for _ in range(urn.width)]
            file.seek(urn.start)
            _count(urn, file)
    except OSError as error:
        raise ChoiceError(
            f"it cannot be read: {error.strerror}", spot=Spot(path.name)
        ) from error
    if not urn.ballots:
        raise ChoiceError("there is no ballot", spot=urn.spot())
    return urn


def _opened(path: Path, file: BinaryIO) -> Urn:
    """Read the lines before the ballots: a scale, if it is said, and the projects."""
    lines = file.read(_HEAD).splitlines(keepends=True)
    urn = Urn(path)
    head = ""
    for number, raw in enumerate(lines, start=1):
        urn.start += len(raw)
        line = decode(raw, path.name, number)
        scale = declared(line) if urn.scale is None else None
        urn.scale = urn.scale or scale
        if scale is None and line.strip() and not line.startswith("#"):
            urn.first_line, head = number + 1, line
            break
    if not head:
        raise ChoiceError("the file is empty", spot=urn.spot())
    urn.delimiter = delimiter_of(head)
    cells = [tidy(cell) for cell in next(csv.reader([head], delimiter=urn.delimiter))]
    while cells and not cells[-1]:
        cells.pop()
        urn.empty_tail += 1
    urn.projects = tuple(cells)
    _refuse_header(urn)
    return urn


def _refuse_header(urn: Urn) -> None:
    line = urn.first_line - 1
    for index, project in enumerate(urn.projects):
        if not project:
            raise ChoiceError(
                f"column {index + 1} has no name",
                spot=urn.spot(line),
                advice="A column is a project: a ballot carries no number nor name.",
            )
        if project in urn.projects[:index]:
            raise ChoiceError(
                f"the project “{project}” has two columns", spot=urn.spot(line)
            )


def _count(urn: Urn, file: BinaryIO) -> None:
    line, at = urn.first_line, urn.start
    for block in _blocks(file):
        if b'"' in block:
            # A quoted cell may hold a line end: from here on, `csv` reads it all.
            with _text(urn, at) as text:
                _count_rows(urn, text, line)
            return
        table = Table(urn.delimiter, urn.width, urn.cells)
        if not (table.count_bytes(block) or table.count_texts(block)):
            rows = decode(block, urn.path.name, line)
            _count_rows(urn, io.StringIO(rows, newline=""), line)
        line += block.count(b"\n")
        at += len(block)


@contextmanager
def _text(urn: Urn, at: int) -> Iterator[io.TextIOWrapper]:
    """Open the rows as text, from a byte on."""
    with urn.path.open("rb") as file:
        file.seek(at)
        with io.TextIOWrapper(file, "utf-8", newline="") as text:
            yield text


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the file in blocks that end with a line, a quoted one excepted."""
    rest = b""
    while block := file.read(BLOCK):
        block = rest + block
        end = block.rfind(b"\n") + 1
        rest = block[end:]
        if end:
            yield block[:end]
    if rest:
        yield rest + b"\n"


def _count_rows(urn: Urn, lines: Iterable[str], first_line: int) -> None:
    rows = _rows(urn, lines, first_line)
    while batch := list(islice(rows, BATCH)):
        for tallied, column in zip(urn.cells, zip(*batch, strict=True), strict=True):
            tallied.update(column)


def _rows(urn: Urn, lines: Iterable[str], first_line: int) -> Iterator[list[str]]:
    """Yield the rows of a text; refuse, with its line, a row that is not a ballot."""
    reader = csv.reader(lines, delimiter=urn.delimiter, strict=True)
    blank = 0
    try:
        for row in reader:
            line = first_line + reader.line_num - 1
            if not row or (len(row) == 1 < urn.width and not row[0].strip()):
                blank = blank or line
                continue
            _refuse_row(urn, row, line, blank)
            yield row
    except UnicodeDecodeError as error:
        raise ChoiceError("the file is not UTF-8", spot=urn.spot()) from error
    except csv.Error as error:
        raise ChoiceError(
            f"the row cannot be read ({error})",
            spot=urn.spot(first_line + reader.line_num - 1),
        ) from error


def _refuse_row(urn: Urn, row: Sequence[str], line: int, blank: int) -> None:
    if blank:
        raise ChoiceError(
            "the line is empty, and ballots follow",
            spot=urn.spot(blank),
            advice="A blank ballot has its delimiters; take out an empty line.",
        )
    if len(row) != urn.width:
        raise ChoiceError(
            f"{len(row)} cells, {urn.width} expected",
            spot=urn.spot(line),
            advice="A ballot has one cell a project, empty where it says nothing.",
        )


def line_of(urn: Urn, cell: str) -> tuple[int, str]:
    """Return the line and the project of the first cell that reads so."""
    with _text(urn, urn.start) as text:
        reader = csv.reader(text, delimiter=urn.delimiter)
        row = next(filter(lambda row: cell in map(tidy, row), reader))
        project = urn.projects[list(map(tidy, row)).index(cell)]
        return urn.first_line + reader.line_num - 1, project


def rows_of(urn: Urn) -> Generator[list[str], None, None]:
    """Yield the ballots again, one by one, as texts."""
    with _text(urn, urn.start) as text:
        yield from _rows(urn, text, urn.first_line)
