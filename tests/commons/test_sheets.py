"""Files for spreadsheets: codes stay codes, and nothing becomes a formula."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest

from terril.site.commons.opendata import Column, Provenance, PublicTable
from terril.site.commons.sheets import excel_csv, spoken, workbook

TABLE = PublicTable(
    name="essais",
    title="Essais",
    description="Une table pour essayer.",
    key="code",
    columns=(
        Column("code", "code"),
        Column("nom", "name"),
        Column("longitude", "longitude", "number"),
        Column("annee", "year", "integer"),
        Column("jour", "day", "date"),
        Column("exemple", "fictional", "boolean"),
    ),
)
TOLD = Provenance("Le Pôle", date(2026, 6, 1), "https://example.org/donnees/")
DANGEROUS = ['=HYPERLINK("http://x")', "+33", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]


def row(name="Lens", **told):
    given = {
        "code": "01004",
        "nom": name,
        "longitude": -2.5,
        "annee": 2026,
        "jour": date(2026, 5, 28),
        "exemple": True,
    }
    return given | told


def sheets(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_csv_for_excel_has_its_mark_its_semicolons_and_its_commas():
    text = excel_csv(TABLE, [row(), row(name=None, exemple=False, jour=None)])

    assert text.encode().startswith(b"\xef\xbb\xbfcode;nom;")
    lines = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))
    assert lines[1] == ["01004", "Lens", "-2,5", "2026", "2026-05-28", "oui"]
    assert lines[2] == ["01004", "", "-2,5", "2026", "", "non"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_csv_for_excel_never_runs_what_somebody_wrote(text):
    assert spoken(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Lens", "2.5 hectares", "a=b", ""])
def test_plain_words_are_left_as_they_are(text):
    assert spoken(text) == text


def test_a_workbook_keeps_codes_as_text_and_numbers_as_numbers():
    sheet = sheets(workbook(TABLE, [row()], TOLD))["essais"]

    code, name, longitude, year, day, example = next(sheet.iter_rows(min_row=2))
    assert (code.value, code.data_type, code.number_format) == ("01004", "s", "@")
    assert (name.value, longitude.value, year.value) == ("Lens", -2.5, 2026)
    assert day.value == datetime(2026, 5, 28)  # noqa: DTZ001 -- as Excel gives it
    assert example.value is True
    assert sheet.freeze_panes == "B2"


@pytest.mark.parametrize("text", [*DANGEROUS[:5], "#N/A"])
def test_a_workbook_holds_no_formula(text):
    sheet = sheets(workbook(TABLE, [row(name=text)], TOLD))["essais"]

    assert (sheet["B2"].value, sheet["B2"].data_type) == (text, "s")


def test_a_workbook_survives_what_a_sheet_cannot_hold():
    text = "avant\x00\x0baprès" + "x" * 40_000

    sheet = sheets(workbook(TABLE, [row(name=text)], TOLD))["essais"]

    assert sheet["B2"].value.startswith("avantaprès")
    assert len(sheet["B2"].value) == 32_767


def test_a_workbook_says_where_it_comes_from():
    about = sheets(workbook(TABLE, [], TOLD))["source"]

    said = dict(about.iter_rows(values_only=True))
    assert said["source"].startswith("Source : Le Pôle, 2026-06-01.")
    assert said["licence"].startswith("https://")
    assert said["nom"] == "name"
