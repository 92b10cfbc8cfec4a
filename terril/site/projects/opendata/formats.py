"""The formats that a public table is given in."""

from collections.abc import Callable
from dataclasses import dataclass

from terril.site.commons.opendata import (
    Provenance,
    PublicTable,
    csv_text,
    geojson_text,
    json_text,
)
from terril.site.commons.sheets import excel_csv, workbook
from terril.site.projects.queries.tables import Row

Written = str | bytes
Writer = Callable[[PublicTable, list[Row], Provenance], Written]


@dataclass(frozen=True)
class Format:
    """A kind of file: its ending, its type, how it is written."""

    suffix: str
    media: str
    # The name of the format in the authority table of the European Union.
    europe: str
    write: Writer
    is_attached: bool = False

    @property
    def bare_media(self) -> str:
        return self.media.partition(";")[0]


def _csv(table: PublicTable, rows: list[Row], _told: Provenance) -> Written:
    return csv_text(table, rows)


def _excel(table: PublicTable, rows: list[Row], _told: Provenance) -> Written:
    return excel_csv(table, rows)


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "csv": Format(".csv", "text/csv; charset=utf-8", "CSV", _csv, is_attached=True),
    "excel": Format(
        "-excel.csv", "text/csv; charset=utf-8", "CSV", _excel, is_attached=True
    ),
    "xlsx": Format(".xlsx", WORKBOOK, "XLSX", workbook, is_attached=True),
    "json": Format(".json", "application/json", "JSON", json_text),
    "geojson": Format(".geojson", "application/geo+json", "GEOJSON", geojson_text),
}
