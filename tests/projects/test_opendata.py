"""The open data of the register: true, complete, and silent about secrets."""

import csv
import io
import json
import re
from datetime import date, datetime

import openpyxl
import pytest

from terril.site.commons import journal
from terril.site.projects.opendata import EDITIONS, PROJECTS
from terril.site.projects.opendata.formats import FORMATS
from terril.site.projects.queries.tables import edition_rows, first_year, project_rows
from terril.site.projects.rules.filters import Filters
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.places import (
    EpciFactory,
    PlaceFactory,
    TerritoryFactory,
    TerritoryMemberFactory,
)
from tests.factories.programme import CallFactory, DecisionFactory, DossierFactory
from tests.factories.projects import ProjectFactory, SourceFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
TYPES = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "date": date,
}
FILES = [
    f"/donnees/{table}{form.suffix}"
    for table in ("projets", "editions")
    for key, form in FORMATS.items()
    if (table, key) != ("editions", "geojson")
]


def a_full_project(**told):
    """Return a project of which everything is known."""
    given = {
        "decided": True,
        "number": "2026-L01",
        "name": "Forêt",
        "slug": "foret",
        "summary_en": "A wood.",
        "call": CallFactory(code="2026", title="Label 2026"),
        "holder": OrganisationFactory(name="Les Amis", siren="200060358"),
        "places": [
            PlaceFactory(code="62276", name="Douvrin"),
            PlaceFactory(code="62132", name="Billy-Berclau"),
        ],
        "epci": EpciFactory(code="200072460", name="CABBALR"),
        "longitude": 2.83,
        "latitude": 50.51,
        "is_at_commune": True,
        "valid_until": date(2029, 5, 28),
        "certainty_note": "Rien à dire.",
    }
    project = ProjectFactory(**(given | told))
    SourceFactory(project=project, url="https://example.org/a")
    SourceFactory(project=project, url="https://example.org/b")
    return project


def test_a_row_says_all_that_is_public_of_a_project():
    project = a_full_project()

    (row,) = project_rows(Filters(), on=TODAY)

    assert row == {
        "numero": "2026-L01",
        "nom": "Forêt",
        "resume": "Un projet pour essayer.",
        "resume_en": "A wood.",
        "porteur": "Les Amis",
        "porteur_siren": "200060358",
        "porteur_type": "structure",
        "adresse": "http://127.0.0.1:8000/projets/foret/",
        "exemple": False,
        "distinction": "label",
        "etat": "labellise",
        "edition": "2026",
        "edition_titre": "Label 2026",
        "annee": 2026,
        "labellise_le": date(2026, 5, 28),
        "valable_jusqu_au": date(2029, 5, 28),
        "retire_le": None,
        "acte": "2026-42",
        "certificat": project.certificate,
        "certitude": "decide_ici",
        "certitude_note": "Rien à dire.",
        "theme": "energy",
        "theme_titre": row["theme_titre"],
        "communes_codes": "62132 62276",
        "communes": "Billy-Berclau, Douvrin",
        "epci_code": "200072460",
        "epci": "CABBALR",
        "longitude": 2.83,
        "latitude": 50.51,
        "position": "commune",
        "sources": "https://example.org/a https://example.org/b",
    }


def test_an_unknown_value_is_an_empty_cell():
    ProjectFactory(theme="")

    (row,) = project_rows(Filters(), on=TODAY)

    unknown = [name for name, cell in row.items() if cell in (None, "")]
    assert {"edition", "annee", "porteur", "theme", "longitude", "epci"} <= set(unknown)
    assert (row["position"], row["porteur_type"]) == (None, None)


def test_a_holder_without_an_organisation_is_told_from_an_unknown_one():
    ProjectFactory(decided=True)

    (row,) = project_rows(Filters(), on=TODAY)

    assert (row["porteur"], row["porteur_type"]) == (None, "sans_structure")


def test_a_label_that_ran_out_is_ended_in_the_files():
    ProjectFactory(decided=True, valid_until=date(2026, 6, 14))

    assert [row["etat"] for row in project_rows(Filters(), on=TODAY)] == ["termine"]


def faults(table, row):
    """Return what a row does against the schema of its table."""
    found = []
    for column in table.columns:
        cell = row[column.name]
        if cell is None:
            found += [f"{column.name} missing"] if column.is_required else []
            continue
        if type(cell) is not TYPES[column.kind]:
            found.append(f"{column.name} is not {column.kind}")
        if column.values and cell not in column.values:
            found.append(f"{column.name} out of its list")
        if column.pattern and not re.fullmatch(column.pattern, cell):
            found.append(f"{column.name} out of its pattern")
    return found


def test_every_row_keeps_its_schema():
    a_full_project()
    ProjectFactory(theme="")
    ProjectFactory(withdrawn=True, is_example=True)
    ProjectFactory(espoirs=True, year=2024)
    CallFactory(unknown_dates=True, code="2016", stated_laureates=10)

    projects, editions = project_rows(Filters(), on=TODAY), edition_rows()

    assert [faults(PROJECTS, row) for row in projects] == [[], [], [], []]
    assert {tuple(faults(EDITIONS, row)) for row in editions} == {()}
    assert all(set(row) == set(PROJECTS.names) for row in projects)
    assert all(set(row) == set(EDITIONS.names) for row in editions)


@pytest.mark.parametrize("count", [1, 3])
def test_the_rows_cost_the_same_for_one_and_three(count, django_assert_num_queries):
    ProjectFactory.create_batch(count, places=[PlaceFactory()])

    with django_assert_num_queries(3):
        rows = project_rows(Filters(), on=TODAY)

    assert len(rows) == count


def test_editions_say_what_sources_print():
    call = CallFactory(
        unknown_dates=True,
        code="2016",
        years="2016-2017",
        stated_candidates=14,
        stated_laureates=10,
        sources=["https://example.org/a"],
        is_example=False,
    )
    CallFactory(draft=True)
    ProjectFactory(call=call)

    (row,) = edition_rows()

    assert (row["candidats_annonces"], row["laureats_annonces"]) == (14, 10)
    assert (row["labels_connus_ici"], row["cumul_annonce"]) == (1, None)
    assert first_year() == 2016


def test_no_edition_means_no_first_year():
    assert first_year() is None


# ---- the files


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_public_named_and_tied_to_its_schema(client, address):
    a_full_project()

    answer = client.get(address)

    assert answer.status_code == 200
    name = address.rpartition("/")[2]
    assert f'filename="{name}"' in answer["Content-Disposition"]
    assert ".schema.json" in answer["Link"]
    assert 'rel="license"' in answer["Link"]


def test_the_csv_opens_with_any_reader(client):
    a_full_project()

    answer = client.get("/donnees/projets.csv")

    (row,) = csv.DictReader(io.StringIO(answer.content.decode(), newline=""))
    assert row["communes_codes"] == "62132 62276"
    assert (row["longitude"], row["exemple"]) == ("2.83", "false")


def test_the_csv_for_excel_opens_in_french(client):
    a_full_project()

    content = client.get("/donnees/projets-excel.csv").content.decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(content, newline=""), delimiter=";")
    assert (row["longitude"], row["exemple"]) == ("2,83", "non")
    assert row["porteur_siren"] == "200060358"


def test_the_workbook_opens_with_codes_as_text(client):
    a_full_project(name="=1+1")

    content = client.get("/donnees/projets.xlsx").content

    sheet = openpyxl.load_workbook(io.BytesIO(content))["projets"]
    names, cells = list(sheet.iter_rows())
    row = dict(zip([cell.value for cell in names], cells, strict=True))
    assert (row["nom"].value, row["nom"].data_type) == ("=1+1", "s")
    assert row["porteur_siren"].value == "200060358"
    assert row["labellise_le"].value == datetime(2026, 5, 28)  # noqa: DTZ001 -- Excel


def test_the_json_says_its_licence(client):
    a_full_project(is_example=True)

    content = client.get("/donnees/projets.json").json()

    assert content["rows"][0]["exemple"] is True
    assert "Licence Ouverte" in content["source"]


def test_the_geojson_is_valid(client):
    a_full_project()
    ProjectFactory()

    content = json.loads(client.get("/donnees/projets.geojson").content)

    assert content["type"] == "FeatureCollection"
    assert len({feature["id"] for feature in content["features"]}) == 2
    for feature in content["features"]:
        assert {"type", "geometry", "properties"} <= set(feature)
    points = [one["geometry"] for one in content["features"] if one["geometry"]]
    assert points == [{"type": "Point", "coordinates": [2.83, 50.51]}]


def test_the_filters_of_the_page_are_those_of_the_files(client):
    ProjectFactory(number="C-1", theme="energy")
    ProjectFactory(number="C-2", theme="health")

    content = client.get("/donnees/projets.json?theme=health").json()

    assert [row["numero"] for row in content["rows"]] == ["C-2"]


def test_the_schema_is_the_sidecar_of_its_files(client):
    schema = client.get("/donnees/projets.schema.json").json()

    assert [column["name"] for column in schema["fields"]] == PROJECTS.names
    assert schema["licenses"][0]["name"] == "etalab-2.0"


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_lists_every_file(client, language):
    TerritoryFactory()

    text = client.get(f"{language}/donnees/").content.decode()

    for address in FILES:
        assert f'href="{language}{address}"' in text
    assert "catalogue.jsonld" in text


def test_the_catalogue_can_be_harvested(client):
    call = CallFactory(code="2016", years="2016", is_example=False)
    TerritoryMemberFactory(place=a_full_project(call=call).epci)

    catalogue = client.get("/donnees/catalogue.jsonld").json()

    first = catalogue["dcat:dataset"][0]
    assert first["dct:identifier"] == "pma-projets"
    assert [place["dct:identifier"] for place in first["dct:spatial"]] == ["200072460"]
    assert first["dct:temporal"]["dcat:startDate"]["@value"] == "2016"
    assert len(first["dcat:distribution"]) == 5
    assert len(catalogue["dcat:dataset"][1]["dcat:distribution"]) == 4
    licences = [licence["@id"] for licence in first["dct:license"]]
    assert licences[0].endswith("/ETALAB_2_0")
    addresses = re.findall(r'"@id": "([^"]*)"', json.dumps(catalogue))
    assert all(re.fullmatch(r"https?://\S+", address) for address in addresses)


def test_the_catalogue_says_when_the_register_last_changed(client, at):
    TerritoryFactory(website="https://example.org/")
    journal.record("project.corrected", about="projects.project/1", by=None, at=at)

    catalogue = client.get("/donnees/catalogue.jsonld").json()

    assert catalogue["dct:modified"]["@value"] == "2026-03-16"
    assert catalogue["dct:publisher"]["foaf:homepage"]["@id"] == "https://example.org/"


def test_without_a_territory_there_is_no_catalogue(client):
    assert client.get("/donnees/catalogue.jsonld").status_code == 404


# ---- secrets


@pytest.mark.parametrize("outcome", ["refused", "to_be_matured", "labelled-but-secret"])
@pytest.mark.parametrize("address", [*FILES, "/projets/", "/projets/carte/"])
def test_a_secret_is_in_no_channel(client, address, outcome):
    is_secret = outcome == "labelled-but-secret"
    dossier = DossierFactory(
        deliberated=True, title="Chut", holder=PersonFactory(email="chut@example.org")
    )
    DecisionFactory(
        dossier=dossier,
        outcome="labelled" if is_secret else outcome,
        published=not is_secret,
    )

    content = client.get(address).content

    assert b"Chut" not in content
    assert b"chut" not in content
    if address.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell for sheet in book for row in sheet.values for cell in row]
        assert "Chut" not in cells


@pytest.mark.parametrize("form", ["csv", "json", "geojson"])
def test_no_private_word_leaves_with_a_labelled_project(client, form):
    holder = PersonFactory(email="camille.secret@example.org", family_name="Secret")
    dossier = DossierFactory(decided=True, holder=holder)
    decision = DecisionFactory(dossier=dossier, published=True, reasons="Motifs privés")
    ProjectFactory(decided=True, decision=decision)

    content = client.get(f"/donnees/projets.{form}").content.decode()

    for word in ("@", "Secret", "camille", "Motifs"):
        assert word not in content
