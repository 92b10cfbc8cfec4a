"""Traps seen in official files: each is refused with its place, never repaired."""

import io
import json
import tarfile

import pytest
from openpyxl import Workbook, load_workbook

from terril.analytics import DataError, recipe


def read(name, raw, file="file"):
    return recipe(name).rows(raw, file)


def sample(name):
    return recipe(name).sample.read_bytes()


def refused(name, raw):
    with pytest.raises(DataError) as caught:
        read(name, raw)
    return caught.value


def changed(name, old, new):
    raw = sample(name)
    assert old in raw
    return raw.replace(old, new)


def workbook(name, change):
    book = load_workbook(io.BytesIO(sample(name)))
    change(book)
    bytes_out = io.BytesIO()
    book.save(bytes_out)
    return bytes_out.getvalue()


def test_a_commune_code_that_lost_its_zero_is_refused_with_its_repair():
    raw = changed("communes", b"COM,01004,", b"COM,1004,")

    error = refused("communes", raw)

    assert (error.spot.file, error.spot.line, error.spot.column) == ("file", 3, "COM")
    assert (error.count, error.example) == (1, "1004")
    assert "1004 should read 01004" in error.advice


def test_a_departement_code_that_lost_its_zero_is_refused_with_its_repair():
    raw = changed("departments", b"\n02,32,", b"\n2,32,")

    error = refused("departments", raw)

    assert "2 should read 02" in error.advice


def test_only_actual_communes_are_kept_when_a_code_is_there_twice():
    raw = sample("communes")
    assert raw.count(b",62447,") == 2

    rows = read("communes", raw)

    assert [row["name"] for row in rows if row["code"] == "62447"] == [
        "Hesdin-la-Forêt"
    ]


def test_an_actual_commune_there_twice_is_refused():
    raw = changed("communes", b"COMD,62447,,,", b"COM,62447,32,62,")

    error = refused("communes", raw)

    assert error.problem == "the same key appears twice"
    assert error.example == "62447"


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("communes", b"ARM,75101", b"XXX,75101", "unknown type of commune"),
        ("communes", b"COM,01001,84,01,", b"COM,01001,84,,", "an actual commune has no département"),
        ("communes", b"TYPECOM,COM,", b"TYPE,COM,", "the header is not on this line, or lacks TYPECOM"),
        ("communes", b"COM,01004,", b"COM,01004,,", "the line has not as many cells as the header"),
        ("communes", "é".encode(), b"\xe9", "the file is not UTF-8"),
        ("movements", b"10,2026-01-01", b"10,01/01/2026", "not a date written YYYY-MM-DD"),
        ("movements", b"10,2026-01-01,COM,", b"10,2026-01-01,COX,", "unknown type of commune"),
        ("movements", b"20,2011-03-31,,,", b"20,2011-03-31,COM,,", "a side has a code without a type or a name"),
        ("movements", b"30,2007-02-23,COM,97123,0,SAINT BARTHELEMY,Saint-Barth\xc3\xa9lemy,Saint-Barth\xc3\xa9lemy,,,,,,", b"30,2007-02-23,,,,,,,,,,,,", "a movement has neither a before nor an after"),
        ("populations", b";15934;", b";15935;", "municipal and counted apart do not add up to the total"),
        ("populations", b";69389;", b";69400;", "a city has only some of its arrondissements"),
        ("populations", b";01001;", b";69123;", "a city is there whole and by arrondissement: it would count twice"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_as_declared_is_refused(name, old, new, problem):
    raw = changed(name, old, new)

    assert refused(name, raw).problem == problem


def test_cities_in_arrondissements_keep_only_what_adds_up():
    rows = {row["code"]: row for row in read("populations", sample("populations"))}

    lyon = rows["69123"]

    assert (lyon["municipal"], lyon["apart"], lyon["total"]) == (519127, None, None)
    assert lyon["basis"] == "arrondissements"
    assert "69381" not in rows


def test_members_have_no_population_before_version_1_1_1():
    rows = read("intercommunalities", sample("intercommunalities"))

    known = {row["municipal"] is not None for row in rows if row["epci"] != "200000172"}
    unknown = [row["municipal"] for row in rows if row["epci"] == "200000172"]

    assert known == {True}
    assert unknown == [None] * 7


def archive(content, name="package/data/epci.json"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        packed.addfile(member, io.BytesIO(content))
    return out.getvalue()


def test_an_archive_is_read_by_its_member():
    raw = archive(sample("intercommunalities"))

    rows = read("intercommunalities", raw)

    assert rows == read("intercommunalities", sample("intercommunalities"))


@pytest.mark.parametrize(
    "raw",
    [archive(b"[]", "package/other.json"), archive(b"[]")[:40]],
    ids=["other", "cut"],
)
def test_an_archive_without_its_member_is_refused(raw):
    error = refused("intercommunalities", raw)

    assert error.problem == "the archive cannot be read, or lacks this member"


def test_a_commune_in_two_epci_is_refused():
    epcis = json.loads(sample("intercommunalities"))
    epcis[1]["membres"].append(epcis[0]["membres"][0])

    error = refused("intercommunalities", json.dumps(epcis).encode())

    assert (error.problem, error.example) == ("the same key appears twice", "74042")


def archives(repeating):
    contents = {
        year: json.dumps([{"code": year}]).encode() for year in range(2019, 2027)
    }
    contents[2026] = contents[repeating] if repeating else contents[2026]
    return {
        str(year): (f"{year}.tgz", archive(content))
        for year, content in contents.items()
    }


def test_a_vintage_that_repeats_another_byte_for_byte_is_a_gap():
    gaps = recipe("intercommunalities").module.gaps(archives(repeating=2025))

    assert gaps == {"2026": "2026.tgz repeats the file of 2025, byte for byte"}


@pytest.mark.parametrize("repeating", [0, 2024])
def test_a_repetition_which_is_not_the_declared_one_stops_the_build(repeating):
    with pytest.raises(DataError) as caught:
        recipe("intercommunalities").module.gaps(archives(repeating))

    assert "declares 2025" in caught.value.problem


def test_siren_stored_as_numbers_are_read_knowingly():
    rows = read("intercommunalities_dgcl", sample("intercommunalities_dgcl"))

    assert {len(row["epci"]) for row in rows} == {9}


def test_a_commune_code_stored_as_a_number_is_refused():
    def change(book):
        book["Epcicom2025"]["J2"] = 59001

    error = refused(
        "intercommunalities_dgcl", workbook("intercommunalities_dgcl", change)
    )

    assert error.problem == "the code is stored as a number"
    assert (error.spot.place, error.spot.line) == ("sheet Epcicom2025", 2)


def test_a_number_of_members_that_is_not_the_count_is_refused():
    def change(book):
        book["Epcicom2025"].delete_rows(2)

    error = refused(
        "intercommunalities_dgcl", workbook("intercommunalities_dgcl", change)
    )

    assert error.problem == "the number of members is not the number of lines"


def test_communes_without_epci_have_none_rather_than_a_code():
    rows = read("intercommunalities_insee", sample("intercommunalities_insee"))

    alone = [row["commune"] for row in rows if not row["epci"]]

    assert alone == ["22016", "29083", "29155", "85113"]


@pytest.mark.parametrize("name", ["intercommunalities_insee", "employment_zones"])
def test_a_header_on_another_line_is_refused(name):
    def change(book):
        book["Composition_communale"].delete_rows(1)

    error = refused(name, workbook(name, change))

    assert error.problem.startswith("the header is not on this line, or lacks CODGEO")
    assert error.spot.line == 6


@pytest.mark.parametrize("name", ["intercommunalities_insee", "employment_zones"])
def test_a_composition_that_is_not_as_counted_is_refused(name):
    def change(book):
        book["Composition_communale"].delete_rows(7)

    error = refused(name, workbook(name, change))

    assert error.problem == "the number of communes is not that of the composition"


def test_a_code_of_epci_that_is_neither_a_siren_nor_none_is_refused():
    def change(book):
        book["Composition_communale"]["C7"] = "ZZZ"

    error = refused(
        "intercommunalities_insee", workbook("intercommunalities_insee", change)
    )

    assert error.problem == "neither a SIREN of 9 digits nor ZZZZZZZZZ (no EPCI)"


def test_blank_lines_at_the_end_of_a_sheet_are_no_lines():
    def change(book):
        sheet = book["Composition_communale"]
        sheet.cell(sheet.max_row + 3, 1).number_format = "0.00"

    rows = read("employment_zones", workbook("employment_zones", change))

    assert rows == read("employment_zones", sample("employment_zones"))


def test_a_workbook_without_its_sheet_is_refused():
    book, out = Workbook(), io.BytesIO()
    book.save(out)

    error = refused("employment_zones", out.getvalue())

    assert error.problem == "the sheet is not in the workbook"
    assert error.example == "Sheet"


def test_a_bare_feature_is_a_collection_of_one():
    feature = json.loads(sample("department_outlines"))["features"][0]

    rows = read("department_outlines", json.dumps(feature).encode())

    assert [row["code"] for row in rows] == ["75"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "this is not JSON in UTF-8"),
        ("[]", "this is not a GeoJSON FeatureCollection, nor a Feature"),
        ('{"type":"Feature","properties":{"nom":"x"}}', "the property is missing"),
        (
            (
                '{"type":"Feature","properties":{"code":"62001","nom":"x"},'
                '"geometry":{"type":"Point","coordinates":[0,0]}}'
            ),
            "the geometry is not a polygon",
        ),
    ],
)
def test_a_geojson_that_is_no_outline_is_refused(content, problem):
    error = refused("outlines", content.encode())

    assert error.problem == problem


def test_parts_of_greater_paris_are_no_epci():
    rows = read("intercommunality_points", sample("intercommunality_points"))

    assert "200057867" not in {row["code"] for row in rows}


def test_communes_of_collectivities_that_are_no_departement_are_left_out():
    rows = read("commune_lists", sample("commune_lists"))

    assert not {"97501", "98411"} & {row["code"] for row in rows}


def test_a_population_of_a_list_may_be_missing_but_is_a_number():
    without = changed("commune_lists", b',"population":860', b"")
    error = refused("commune_lists", changed("commune_lists", b":860", b':"860"'))

    assert read("commune_lists", without)[0]["population"] is None
    assert error.problem == "the population is not a whole number"
    assert (error.spot.column, error.example) == ("population", "860")


def test_an_error_tells_the_place_the_count_an_example_and_what_to_do():
    raw = changed("communes", b"COM,01004,", b"COM,1004,")

    text = str(refused("communes", raw))

    assert text == (
        "file, line 3, column COM: not a commune code of 5 characters (once). "
        "First example: “1004”. A leading zero is lost: 1004 should read 01004. "
        "Open the file with this column as text."
    )


def test_blank_lines_under_a_table_are_left_out():
    raw = workbook(
        "employment_zones", lambda book: book.worksheets[-1].append(["", "", "", ""])
    )

    rows = read("employment_zones", raw)

    assert rows == read("employment_zones", sample("employment_zones"))
