"""What is documented: every room, setting, word and decision, and nothing else."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from terril.__main__ import LIBRARY_WORDS
from tests.house.reading import PACKAGE, ROOMS, ROOT

SETTINGS = PACKAGE / "config" / "settings.py"
GUIDES = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/figures.md",
    "docs/choice.md",
    "docs/operations.md",
    "docs/places.md",
]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def guides():
    return "\n".join(text(name) for name in GUIDES)


def settings_read():
    """Return the names that the settings take from the environment."""
    named = re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", SETTINGS.read_text())
    return {*named, *(f"TERRIL_{name.upper()}" for name in settings.LEGAL)}


def test_every_room_is_on_the_map():
    told = set(re.findall(r"^\| `(\w+)` \|", text("ARCHITECTURE.md"), re.MULTILINE))

    assert set(ROOMS) <= told


def test_every_setting_is_explained_and_every_explained_setting_is_read():
    explained = set(
        re.findall(r"^#? ?([A-Z_]{3,})=", text(".env.example"), re.MULTILINE)
    )

    assert explained == settings_read()


def test_every_setting_is_in_the_guide_of_operations():
    guide = text("docs/operations.md")

    assert {name for name in settings_read() if f"`{name}`" not in guide} == set()


def test_every_make_word_has_a_line_of_help_and_is_documented():
    words = re.findall(r"^([a-z]+):.*##", text("Makefile"), re.MULTILINE)

    wanted = [
        "demo",
        "serve",
        "work",
        "test",
        "trials",
        "check",
        "tidy",
        "bench",
        "pins",
        "messages",
    ]
    assert words == wanted
    assert [word for word in words if f"make {word}" not in guides()] == []


def test_every_word_of_the_command_is_documented():
    own = [word for word, room in get_commands().items() if room.startswith("terril.")]

    own += LIBRARY_WORDS
    assert {"place", "carry", "demo"} <= set(own)
    assert [word for word in own if f"terril {word}" not in guides()] == []


def test_every_decision_has_its_record_listed_on_the_map():
    records = sorted(path.name for path in (ROOT / "docs/adr").glob("*.md"))

    assert len(records) >= 3
    assert [
        name for name in records if f"docs/adr/{name}" not in text("ARCHITECTURE.md")
    ] == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs/adr").glob("*.md")), ids=lambda path: path.stem
)
def test_a_decision_says_its_context_and_its_consequences(path):
    written = path.read_text(encoding="utf-8")

    headings = re.findall(r"^## (.+)$", written, re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]
    assert len(written.splitlines()) <= 60


@pytest.mark.parametrize(
    "name", [*GUIDES, "ARCHITECTURE.md", "GLOSSARY.md", "SECURITY.md"]
)
def test_links_between_documents_lead_somewhere(name):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text(name))

    lost = [link for link in links if not (ROOT / Path(name).parent / link).exists()]
    assert lost == []


def test_paths_named_on_the_map_exist():
    named = re.findall(
        r"`((?:terril|tests|docs|tools|benchmarks)/[\w./-]+)`", text("ARCHITECTURE.md")
    )

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
