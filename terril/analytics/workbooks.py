"""Workbooks, new (.xlsx) and old (.xls), as sheets of plain cells."""

import io
from collections.abc import Callable, Mapping

from terril.analytics.errors import DataError, Spot

# How an old workbook begins: the compound file of the eighties.
OLD = b"\xd0\xcf\x11\xe0"
# Sheets are sometimes formatted to the last column: what is further is never read.
WIDEST = 250
Cells = list[tuple[object, ...]]


def workbook(raw: bytes, file: str) -> Mapping[str, Callable[[], Cells]]:
    """Return the sheets of a workbook by name; each is read when it is called."""
    return _old(raw, file) if raw.startswith(OLD) else _new(raw, file)


def _new(raw: bytes, file: str) -> Mapping[str, Callable[[], Cells]]:
    from zipfile import BadZipFile  # noqa: PLC0415 -- slow import

    from openpyxl import load_workbook  # noqa: PLC0415 -- slow import

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except (BadZipFile, KeyError) as error:
        raise _unreadable(file) from error

    def sheet(name: str) -> Callable[[], Cells]:
        return lambda: list(book[name].iter_rows(values_only=True, max_col=WIDEST))

    return {name: sheet(name) for name in book.sheetnames}


def _old(raw: bytes, file: str) -> Mapping[str, Callable[[], Cells]]:
    import xlrd  # noqa: PLC0415 -- slow import

    try:
        book = xlrd.open_workbook(file_contents=raw, on_demand=True)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        raise _unreadable(file) from error

    def sheet(name: str) -> Callable[[], Cells]:
        return lambda: [
            tuple(map(_cell, row)) for row in book.sheet_by_name(name).get_rows()
        ]

    return {name: sheet(name) for name in book.sheet_names()}


def _cell(cell: object) -> object:
    """Return the value of an old cell as a new workbook would give it."""
    value = cell.value  # type: ignore[attr-defined]
    if value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _unreadable(file: str) -> DataError:
    return DataError(
        "this is not a workbook, or it is damaged",
        spot=Spot(file),
        advice="Take the original file again.",
    )
