"""The glossary: every model is there, and every name it gives exists."""

import re

from django.apps import apps

from tests.house.reading import ROOMS, ROOT, sources

ROW = re.compile(r"^\| (?P<french>[^|]+) \| (?P<code>[^|]+) \| (?P<meaning>[^|]+) \|$")


def rows():
    """Return the rows of the glossary: French words, code names, meaning."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    found = [ROW.match(line) for line in text.splitlines()]
    heads = ("French", "---")
    return [row for row in found if row and row["french"].strip() not in heads]


def test_every_model_is_in_the_glossary():
    models = {
        model.__name__
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
    }

    told = {name for row in rows() for name in re.findall(r"`([\w.]+)`", row["code"])}
    assert models - told == set()


def test_every_code_name_of_the_glossary_exists():
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources())

    names = {
        part
        for row in rows()
        for name in re.findall(r"`([\w.]+)`", row["code"])
        for part in name.split(".")
    }
    assert names
    assert {name for name in names if not re.search(rf"\b{name}\b", code)} == set()


def test_every_word_has_a_meaning_and_one_place():
    words = [row["french"].strip() for row in rows()]

    assert len(words) == len(set(words))
    assert [row["french"] for row in rows() if len(row["meaning"].split()) < 3] == []
