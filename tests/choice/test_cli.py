"""The words `choice` and `recount`, and the façade of the library."""

import subprocess
import sys

import pytest

from terril import choice
from terril.choice import cli, tally
from tests.house.reading import PACKAGE

QUICK = """
import sys
from terril.__main__ import main
sys.argv = ["terril", "choice", "--help"]
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


def test_words_of_the_library_load_neither_the_site_nor_a_solver():
    done = subprocess.run(
        [sys.executable, "-c", QUICK], capture_output=True, text=True, check=False
    )

    assert done.stdout.splitlines()[-1] == "[]"
    assert done.returncode == 0
