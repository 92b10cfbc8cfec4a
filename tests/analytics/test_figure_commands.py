"""`terril figure` and `terril release`: their words, their exits, what they print."""

import json
import shutil

import pytest

from terril.analytics.commands import figure, release
from terril.analytics.releases import OBSERVATIONS, SHIPPED
from terril.analytics.store import Store
from tests.factories.releases import originals

RATE = ["unemployment_rate", "--place"]


def run(capsys, command, *words):
    try:
        code = command.main([str(word) for word in words])
    except SystemExit as left:
        code = left.code
    out, err = capsys.readouterr()
    return code, out, err


def test_a_value_is_told_in_json_and_exits_with_0(capsys):
    code, out, err = run(capsys, figure, *RATE, "ze:3215", "--period", "2022", "--json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert {"value", "printed", "unit", "status", "edition"} <= set(found)
    assert {"sources", "formula", "coverage", "warnings"} <= set(found)
    assert (found["value"], found["unit"], found["status"]) == (
        "10.125",
        "%",
        "official",
    )
    assert "refused" not in found


def test_a_value_is_told_in_words_by_default(capsys):
    code, out, _ = run(capsys, figure, *RATE, "ze:3215", "--period", "2012:2022")

    assert code == 0
    assert out.startswith(
        "Taux de chômage localisé, Lens, 2012:2022 : −5,7\u00a0points\n"
    )


def test_a_refusal_says_its_reason_and_exits_with_1(capsys):
    words = ["poverty_rate", "--place", "com:62003", "--period", "2019", "--json"]

    code, out, err = run(capsys, figure, *words)

    found = json.loads(out)
    assert (code, err) == (1, "")
    assert (found["value"], found["status"]) == (None, "secret")
    assert "secret statistique" in found["refused"]


def test_an_unknown_place_is_refused_with_what_was_meant(capsys):
    code, out, _ = run(capsys, figure, *RATE, "dep:6", "--period", "2022", "--json")

    found = json.loads(out)
    assert (code, found["status"], found["proposals"]) == (1, "unknown", ["dep:06"])
    code, out, _ = run(capsys, figure, *RATE, "com:!", "--period", "2022")
    assert (code, "no code of this level" in out) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["unemploymnt_rate", "--place", "dep:62", "--period", "2022"], "Did you mean"),
        (["zzz", "--place", "dep:62", "--period", "2022"], "no indicator bears"),
        ([*RATE, "dep:62", "--period", "2022-Q3"], "a period is written"),
        ([*RATE, "dep:62"], "--period"),
        ([*RATE, "dep:62", "--period", "2022", "--as-of", "2022-02-30"], "--as-of"),
        ([*RATE, "dep:62", "--period", "2022", "--decimals", "9"], "--decimals"),
    ],
)
def test_a_wrong_use_exits_with_2_and_says_why(capsys, words, said):
    code, out, err = run(capsys, figure, *words)

    assert (code, out) == (2, "")
    assert said in err


def test_as_of_and_edition_choose_what_was_known(capsys):
    words = [*RATE, "dep:62", "--period", "2021-T4", "--json"]

    _, by_day, _ = run(capsys, figure, *words, "--as-of", "2022-12-31")
    _, by_name, _ = run(capsys, figure, *words, "--edition", "2021T4")

    assert json.loads(by_day)["value"] == json.loads(by_name)["value"] == "8.3"


def test_a_damaged_release_answers_nothing(capsys, tmp_path):
    shutil.copytree(SHIPPED, tmp_path / "0001")
    (tmp_path / "live").write_text("1\n")
    (tmp_path / "0001" / OBSERVATIONS).write_bytes(b"cut")

    code, out, err = run(
        capsys, figure, *RATE, "dep:62", "--period", "2022", "--releases", tmp_path
    )

    assert (code, out) == (1, "")
    assert "the release is damaged" in err


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Build from two samples, as if they were all the recipes there are."""
    made = originals(tmp_path / "files", "unemployment_zones", "barometer")

    def chosen(folder, previous, say):
        return type(made)(folder, previous, say, made.catalogue)

    monkeypatch.setattr(release, "Originals", chosen)
    return tmp_path


def test_releases_are_built_compared_published_and_listed(capsys, folder, monkeypatch):
    kept = ["--releases", folder / "releases"]
    monkeypatch.setattr(release, "SHIPPED", folder / "nothing")
    build = ["build", "--from", folder / "files"]

    first = run(capsys, release, *kept, *build)
    again = run(capsys, release, *kept, *build)
    monkeypatch.setattr(release, "SHIPPED", SHIPPED)
    published = run(capsys, release, *kept, "publish", 1)
    listed = run(capsys, release, *kept, "list")
    compared = run(capsys, release, *kept, "compare", 1, 1)

    assert first[1].splitlines() == [
        "barometer/2023-01-19 barometer.csv",
        "unemployment_zones/2023-12-20 unemployment_zones.xlsx",
        "release 1 written",
    ]
    assert again[1].splitlines()[-1] == "release 1 is the same, kept"
    assert published[1] == "release 1 answers from now on\n"
    assert [line[:8] for line in listed[1].splitlines()] == ["     0  ", "*    1  "]
    assert compared[1] == "Nothing changes.\n"


def test_a_build_goes_on_from_the_release_that_ships(capsys, folder):
    kept = ["--releases", folder / "releases"]

    code, _, err = run(capsys, release, *kept, "build", "--from", folder / "files")

    assert code == 1
    assert "already released has other files" in err


def test_the_release_that_ships_is_compared_under_the_number_0(capsys, tmp_path):
    code, out, _ = run(capsys, release, "--releases", tmp_path, "compare", 0, 0)

    assert (code, out) == (0, "Nothing changes.\n")


def test_a_build_may_be_the_one_that_ships(capsys, folder, monkeypatch):
    shipped = folder / "release"
    monkeypatch.setattr(release, "SHIPPED", shipped)
    words = ["--releases", folder / "releases", "build", "--from", folder / "files"]

    code, out, _ = run(capsys, release, *words, "--ship")
    again, _, _ = run(capsys, release, *words, "--ship")

    assert (code, again) == (0, 0)
    assert out.splitlines()[-1] == f"shipped in {shipped}"
    Store(folder / "releases").releases()[0].verify()
    assert sorted(path.name for path in shipped.iterdir()) == [
        "ATTRIBUTION.md",
        "catalogue.json",
        "manifest.json",
        "observations.parquet",
    ]


def test_a_number_that_no_release_bears_is_refused(capsys, tmp_path):
    code, _, err = run(capsys, release, "--releases", tmp_path, "publish", 7)

    assert code == 1
    assert "no release bears this number" in err
