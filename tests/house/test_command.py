"""The `terril` command: it only dispatches."""

import os
import re
import subprocess
import sys

import pytest

import terril
from terril.__main__ import demonstration, is_about_the_demonstration, main


def said(monkeypatch, capsys, *words):
    """Return what the command says to these words."""
    monkeypatch.setattr(sys, "argv", ["terril", *words])
    main()
    return capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["help"], ["--help"], ["-h"]])
def test_help_lists_our_words_before_those_of_django(monkeypatch, capsys, words):
    text = said(monkeypatch, capsys, *words)

    ours, theirs = text.split("Django’s own")
    listed = [line.split()[0] for line in ours.splitlines()[2:] if line.strip()]
    assert listed[-1] == "and"
    assert listed[:-1] == sorted(listed[:-1])
    assert {"demo", "serve", "journal", "letters", "territory"} < set(listed)
    assert "migrate" in theirs


@pytest.mark.parametrize("word", ["version", "--version"])
def test_version_says_which_terril_this_is(monkeypatch, capsys, word):
    text = said(monkeypatch, capsys, word)

    assert text.startswith(f"Terril {terril.__version__} (Django 5.2")


def test_words_of_the_libraries_need_no_site(monkeypatch, capsys):
    with pytest.raises(SystemExit) as left:
        said(monkeypatch, capsys, "derive", "--help")

    assert left.value.code == 0
    assert "terril derive" in capsys.readouterr().out


def test_words_of_the_site_reach_their_room(monkeypatch, capsys):
    assert "[-h]" in said_help(monkeypatch, capsys, "journal")


def away(folder):
    """Return the names of a machine where nothing is set up, in a folder."""
    ours = re.compile(r"TERRIL_|DJANGO_|DATABASE_|SECRET_|DEBUG|STATIC_|COVERAGE_")
    kept = {name: text for name, text in os.environ.items() if not ours.match(name)}
    return {"cwd": folder, "env": kept, "capture_output": True, "text": True}


def test_a_word_says_what_to_set_up_first(tmp_path):
    words = [sys.executable, "-m", "terril", "journal", "verify"]

    done = subprocess.run(words, check=False, **away(tmp_path))

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "SECRET_KEY is missing. Put a long random text in .env (see .env.example).",
        "Or try the demonstration first: terril demo",
    ]


def test_words_about_the_code_need_nothing_set_up(tmp_path):
    words = [sys.executable, "-m", "terril", "messages", "--check"]

    done = subprocess.run(words, check=False, **away(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")


def said_help(monkeypatch, capsys, word):
    with pytest.raises(SystemExit):
        said(monkeypatch, capsys, word, "--help")
    return capsys.readouterr().out


def test_the_demonstration_stands_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://real")
    monkeypatch.setenv("EMAIL_URL", "smtp://real")
    monkeypatch.delenv("TERRIL_VAR", raising=False)
    monkeypatch.chdir(tmp_path)

    names = demonstration(["demo", "--port", "8123"])

    folder = tmp_path / "var" / "demo"
    assert names["TERRIL_VAR"] == str(folder)
    assert names["DATABASE_URL"] == f"sqlite:///{folder}/terril.sqlite3"
    assert names["EMAIL_URL"] == f"file:///{folder}/mail"
    assert names["SITE_URL"] == "http://127.0.0.1:8123"


def test_serving_gives_static_files_lasting_names(monkeypatch, capsys):
    monkeypatch.setenv("STATIC_MANIFEST", "0")
    monkeypatch.delenv("STATIC_MANIFEST")

    said_help(monkeypatch, capsys, "serve")

    assert __import__("os").environ["STATIC_MANIFEST"] == "1"


def _place(monkeypatch, tmp_path, *, secret="", has_demonstration=True):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TERRIL_VAR", raising=False)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    if secret:
        monkeypatch.setenv("SECRET_KEY", secret)
    if has_demonstration:
        (tmp_path / "var" / "demo").mkdir(parents=True)


def test_words_mean_the_demonstration_when_nothing_else_is_set_up(
    monkeypatch, tmp_path
):
    _place(monkeypatch, tmp_path)

    meant = [is_about_the_demonstration([word]) for word in ("journal", "serve")]

    assert meant == [True, False]


def test_words_mean_the_real_territory_once_it_is_set_up(monkeypatch, tmp_path):
    _place(monkeypatch, tmp_path, secret="long and random")

    assert not is_about_the_demonstration(["journal"])


def test_words_mean_nothing_where_no_demonstration_was_made(monkeypatch, tmp_path):
    _place(monkeypatch, tmp_path, has_demonstration=False)

    assert not is_about_the_demonstration(["journal"])
