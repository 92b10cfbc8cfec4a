"""The word `terril check`: rows, codes and what is printed."""

import json
import sys
from pathlib import Path

import pytest

from terril.__main__ import is_check_of_django, main as terril
from terril.analytics.commands.check import main

FORUM = Path(__file__).with_name("forum.txt")
FIELDS = {
    *("start", "end", "text", "sentence", "value", "low", "high", "unit"),
    *("qualifier", "status_word", "indicator", "place", "period", "verdict"),
    *("computed", "edition", "reason", "missing", "readings"),
}


@pytest.fixture
def release(tmp_path):
    """Return the words that leave the releases of this machine alone."""
    return ["--releases", str(tmp_path / "releases")]


def written(folder, text):
    """Write a text, and return its path."""
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def rows(capsys):
    """Return what was answered to machines."""
    return json.loads(capsys.readouterr().out)


def test_every_number_has_its_row(release, capsys):
    code = main([str(FORUM), "--json", *release])

    told = rows(capsys)
    assert code == 1
    assert len(told["quantities"]) == 13
    for one in told["quantities"]:
        assert set(one) >= FIELDS
        assert told["text"][one["start"] : one["end"]] == one["text"]
        assert one["text"] in one["sentence"]


def test_values_are_numbers_and_ranges_have_two_ends(release, tmp_path, capsys):
    text = "Le territoire réunit 150 communes, plus de 12,5 % et entre 3 et 5 écoles."

    code = main([written(tmp_path, text), "--json", *release])

    whole, share, between = rows(capsys)["quantities"]
    assert code == 0
    assert (whole["value"], whole["computed"], whole["verdict"]) == (150, 150, "exact")
    assert whole["edition"].startswith("movements/")
    assert (share["value"], share["low"], share["high"]) == (12.5, 12.5, None)
    assert (share["computed"], share["edition"]) == (None, "")
    assert (between["value"], between["low"], between["high"]) == (None, 3, 5)


def test_a_computed_range_is_given_by_its_ends(release, tmp_path, capsys):
    text = "La gigafactory ACC représente 2 Md€ d’investissement."

    main([written(tmp_path, text), "--json", *release])

    (found,) = rows(capsys)["quantities"]
    assert found["computed"] == [850000000, 2000000000]
    assert found["readings"][0]["status_word"] == "announced"


def test_people_read_the_verdict_first(release, tmp_path, capsys):
    text = "Bonjour.\nLe chômage du Pas-de-Calais a perdu 5 points entre 2012 et 2022."
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode("cp1252"))

    code = main([str(path), *release])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert lines[:2] == [
        "text.txt : 1 nombre(s)",
        "  (the file is not UTF-8: it was read as Windows-1252)",
    ]
    assert lines[3:5] == [
        "l. 2  5 points",
        "    Non vérifiable — les mots admettent plusieurs lectures, qui ne concordent pas",
    ]
    assert lines[5] == "    parle de : unemployment_rate · dep:62 · 2012:2022"
    assert lines[7].startswith(
        "    · Pas-de-Calais, T1\u00a02012 → T1\u00a02022 (baisse) : 4,3"
    )


def test_ranges_and_warnings_are_printed(release, capsys):
    main([str(FORUM), *release])

    printed = capsys.readouterr().out
    assert "1\u202f439,8\u00a0M€ à 2\u202f624,8\u00a0M€" in printed
    assert "attention : 25 lectures essayées : le hasard seul" in printed


def test_a_text_published_once_may_be_stale_now(release, tmp_path, capsys):
    text = written(tmp_path, "Le chômage du Pas-de-Calais était de 9,4 % au T3 2021.")

    code = main([text, "--json", "--published", "2022-06-01", *release])

    (found,) = rows(capsys)["quantities"]
    assert (code, found["verdict"], found["computed"]) == (1, "stale", 9.1)
    assert found["reason"].startswith("exact selon l’édition unemployment_workbooks/")


@pytest.mark.parametrize("words", [["none.txt"], ["none.xyz"]])
def test_a_file_that_is_not_read_is_a_wrong_use(words, capsys):
    assert main(words) == 2
    assert words[0] in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["a.txt", "--published", "yesterday"],
        ["a.txt", "--territory", "nowhere"],
        [],
    ],
)
def test_words_that_mean_nothing_are_a_wrong_use(words, capsys):
    with pytest.raises(SystemExit) as left:
        main(words)

    assert left.value.code == 2
    assert "usage: terril check" in capsys.readouterr().err


def test_a_territory_may_be_named_without_its_level(release, tmp_path, capsys):
    text = written(tmp_path, "Le territoire réunit 150 communes.")

    main([text, "--json", "--territory", "pma", *release])

    assert rows(capsys)["quantities"][0]["place"] == "territory:pma"


def test_the_command_reaches_the_check_of_texts(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["terril", "check", "none.txt"])

    with pytest.raises(SystemExit) as left:
        terril()

    assert left.value.code == 2
    assert "none.txt" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "is_django"),
    [
        (["check"], True),
        (["check", "--deploy"], True),
        (["check", "text.md"], False),
        (["check", "--json", "text.md"], False),
        (["check", "--help"], False),
        (["migrate"], False),
    ],
)
def test_the_check_of_django_keeps_its_options(words, is_django):
    assert is_check_of_django(words) is is_django
