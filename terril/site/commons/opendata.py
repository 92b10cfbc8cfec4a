"""Tables given to all: named columns, a licence, and the formats of open data."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import override

Words = str | Promise
Cell = Any
RowOf = Mapping[str, Cell]


@dataclass(frozen=True)
class Licence:
    """The terms of re-use, as people, catalogues and Europe name them."""

    key: str
    name: str
    url: str
    authority: str


OPEN_LICENCE = Licence(
    key="etalab-2.0",
    name="Licence Ouverte / Open Licence 2.0 (Etalab)",
    url="https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    authority="http://publications.europa.eu/resource/authority/licence/ETALAB_2_0",
)


@dataclass(frozen=True)
class Column:
    """One column: its lasting name, what it says, and what its cells may be."""

    name: str
    description: Words
    # A type of Table Schema: string, integer, number, boolean, date.
    kind: str = "string"
    is_required: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""
    example: str = ""

    def as_schema(self) -> dict[str, Any]:
        """Return the column as a field of a Table Schema."""
        rules: dict[str, Any] = {"required": self.is_required}
        if self.values:
            rules["enum"] = list(self.values)
        if self.pattern:
            rules["pattern"] = self.pattern
        described = {"name": self.name, "type": self.kind, "constraints": rules}
        described["description"] = _in("fr", self.description)
        described["description_en"] = _in("en", self.description)
        if self.example:
            described["example"] = self.example
        return described


@dataclass(frozen=True)
class PublicTable:
    """What a room gives to all: a name, columns, a licence."""

    name: str
    title: Words
    description: Words
    columns: tuple[Column, ...]
    key: str
    # The names of the columns of longitude and latitude, when rows have a place.
    point: tuple[str, str] | None = None
    licence: Licence = OPEN_LICENCE

    @cached_property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


@dataclass(frozen=True)
class Provenance:
    """Who gives a table, when it last changed, and where it lives."""

    producer: str
    updated: date | None
    address: str
    sources: list[str] = field(default_factory=list)

    def line(self, table: PublicTable) -> str:
        """Return the line that must go with each re-use."""
        day = f", {self.updated.isoformat()}" if self.updated else ""
        return f"Source : {self.producer}{day}. {table.licence.name}."


def csv_text(table: PublicTable, rows: Iterable[RowOf]) -> str:
    """Return RFC 4180 for machines: comma, dot, CRLF, no mark at the beginning."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(table.names)
    for row in rows:
        writer.writerow([plain(row[name]) for name in table.names])
    return written.getvalue()


def plain(cell: Cell) -> str | int | float:
    """Return a cell as machines read it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date) else cell


def json_text(table: PublicTable, rows: Iterable[RowOf], told: Provenance) -> str:
    """Return the rows with their licence and source above them."""
    content = {**_preamble(table, told), "rows": [_cells(table, row) for row in rows]}
    return _dump(content)


def geojson_text(table: PublicTable, rows: Iterable[RowOf], told: Provenance) -> str:
    """Return a FeatureCollection (RFC 7946); rows without a place have no geometry."""
    features = [_feature(table, row) for row in rows]
    return _dump(
        {"type": "FeatureCollection", **_preamble(table, told), "features": features}
    )


def _feature(table: PublicTable, row: RowOf) -> dict[str, Any]:
    longitude, latitude = (row[name] for name in table.point or ())
    geometry = None
    if longitude is not None and latitude is not None:
        geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    return {
        "type": "Feature",
        "id": row[table.key],
        "geometry": geometry,
        "properties": _cells(table, row),
    }


def _preamble(table: PublicTable, told: Provenance) -> dict[str, Any]:
    return {
        "title": _in("fr", table.title),
        "licence": table.licence.name,
        "licence_url": table.licence.url,
        "source": told.line(table),
        "address": told.address,
        "updated": told.updated.isoformat() if told.updated else None,
    }


def _cells(table: PublicTable, row: RowOf) -> dict[str, Any]:
    return {name: row[name] for name in table.names}


def schema_text(table: PublicTable, told: Provenance) -> str:
    """Return the Table Schema of a table: the sidecar of its files."""
    licence = table.licence
    return _dump(
        {
            "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
            "name": table.name,
            "title": _in("fr", table.title),
            "title_en": _in("en", table.title),
            "description": _in("fr", table.description),
            "description_en": _in("en", table.description),
            "homepage": told.address,
            "licenses": [
                {"name": licence.key, "title": licence.name, "path": licence.url}
            ],
            "sources": [{"title": told.producer}, *({"path": s} for s in told.sources)],
            "updated": told.updated.isoformat() if told.updated else None,
            "fields": [column.as_schema() for column in table.columns],
            "primaryKey": table.key,
            "missingValues": [""],
        }
    )


def _in(language: str, words: Words) -> str:
    with override(language):
        return str(words)


def _dump(content: Any) -> str:
    # Dates are the only cells that JSON does not know.
    text = json.dumps(
        content, ensure_ascii=False, separators=(",", ":"), default=date.isoformat
    )
    return text + "\n"
