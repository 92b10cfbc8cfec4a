"""The words `choice` and `recount`, and the façade of the library."""

import random
import subprocess
import sys

import pytest

from terril import choice
from terril.choice import bundle, cli, tally
from tests.house.reading import PACKAGE

QUICK = """
import sys
from terril.__main__ import main
sys.argv = ["terril", *sys.argv[1:]]
try:
    main()
finally:
    heavy = {"django", "numpy", "scipy", "highspy", "ortools"} & set(sys.modules)
    print(sorted(heavy))
"""


def test_the_facade_names_every_part_of_the_library():
    folders = {path.parent.name for path in PACKAGE.glob("choice/*/__init__.py")}

    assert folders <= set(choice.__all__)
    assert set(choice.__all__) - folders <= {
        "ChoiceError",
        "Spot",
        "assignment",
        "calibration",
        "selection",
    }
    assert dir(choice) == choice.__all__


def test_a_part_is_loaded_when_it_is_named():
    assert choice.tally is tally
    with pytest.raises(AttributeError, match="no attribute 'poll'"):
        choice.poll  # noqa: B018 -- naming it is what loads it


def test_every_part_names_what_it_offers():
    assert sorted(set(tally.__all__) - set(dir(tally))) == []


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--help"], 0), (["sing"], 2)])
def test_choice_lists_its_words(capsys, words, code):
    left = cli.main(["choice", *words])

    told = capsys.readouterr().out.splitlines()
    assert left == code
    assert told[0].startswith("terril choice WORD …")
    assert [line.split()[0] for line in told[2:]] == list(cli.WORDS)


def test_choice_hands_words_over(capsys, tmp_path):
    path = tmp_path / "profile.csv"
    path.write_text("project,Good,Fair\nSerre,2,1\nFournil,1,2\n")

    code = cli.main(["choice", "tally", "--profile", str(path)])

    assert code == 0
    assert capsys.readouterr().out.startswith("  1  Serre ")


def loaded(folder, *words):
    """Return what a word leaves with, and the heavy packages that it loads."""
    done = subprocess.run(
        [sys.executable, "-c", QUICK, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={"PATH": "/nowhere", "PYTHONPATH": str(PACKAGE.parent)},
    )
    return done.returncode, done.stdout.splitlines()[-1]


def test_words_of_the_library_load_neither_the_site_nor_a_solver(tmp_path):
    assert loaded(tmp_path, "choice", "--help") == (0, "[]")


def test_a_profile_is_recounted_without_the_site(tmp_path):
    source = tmp_path / "profile.csv"
    source.write_text("project,Good,Fair\nSerre,2,1\nFournil,1,2\n")
    request = bundle.Request("tally", ("--profile", str(source)), b"the regime")
    bundle.write(tmp_path / "out.zip", request, numbers=random.Random(1))

    assert loaded(tmp_path, "recount", "out.zip") == (0, "[]")
