"""The files of each public table, as the page of open data lists them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terril.site.commons.opendata import PublicTable
from terril.site.projects.opendata.formats import FORMATS
from terril.site.projects.opendata.tables import TABLES, public_tables
from terril.site.projects.rules.filters import Filters

PURPOSES: dict[str, Promise] = {
    "csv": _("for programs: comma, dot, UTF-8"),
    "excel": _("for spreadsheets in French: semicolon, decimal comma"),
    "xlsx": _("workbook, codes kept as text"),
    "json": _("for programs, with the licence and the source"),
    "geojson": _("for maps, WGS 84"),
}


@dataclass(frozen=True)
class File:
    """One file one can take."""

    name: str
    url: str
    purpose: Promise


@dataclass(frozen=True)
class Listed:
    """One public table and its files."""

    table: PublicTable
    files: list[File]
    schema_url: str


def listed() -> list[Listed]:
    """Return every public table with its files."""
    return [
        Listed(table, files_of(key), reverse(f"{key}_schema"))
        for key, table in public_tables().items()
    ]


def files_of(key: str, asked: Filters | None = None) -> list[File]:
    """Return the files of a table, narrowed as a page is."""
    table = TABLES[key]
    query = f"?{asked.query}" if asked and asked.query else ""
    return [
        File(
            f"{table.name}{form.suffix}",
            reverse(f"{key}_{name}") + query,
            PURPOSES[name],
        )
        for name, form in FORMATS.items()
        if name != "geojson" or table.point
    ]
