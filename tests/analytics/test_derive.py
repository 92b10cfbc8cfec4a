import csv
import dataclasses
import gzip
import io
import json
import shutil
from types import SimpleNamespace

import pytest

from terril.analytics import DataError, digest
from terril.analytics.borders import borders
from terril.analytics.cli import main
from terril.analytics.derive import derive
from terril.analytics.geography import Event, Side, history
from terril.analytics.originals import Originals
from tests.factories.originals import AWAY, EPCI, HOME, OTHER, mini_france

SQUARE = ((0, 0), (10, 0), (10, 10), (0, 10))


@pytest.fixture
def originals(tmp_path):
    folder = tmp_path / "originals"
    folder.mkdir()
    return mini_france(folder)


def table(folder, name):
    text = gzip.decompress((folder / f"{name}.csv.gz").read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_derive_writes_every_place_with_its_validity(originals, tmp_path):
    derive(originals, tmp_path / "out")

    places = table(tmp_path / "out", "places")

    found = {
        (row["level"], row["code"]): (row["since"], row["until"], row["parent"])
        for row in places
    }
    assert found == {
        ("region", "32"): ("2019-01-01", "", ""),
        ("department", "62"): ("2019-01-01", "", "32"),
        ("department", "80"): ("2019-01-01", "", "32"),
        ("department", "976"): ("2019-01-01", "", "32"),
        ("epci", HOME): ("2019-01-01", "", ""),
        ("epci", OTHER): ("2019-01-01", "", ""),
        ("epci", AWAY): ("2019-01-01", "", ""),
        ("employment_zone", "0051"): ("2020-01-01", "", ""),
        ("commune", "62001"): ("1943-01-01", "", "62"),
        ("commune", "62002"): ("1943-01-01", "", "62"),
        ("commune", "62003"): ("1943-01-01", "", "62"),
        ("commune", "62004"): ("1943-01-01", "", "62"),
        ("commune", "62009"): ("1943-01-01", "1990-01-01", ""),
        ("commune", "80001"): ("1943-01-01", "", "80"),
        ("commune", "97601"): ("2011-03-31", "", "976"),
    }


def test_derive_takes_the_newest_name_and_keeps_the_old(originals, tmp_path):
    derive(originals, tmp_path / "out")

    names = {row["code"]: row["name"] for row in table(tmp_path / "out", "places")}
    former = table(tmp_path / "out", "names")

    assert (names[HOME], names["62001"]) == ("EPCI 2025", "Commune 62001")
    assert [(row["code"], row["name"], row["until"]) for row in former] == [
        ("62001", "Ancien", "2000-01-01")
    ]


def test_derive_writes_memberships_as_runs_of_vintages(originals, tmp_path):
    derive(originals, tmp_path / "out")

    rows = table(tmp_path / "out", "memberships")

    runs = [
        (row["parent"], row["since"], row["until"])
        for row in rows
        if row["child"] == "62002"
    ]
    assert runs == [
        (HOME, "2019", "2019"),
        (OTHER, "2020", "2020"),
        (HOME, "2021", "2025"),
        ("0051", "2023", "2023"),
    ]


def test_derive_draws_communes_at_home_and_whole_epci_around(originals, tmp_path):
    derive(originals, tmp_path / "out")

    packed = (tmp_path / "out" / "outlines.json.gz").read_bytes()
    found = [json.loads(line) for line in gzip.decompress(packed).splitlines()]

    assert [(one["level"], one["code"]) for one in found] == [
        ("commune", "62001"),
        ("commune", "62002"),
        ("commune", "62003"),
        ("epci", OTHER),
        ("epci", HOME),
        ("epci", AWAY),
        ("department", "62"),
        ("department", "80"),
    ]


def test_derive_gives_the_same_bytes_twice(originals, tmp_path):
    derive(originals, tmp_path / "one")
    derive(Originals(originals.folder, print, originals.catalogue), tmp_path / "two")

    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    two = {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}

    assert one == two


def test_derive_says_its_sources_and_its_gaps(originals, tmp_path):
    derive(originals, tmp_path / "out")

    told = json.loads((tmp_path / "out" / "attribution.json").read_text("utf-8"))
    page = (tmp_path / "out" / "ATTRIBUTION.md").read_text("utf-8")

    assert [(gap["dataset"], gap["vintage"], gap["gap"]) for gap in told["gaps"]] == [
        ("intercommunalities", "2017", "not_at_hand"),
        ("intercommunalities", "2018", "not_at_hand"),
        ("intercommunalities", "2026", "repeats"),
        ("populations", "2023", "mayotte"),
        ("populations", "2023", "apart_unknown"),
        ("communes", "2026", "overseas"),
    ]
    assert all(source["attribution"] in page for source in told["sources"])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            ("communes.csv", b"Commune 62001", b"Autre"),
            "the movements do not lead to today's list of communes",
        ),
        (
            ("donnees_communes.csv", b"62;62003;Commune 62003;100;1;101\r\n", b""),
            "the communes with a population are not today's communes",
        ),
        (
            ("communes-hauts-de-france.geojson", b'"62003"', b'"62033"'),
            "the communes drawn are not those of the vintage",
        ),
        (
            ("departements-hauts-de-france.geojson", b"50.41", b"50.42"),
            "the communes do not make up their département, to a thousandth",
        ),
    ],
)
def test_derive_refuses_files_that_disagree(originals, tmp_path, change, problem):
    broken = tampered(originals, *change)

    with pytest.raises(DataError) as caught:
        derive(broken, tmp_path / "out")

    assert caught.value.problem == problem


def tampered(originals, file, old, new):
    """Return originals whose file was changed, and declared as it now is."""
    path = originals.folder / file
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new))
    catalogue = {
        name: dataclasses.replace(
            recipe,
            editions=tuple(
                dataclasses.replace(
                    one, sha256=digest((originals.folder / one.file).read_bytes())
                )
                for one in recipe.editions
            ),
        )
        for name, recipe in originals.catalogue.items()
    }
    return Originals(originals.folder, print, catalogue)


def test_the_word_derive_says_what_is_wrong(tmp_path, capsys):
    code = main(["--from", str(tmp_path), "--into", str(tmp_path / "out")])

    assert code == 1
    assert "the file is not in the folder" in capsys.readouterr().err


def test_the_word_derive_writes_what_derive_makes(originals, tmp_path, capsys):
    derive(originals, tmp_path / "one")
    words = ["--from", str(originals.folder), "--into", str(tmp_path / "two")]

    code = main(words, originals.catalogue)

    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    two = {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert (code, two) == (0, one)
    assert "movements 2026\n" in capsys.readouterr().out


def test_a_file_that_is_not_the_declared_one_is_refused(originals, tmp_path):
    (originals.folder / "regions.csv").write_bytes(b"REG\n32\n")

    with pytest.raises(DataError) as caught:
        derive(originals, tmp_path / "out")

    assert caught.value.problem == (
        "this is not the declared file: its sha256 is another"
    )


def test_a_file_is_found_wherever_it_is_under_the_folder(originals, tmp_path):
    (originals.folder / "deep").mkdir()
    shutil.move(originals.folder / "regions.csv", originals.folder / "deep")

    rows = originals.rows("regions", "2026")

    assert [row["code"] for row in rows] == ["32"]


def test_a_vintage_that_is_not_declared_is_refused(originals):
    with pytest.raises(DataError) as caught:
        originals.rows("regions", "1999")

    assert caught.value.problem == "this vintage is not declared"


def test_a_composition_of_another_vintage_than_declared_is_refused(tmp_path):
    # 62009 has been no commune since 1990.
    originals = mini_france(tmp_path, zoned=[*list(EPCI)[1:], "62009"])

    with pytest.raises(DataError) as caught:
        derive(originals, tmp_path / "out")

    assert caught.value.problem == (
        "a commune of the 2023 vintage did not exist on its first of January"
    )
    assert caught.value.example == "62009"


def test_a_commune_drawn_whose_heirs_parted_is_refused():
    whole = Side("COM", "62001", "Un", "0")
    heirs = {code: Side("COM", code, code, "0") for code in ("62002", "62003")}
    shared = [Event("31", "2020-06-01", whole, heir) for heir in heirs.values()]
    belonging = {"62002": HOME, "62003": OTHER}
    originals = SimpleNamespace(
        history=history(shared, heirs),
        rings={"62001": [SQUARE]},
        epcis={2025: [{"commune": c, "epci": e} for c, e in belonging.items()]},
    )

    with pytest.raises(DataError) as caught:
        borders(originals)

    assert caught.value.problem == (
        "a commune of the drawing is now in several EPCI, or in none"
    )
    assert caught.value.example == "62001"


def test_producers_who_disagree_on_members_stop_the_build(tmp_path):
    told = {"62001": OTHER, "62002": HOME, "62003": OTHER, "62004": AWAY, "80001": AWAY}
    originals = mini_france(tmp_path, told_by_dgcl=told)

    with pytest.raises(DataError) as caught:
        derive(originals, tmp_path / "out")

    assert caught.value.problem == "two producers disagree on the members of EPCI"
    assert caught.value.count == 2


def test_populations_of_merged_communes_are_kept_by_vintage(originals, tmp_path):
    derive(originals, tmp_path / "out")

    rows = table(tmp_path / "out", "weights")

    assert {(row["code"], row["population"]) for row in rows} == {("62002", "100")}
    assert [row["vintage"] for row in rows] == [
        "2019",
        *(str(year) for year in range(2021, 2027)),
    ]
