"""Traps of files of figures: each stops with its place, its count and what to do."""

import gzip
import io

import pytest
import xlrd
from openpyxl import Workbook, load_workbook

from terril.analytics import DataError, recipe


def sample(name):
    return recipe(name).sample.read_bytes()


def refused(name, raw, file="file"):
    with pytest.raises(DataError) as caught:
        recipe(name).grids(raw, file)
    return caught.value


def changed(name, old, new, times=1):
    raw = sample(name).decode()
    assert old in raw
    return raw.replace(old, new, times).encode()


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(name):
    """Return the sample as a workbook that a test may change."""
    raw = sample(name)
    if not raw.startswith(b"\xd0\xcf"):
        return load_workbook(io.BytesIO(raw))
    book = Workbook()
    book.remove(book.active)
    for old in xlrd.open_workbook(file_contents=raw).sheets():
        sheet = book.create_sheet(old.name)
        for row in range(old.nrows):
            values = [value if value != "" else None for value in old.row_values(row)]
            sheet.append(values)
    return book


def edited(name, sheet, cell, value):
    book = workbook(name)
    book[sheet][cell] = value
    return saved(book)


def told(error):
    return (str(error.spot), error.count, error.example)


ZONES = "txcho_ze"
ZONE_TRAPS = {
    "a zone that lost its zero": (
        ("A7", "51"),
        ("file, sheet txcho_ze, line 7, column ZE2020", 1, "51"),
        "not an employment zone code of 4 digits",
    ),
    "a zone stored as a number": (
        ("A9", 1101),
        ("file, sheet txcho_ze, line 9, column ZE2020", 1, "1101"),
        "the code is stored as a number",
    ),
    "a zone there twice": (
        ("A8", "0051"),
        ("file, sheet txcho_ze, line 8, column ZE2020", 1, "0051"),
        "the same key appears twice",
    ),
    "a rate with a decimal comma": (
        ("E7", "8,1"),
        ("file, sheet txcho_ze, line 7, column 2013-T3", 1, "8,1"),
        "not a number",
    ),
    "a rate stored as a text": (
        ("E7", "8.1"),
        ("file, sheet txcho_ze, line 7, column 2013-T3", 1, "8.1"),
        "the figure is stored as a text",
    ),
    "the noise of binary numbers": (
        ("E7", 8.100000000000001),
        ("file, sheet txcho_ze, line 7, column 2013-T3", 1, "8.100000000000001"),
        "more decimals than the 1 declared",
    ),
    "a rate above a hundred": (
        ("E7", 810),
        ("file, sheet txcho_ze, line 7, column 2013-T3", 1, "810"),
        "out of bounds: 0 to 100 is expected",
    ),
    "a negative rate": (
        ("E7", -8),
        ("file, sheet txcho_ze, line 7, column 2013-T3", 1, "-8"),
        "out of bounds: 0 to 100 is expected",
    ),
    "a rate that is missing": (
        ("H7", None),
        ("file, sheet txcho_ze, line 7, column 2014-T2", 1, ""),
        "a rate is missing",
    ),
    "a quarter out of order": (
        ("F6", "2014-T3"),
        ("file, sheet txcho_ze, column 2014-T3", 1, ""),
        "the period does not follow the one before",
    ),
    "a column that is no quarter": (
        ("F6", "Moyenne"),
        ("file, sheet txcho_ze, column Moyenne", 1, ""),
        "the column is not a period",
    ),
    "a header on another line": (
        ("A6", "Zone"),
        (
            "file, sheet txcho_ze, line 6",
            1,
            "Zone, LIBZE2020, REG, LIBREG, 2013-T3, 2013-T4",
        ),
        "the header is not on this line, or lacks ZE2020",
    ),
}


@pytest.mark.parametrize("trap", ZONE_TRAPS)
def test_a_sheet_of_zones_is_refused(trap):
    (cell, value), where, problem = ZONE_TRAPS[trap]

    error = refused(
        "unemployment_zones", edited("unemployment_zones", ZONES, cell, value)
    )

    assert told(error) == where
    assert error.problem == problem
    assert error.advice


def test_columns_of_zones_that_are_swapped_are_refused():
    book = workbook("unemployment_zones")
    sheet = book[ZONES]
    for row in range(6, sheet.max_row + 1):
        first, second = sheet.cell(row, 1), sheet.cell(row, 2)
        if row > 6:
            first.value, second.value = second.value, first.value

    error = refused("unemployment_zones", saved(book))

    assert (error.count, error.spot.line) == (19, 7)
    assert error.problem == "not an employment zone code of 4 digits"


def test_overseas_zones_may_lack_a_rate_before_their_series_only():
    (grid,) = recipe("unemployment_zones").grids(sample("unemployment_zones"), "file")

    blank = [
        (line["ZE2020"], period)
        for line in grid
        for period in grid.header[4:]
        if not line[period]
    ]

    assert {code[:2] for code, _ in blank} == {"01", "02", "04"}
    assert {period for _, period in blank} == {"2013-T3", "2013-T4"}


def test_a_sheet_that_is_not_there_is_refused():
    book = workbook("unemployment_zones")
    book[ZONES].title = "autre"

    error = refused("unemployment_zones", saved(book))

    assert error.problem == "the sheet is not in the workbook"
    assert error.example == "Documentation, autre"


@pytest.mark.parametrize("raw", [b"PK not a workbook", b"\xd0\xcf\x11\xe0 cut"])
def test_a_damaged_workbook_is_refused(raw):
    error = refused("unemployment_zones", raw)

    assert error.problem == "this is not a workbook, or it is damaged"


SERIES_TRAPS = {
    "a series nobody declared": (
        ('"001515842"', '"001515999"'),
        (2, "Libellé", "the series is not declared, or bears another label"),
    ),
    "a series under another name": (
        ("France métropolitaine", "France entière"),
        (2, "Libellé", "the series is not declared, or bears another label"),
    ),
    "a series of another day": (
        ("20/12/2023 12:00", "27/09/2023 12:00"),
        (4, "Dernière mise à jour", "the series are not all of the same day"),
    ),
    "a flag nobody knows": (
        ('"SD"', '"X"'),
        (3, "2023-T3", "the flag is not a known one"),
    ),
    "a rate that is missing": (
        ('"7.2"', '""'),
        (2, "2022-T1", "a rate is missing"),
    ),
    "a decimal comma": (
        ('"7.2"', '"7,2"'),
        (2, "2022-T1", "not a number"),
    ),
}


@pytest.mark.parametrize("trap", SERIES_TRAPS)
def test_a_file_of_series_is_refused(trap):
    (old, new), (line, column, problem) = SERIES_TRAPS[trap]

    error = refused("unemployment_series", changed("unemployment_series", old, new))

    assert error.problem == problem
    assert error.spot.column == column
    assert error.spot.line == line


def test_a_series_without_its_row_of_flags_is_refused():
    lines = sample("unemployment_series").decode().splitlines(keepends=True)
    raw = "".join(lines[:2] + lines[3:]).encode()

    error = refused("unemployment_series", raw)

    assert error.problem == "the rows of series and of flags do not alternate"
    assert error.spot.line == 3


def test_flags_of_no_series_at_the_end_are_refused():
    lines = sample("unemployment_series").decode().splitlines(keepends=True)
    raw = "".join(lines[:-1]).encode()

    error = refused("unemployment_series", raw)

    assert error.problem == "the rows of series and of flags do not alternate"


def test_a_file_of_series_that_a_spreadsheet_saved_is_refused():
    raw = sample("unemployment_series").decode().encode("cp1252")

    error = refused("unemployment_series", raw)

    assert error.problem == "the file is not UTF-8"


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    raw = b"\xef\xbb\xbf" + sample("unemployment_series")

    (grid,) = recipe("unemployment_series").grids(raw, "file")

    assert grid.header[0] == "Libellé"


BOOK = "Département"
BOOK_TRAPS = {
    "a département that lost its zero": (
        (BOOK, "A5", "1"),
        (5, "Code", "not a département code"),
    ),
    "a département there twice": (
        (BOOK, "A6", "01"),
        (6, "Code", "the same key appears twice"),
    ),
    "a line of figures after the notes": (
        (BOOK, "B21", "AIN"),
        (21, "Code", "a line of the table stands after the notes"),
    ),
    "a rate that is missing": (
        (BOOK, "C5", None),
        (5, "T3_2013", "a rate is missing"),
    ),
    "a third line of France": (
        ("Région", "B6", "FRANCE"),
        (6, "Libellé", "the code 00 is neither of the two lines of France"),
    ),
    "a line of France there twice": (
        ("Région", "B6", "FRANCE (HORS MAYOTTE)"),
        (6, "Libellé", "the same key appears twice"),
    ),
    "quarters named as elsewhere": (
        (BOOK, "C4", "2013-T3"),
        (None, "2013-T3", "the column is not a period"),
    ),
}


@pytest.mark.parametrize("trap", BOOK_TRAPS)
def test_an_old_workbook_is_refused(trap):
    change, (line, column, problem) = BOOK_TRAPS[trap]

    error = refused("unemployment_workbooks", edited("unemployment_workbooks", *change))

    assert error.problem == problem
    assert (error.spot.line, error.spot.column) == (line, column)


def test_an_old_workbook_may_lack_its_sheet_of_regions():
    book = workbook("unemployment_workbooks")
    del book["Région"]

    grids = recipe("unemployment_workbooks").grids(saved(book), "file")

    assert [grid.place for grid in grids] == ["sheet Département"]


def test_an_old_workbook_without_any_known_sheet_is_refused():
    book = workbook("unemployment_workbooks")
    del book["Région"]
    book[BOOK].title = "Feuil1"

    error = refused("unemployment_workbooks", saved(book))

    assert error.problem == "the sheet is not in the workbook"


def test_codes_of_an_old_workbook_are_read_from_texts_and_numbers_alike():
    grids = recipe("unemployment_workbooks").grids(
        sample("unemployment_workbooks"), "file"
    )

    codes = [line["Code"] for line in grids[0]]

    assert {"01", "2A", "62", "75", "971"} <= set(codes)
    assert "62.0" not in codes


POOR = "ENSEMBLE"
POVERTY_TRAPS = {
    "columns of rates swapped": (
        ("C6", "TP6019", "E6", "TP4019"),
        ("TP4019", "the rate is above that of TP5019, whose threshold is higher"),
    ),
    "a rate of another edition": (
        ("E7", 18.4),
        ("TP6019", "more decimals than the 0 declared"),
    ),
    "a secret written as a letter": (
        ("C8", "s"),
        ("TP4019", "not a number"),
    ),
    "a commune that lost its zero": (
        ("A7", "1004"),
        ("CODGEO", "not a commune code of 5 characters"),
    ),
    "an arrondissement without its city": (
        (),
        ("CODGEO", "an arrondissement is there without its city"),
    ),
}


@pytest.mark.parametrize("trap", POVERTY_TRAPS)
def test_a_sheet_of_poverty_is_refused(trap):
    cells, (column, problem) = POVERTY_TRAPS[trap]
    book = workbook("poverty")
    if trap == "an arrondissement without its city":
        row = next(r for r in book[POOR].iter_rows() if r[0].value == "75056")
        row[0].value = "62001"
    else:
        for cell, value in zip(cells[::2], cells[1::2], strict=True):
            book[POOR][cell] = value

    error = refused("poverty", saved(book))

    assert error.problem == problem
    assert error.spot.column == column


def test_a_repaired_zero_is_proposed_never_put_back():
    error = refused("poverty", edited("poverty", POOR, "A7", "1004"))

    assert "1004 should read 01004" in error.advice


def test_an_identifier_of_the_barometer_that_serves_twice_is_refused():
    raw = changed(
        "barometer",
        "Nombre de bornes de recharge pour véhicules électriques déployées",
        "Nombre de stations de recharge",
    )

    error = refused("barometer", raw)

    assert error.problem == "the identifier serves for another indicator"
    assert error.example == "Nombre de stations de recharge"


def test_identifiers_that_serve_twice_are_left_out_when_nobody_asks_for_them():
    assert b"nb-logement-accompagnement" in sample("barometer")

    (grid,) = recipe("barometer").grids(sample("barometer"), "file")

    assert "nb-logement-accompagnement" not in {line["id_indicateur"] for line in grid}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("2022-12-31", "2022-12-30", "the day is not the last of its month"),
        ("2022-12-31", "2022-13-31", "the day is not the last of its month"),
        ("2022-12-31", "31/12/2022", "not a date written YYYY-MM-DD"),
        ("2022-12-31,197.0", "2022-12-31,", "a figure is missing"),
        ("2022-12-31,197.0", "2022-11-30,197.0", "the same key appears twice"),
        (",62,", ",6,", "not a département code"),
        ("code_departement", "code_dep", "no column gives the place"),
    ],
)
def test_a_file_of_the_barometer_is_refused(old, new, problem):
    error = refused("barometer", changed("barometer", old, new))

    assert error.problem == problem
    assert error.spot.file == "file"


def test_a_national_file_of_the_barometer_speaks_of_the_nation_only():
    text = sample("barometer").decode()
    text = text.replace("code_departement,libelle_departement", "maille_geographique")
    raw = text.replace(",62,Pas-de-Calais,", ",national,")
    (grid,) = recipe("barometer").grids(raw.encode(), "file")
    assert {(line["level"], line["code"]) for line in grid} == {("country", "")}

    error = refused("barometer", raw.replace("national", "regional", 1).encode())

    assert error.problem == "the level is not the nation"


def test_populations_of_members_that_are_swapped_are_refused():
    raw = changed(
        "populations_by_year",
        '"populationTotale": 25544,\n    "populationMunicipale": 25193',
        '"populationTotale": 25193,\n    "populationMunicipale": 25544',
    )

    error = refused("populations_by_year", raw)

    assert error.problem == "the municipal population is above the total"


def test_an_archive_tells_the_year_of_its_census():
    editions = recipe("populations_by_year").editions

    years = {
        recipe("populations_by_year")
        .grids(sample("populations_by_year"), e.file)[0]
        .lines[0]["year"]
        for e in editions
    }

    assert years == {"2018", "2019", "2020", "2021", "2022"}


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (
            "industry_territories",
            "200072460, 246200299",
            "200072461, 246200299",
            "the check digit of the SIREN is wrong",
        ),
        (
            "industry_territories",
            "200072460, 246200299",
            "200072460;246200299",
            "not a SIREN of 9 digits",
        ),
        (
            "industry_territories",
            "200072460, 246200299",
            "200072460, 200072460",
            "the same key appears twice",
        ),
        (
            "industry_territories",
            '"ti-3203"',
            '"ti-3204"',
            "the same key appears twice",
        ),
        (
            "town_programmes",
            '"acv": true',
            '"acv": "NA"',
            "a commune is listed in a programme that it is not in",
        ),
        (
            "town_programmes",
            '"row_count_acv": 11',
            '"row_count_acv": 12',
            "the file says another number of communes than it lists",
        ),
        (
            "town_programmes",
            '"2024-01-05"',
            '"05/01/2024"',
            "not a date written YYYY-MM-DD",
        ),
        (
            "town_programmes",
            '"01053"',
            '"1053"',
            "not a commune code of 5 characters",
        ),
        (
            "brownfields",
            '"row_count_sites": 363',
            '"row_count_sites": 364',
            "the file says another number of sites than it lists",
        ),
        (
            "priority_districts",
            "QN06224M, QN06225M",
            "QN06224M; QN06225M",
            "a cell has not as many names as codes",
        ),
        (
            "priority_districts",
            "QN06224M, QN06225M",
            "QN06224M, N06225M",
            "not the code of one district",
        ),
        (
            "lycee_ips",
            "nom_de_l_etablissment",
            "nom_de_l_etablissement",
            "the header is not on this line, or lacks nom_de_l_etablissment",
        ),
        (
            "lycee_ips",
            ";02A;",
            ";20;",
            "the commune is not one of its département, even with its zero restored",
        ),
        (
            "lycee_ips",
            ";02A;",
            ";Corse;",
            "not a département as this export writes them",
        ),
    ],
)
def test_a_file_of_programmes_or_lycees_is_refused(name, old, new, problem):
    error = refused(name, changed(name, old, new))

    assert error.problem == problem
    assert error.spot.file == "file"
    assert error.advice


def test_a_zero_that_an_export_lost_is_restored_only_where_it_is_declared():
    (grid,) = recipe("lycee_ips").grids(sample("lycee_ips"), "file")

    cut = {
        (line["code_insee_de_la_commune"], line["commune"])
        for line in grid
        if line["code_du_departement"] == "1"
    }
    assert cut
    assert all(whole == f"com:0{code}" for code, whole in cut)
    raw = changed("lycee_ips", ";1;", ";10;")
    assert "zero restored" in refused("lycee_ips", raw).problem


def test_saint_martin_is_known_under_guadeloupe():
    (grid,) = recipe("lycee_ips").grids(sample("lycee_ips"), "file")

    assert "com:97801" in {line["commune"] for line in grid}


def test_brownfields_may_come_packed_and_a_cut_archive_is_refused():
    packed = gzip.compress(sample("brownfields"))

    (grid,) = recipe("brownfields").grids(packed, "file")

    assert {"97502", "27058"}.isdisjoint(line["code"] for line in grid)
    assert refused("brownfields", packed[:-9]).problem == "the archive cannot be read"


FIELDS = "LP"
FIELD_TRAPS = {
    "a total that is not that of the fields": (
        ("T3", "99"),
        ("TOTAL", "the fields do not add up to the total"),
    ),
    "a number stored as a number": (
        ("H3", "douze"),
        ("Spécialités pluri-techno.", "not a number"),
    ),
    "groups under other names": (
        ("H1", "Effectifs"),
        ("", "the header is not on this line, or lacks TOTAL"),
    ),
    "a lycée there twice": (("E4", "E3"), ("UAI", "the same key appears twice")),
}


@pytest.mark.parametrize("trap", FIELD_TRAPS)
def test_a_sheet_with_two_lines_of_header_is_refused(trap):
    (cell, value), (column, problem) = FIELD_TRAPS[trap]
    book = workbook("vocational_pupils")
    book[FIELDS][cell] = book[FIELDS]["E3"].value if value == "E3" else value

    error = refused("vocational_pupils", saved(book))

    assert error.problem.startswith(problem)
    assert error.spot.column == column


def test_names_that_come_back_are_read_in_their_own_group():
    (grid,) = recipe("vocational_pupils").grids(sample("vocational_pupils"), "file")

    first = grid.lines[0]
    assert (first["Transformations"], first["TOTAL"]) == ("12", "85")


def test_an_empty_sheet_has_no_header():
    book = Workbook()
    book.active.title = FIELDS

    error = refused("vocational_pupils", saved(book))

    assert "the header is not on this line" in error.problem


def test_empty_lines_at_the_end_of_a_sheet_are_no_lycees():
    book = workbook("vocational_pupils")
    book[FIELDS].append(["", *[None] * 19])

    (grid,) = recipe("vocational_pupils").grids(saved(book), "file")

    assert len(grid.lines) == 30
