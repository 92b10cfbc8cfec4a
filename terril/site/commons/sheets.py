"""Files for people who work in a spreadsheet: CSV for Excel, and workbooks."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from terril.site.commons.opendata import Cell, Provenance, PublicTable, RowOf

BOM = "\ufeff"
# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32_767
WIDTHS = {"string": 24, "date": 12, "boolean": 9, "integer": 9, "number": 11}


def excel_csv(table: PublicTable, rows: Iterable[RowOf]) -> str:
    """Return a CSV that French spreadsheets open by themselves: mark, `;`, comma."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(table.names)
    for row in rows:
        writer.writerow([spoken(row[name]) for name in table.names])
    return BOM + written.getvalue()


def spoken(cell: Cell) -> str:
    """Return a cell as a French spreadsheet reads it, never as a formula."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    return "" if cell is None else str(cell).replace(".", ",")


def workbook(table: PublicTable, rows: Iterable[RowOf], told: Provenance) -> bytes:
    """Return an XLSX: codes are text, nothing is a formula, the source goes with it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "B2"
    for rank, column in enumerate(table.columns, start=1):
        width = WIDTHS[column.kind]
        sheet.column_dimensions[get_column_letter(rank)].width = width
    sheet.append([_heading(sheet, name) for name in table.names])
    for row in rows:
        sheet.append([_cell(sheet, row[name]) for name in table.names])
    _about(book, table, told)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _about(book: Workbook, table: PublicTable, told: Provenance) -> None:
    """Add a sheet that says where the table comes from and what its columns mean."""
    sheet = book.create_sheet("source")
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 90
    lines = [
        ("table", str(table.title)),
        ("source", told.line(table)),
        ("licence", table.licence.url),
        ("adresse", told.address),
        *((column.name, str(column.description)) for column in table.columns),
    ]
    for line in lines:
        sheet.append([_cell(sheet, text) for text in line])


def _heading(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value=text)
    # openpyxl takes "=…" for a formula, and "#N/A" for an error.
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
