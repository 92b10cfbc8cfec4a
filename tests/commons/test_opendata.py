"""Tables given to all: what each format says, byte by byte."""

import csv
import io
import json
from datetime import date

import pytest

from terril.site.commons.opendata import (
    Column,
    Provenance,
    PublicTable,
    csv_text,
    geojson_text,
    json_text,
    schema_text,
)

TABLE = PublicTable(
    name="essais",
    title="Essais",
    description="Une table pour essayer.",
    key="code",
    point=("longitude", "latitude"),
    columns=(
        Column("code", "code", is_required=True, pattern="[0-9]{5}", example="01004"),
        Column("nom", "name"),
        Column("longitude", "longitude", "number"),
        Column("latitude", "latitude", "number"),
        Column("jour", "day", "date"),
        Column("exemple", "fictional", "boolean", is_required=True),
        Column("etat", "state", values=("un", "deux")),
    ),
)
ROWS = [
    {
        "code": "01004",
        "nom": 'Dire "non", ou\npas',
        "longitude": 2.83,
        "latitude": 50.43,
        "jour": date(2026, 5, 28),
        "exemple": True,
        "etat": "un",
    },
    {
        "code": "62498",
        "nom": None,
        "longitude": None,
        "latitude": None,
        "jour": None,
        "exemple": False,
        "etat": None,
    },
]
TOLD = Provenance("Le Pôle", date(2026, 6, 1), "https://example.org/donnees/")


def test_csv_is_rfc_4180_without_a_mark():
    text = csv_text(TABLE, ROWS)

    assert text.startswith("code,nom,longitude,latitude,jour,exemple,etat\r\n")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        TABLE.names,
        ["01004", 'Dire "non", ou\npas', "2.83", "50.43", "2026-05-28", "true", "un"],
        ["62498", "", "", "", "", "false", ""],
    ]


def test_json_carries_its_licence_and_its_source():
    content = json.loads(json_text(TABLE, ROWS, TOLD))

    assert content["licence_url"].startswith("https://www.etalab.gouv.fr/")
    assert content["source"] == (
        "Source : Le Pôle, 2026-06-01. Licence Ouverte / Open Licence 2.0 (Etalab)."
    )
    assert content["updated"] == "2026-06-01"
    assert content["rows"][0]["jour"] == "2026-05-28"
    assert content["rows"][1]["nom"] is None


def test_a_table_never_changed_has_no_day():
    told = Provenance("Le Pôle", None, "https://example.org/")

    content = json.loads(json_text(TABLE, [], told))

    assert content["updated"] is None
    assert content["source"].startswith("Source : Le Pôle. ")


def test_geojson_is_a_collection_and_rows_without_a_place_have_no_geometry():
    content = json.loads(geojson_text(TABLE, ROWS, TOLD))

    assert content["type"] == "FeatureCollection"
    first, second = content["features"]
    assert first["id"] == "01004"
    assert first["geometry"] == {"type": "Point", "coordinates": [2.83, 50.43]}
    assert first["properties"]["exemple"] is True
    assert (second["type"], second["geometry"]) == ("Feature", None)


def test_a_schema_says_each_column_in_both_languages():
    schema = json.loads(schema_text(TABLE, TOLD))

    assert schema["primaryKey"] == "code"
    assert schema["licenses"][0]["name"] == "etalab-2.0"
    assert schema["sources"] == [{"title": "Le Pôle"}]
    assert schema["fields"][0] == {
        "name": "code",
        "type": "string",
        "constraints": {"required": True, "pattern": "[0-9]{5}"},
        "description": "code",
        "description_en": "code",
        "example": "01004",
    }
    assert schema["fields"][6]["constraints"] == {
        "required": False,
        "enum": ["un", "deux"],
    }


@pytest.mark.parametrize("updated", [None, date(2026, 6, 1)])
def test_a_schema_says_when_the_table_last_changed(updated):
    told = Provenance("Le Pôle", updated, "https://example.org/", ["https://a.example"])

    schema = json.loads(schema_text(TABLE, told))

    assert schema["updated"] == (updated.isoformat() if updated else None)
    assert schema["sources"][1] == {"path": "https://a.example"}
