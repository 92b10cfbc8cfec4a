"""Rooms, furniture, sizes and the four beats of an action."""

import ast
import re
from functools import cache

import grimp
import pytest

from tests.house.reading import (
    PACKAGE,
    ROOMS,
    SITE,
    functions,
    height,
    name_of,
    pieces,
    public_functions,
    sources,
    tree,
)

FURNITURE = {
    "models": "fields and constraints",
    "rules": "what is allowed",
    "queries": "every read worth a name",
    "emails": "one function per letter",
    "actions": "one function per verb",
    "forms": "text in, clean values out",
    "views": "one question or one action",
    "tasks": "ids in, one action out",
    "opendata": "what is given to all",
    "admin": "a window",
    "urls": "paths in French, names in English",
    "apps": "the name of the room for Django",
    "migrations": "how its tables came to be",
    "management": "its words of the terminal",
    "templatetags": "its filters",
}
# One or two pieces more, when they have a name of their own: data or pure functions.
OWN_PIECES = {
    "meetings": {"papers"},
    "people": {"access", "accounts", "demo_urls", "middleware", "roles", "seed"},
    "places": {"bulk", "drawing", "tables"},
    "programme": {"desk_urls", "dossier_urls", "papers", "regimes", "texts", "themes"},
    "projects": {"certificates", "data", "data_urls", "example", "seed", "verify_urls"},
    "website": {
        "cards",
        "context",
        "example",
        "formats",
        "machine_urls",
        "navigation",
        "stamp",
        "texts",
    },
}
# What all rooms share: a closed list.
COMMONS = {
    "addresses",
    "apps",
    "documents",
    "errors",
    "fonts",
    "forms",
    "journal",
    "memory",
    "management",
    "middleware",
    "migrations",
    "models",
    "opendata",
    "outbox",
    "pages",
    "paging",
    "pdf",
    "sheets",
    "templatetags",
    "text",
    "typst",
    "verbs",
}
# Draft saves are versions, not lines of the journal: the one listed exception.
SILENT = {"answer"}
# A view that answers "am I well?" must not fall ill: the one listed exception.
CATCHING = {"health"}
# Where the clock is read: at the front, by whoever is asked something now.
FRONTS = re.compile(
    r"/(views(/|\.py)|tasks\.py|management/|(middleware|accounts|context|stamp)\.py)"
)
# Who tells the demonstration: the command, and stories told by several rooms.
TELLERS = re.compile(r"\.(management|example|seed)(\.|$)")
SIGNALS = {"django.db.models.signals", "django.dispatch"}


def test_the_rooms_are_those_of_the_map():
    assert ROOMS == [
        "commons",
        "meetings",
        "people",
        "places",
        "programme",
        "projects",
        "website",
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_holds_its_furniture_and_little_else(room):
    held = {
        path.stem for path in (SITE / room).iterdir() if not path.name.startswith("_")
    }

    allowed = COMMONS if room == "commons" else {*FURNITURE, *OWN_PIECES.get(room, ())}
    assert held - allowed == set()


def test_no_module_is_longer_than_300_lines():
    heights = {path: len(path.read_text().splitlines()) for path in sources()}

    assert [name_of(path) for path, lines in heights.items() if lines > 300] == []


def test_the_settings_are_at_most_200_lines():
    lines = (PACKAGE / "config" / "settings.py").read_text().splitlines()

    assert len(lines) <= 200


def test_no_function_is_longer_than_40_lines():
    long = [
        f"{name_of(path)} {node.name}"
        for path in sources()
        for node in functions(path)
        if height(node) > 40
    ]

    assert long == []


@pytest.mark.parametrize("path", pieces("views"), ids=name_of)
def test_a_view_is_short_and_catches_nothing(path):
    # A view is what takes a request; what dresses views is a function like another.
    found = [
        node
        for node in public_functions(path)
        if [one.arg for one in node.args.args][:1] == ["request"]
    ]
    long = [node.name for node in found if height(node) > 20]
    catching = [
        node.name
        for node in found
        if any(isinstance(inner, ast.Try) for inner in ast.walk(node))
    ]

    assert long == []
    assert [name for name in catching if name not in CATCHING] == []


def recording(room_sources):
    """Return the functions of a room's actions that leave a line, directly or not."""
    bodies = {
        node.name: ast.unparse(node)
        for path in room_sources
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
    }
    found = {name for name, text in bodies.items() if "journal.record(" in text}
    while True:
        more = {
            name
            for name, text in bodies.items()
            if name not in found
            and any(re.search(rf"\b{other}\(", text) for other in found)
        }
        if not more:
            return found
        found |= more


@pytest.mark.parametrize("path", pieces("actions"), ids=name_of)
def test_an_action_is_whole_and_leaves_a_line_in_the_journal(path):
    room = [other for other in pieces("actions") if other.parts[:-1] == path.parts[:-1]]
    writers = recording(room)

    for node in public_functions(path):
        decorators = [ast.unparse(one) for one in node.decorator_list]
        keywords = {one.arg for one in node.args.kwonlyargs}
        assert decorators[:1] == ["transaction.atomic"], node.name
        assert {"by", "at"} <= keywords, node.name
        assert node.name in writers or node.name in SILENT, node.name


def test_queries_and_rules_write_nothing():
    writing = re.compile(r"\.(save|(bulk_|get_or_|update_or_)?create|delete)\(")

    written = [
        name_of(path)
        for path in pieces("queries") + pieces("rules")
        if writing.search(path.read_text(encoding="utf-8"))
    ]
    assert written == []


def test_only_the_front_reads_the_clock():
    reading = re.compile(r"timezone\.(now|localdate|localtime)\(\)|\.(now|today)\(")

    read = [
        name_of(path)
        for path in sources(SITE)
        if reading.search(path.read_text(encoding="utf-8"))
        and not FRONTS.search(f"/{name_of(path)}")
    ]
    assert read == []


@cache
def graph():
    return grimp.build_graph("terril", cache_dir=None)


def imports(importer, imported):
    """Return who opens what, from one package to another."""
    found = graph()
    return {
        (name, other)
        for name in found.find_descendants(importer) | {importer}
        if name in found.modules
        for other in found.find_modules_directly_imported_by(name)
        if other == imported or other.startswith(f"{imported}.")
    }


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "commons"])
def test_a_room_is_entered_by_its_doors(room):
    doors = {"models", "rules", "queries", "actions"}
    # Names one works with everywhere: roles, regimes and themes are data of the room.
    doors |= OWN_PIECES.get(room, set()) - {"example", "middleware", "seed"}
    strangers = [other for other in ROOMS if other not in (room, "commons")]
    opened = {
        (importer, imported)
        for other in strangers
        for importer, imported in imports(f"terril.site.{other}", f"terril.site.{room}")
    }

    ways = {
        (importer, imported.removeprefix(f"terril.site.{room}").split(".")[1])
        for importer, imported in opened
        if imported != f"terril.site.{room}"
    }
    allowed = {
        (importer, piece)
        for importer, piece in ways
        if piece in doors
        or (piece == "opendata" and importer.startswith("terril.site.website"))
        or (piece in ("seed", "example") and TELLERS.search(importer))
    }
    assert ways - allowed == set()


def test_public_pages_open_the_rooms_by_queries_and_open_data_only():
    pages = imports("terril.site.website.views", "terril.site")

    pieces_opened = {
        (importer, imported)
        for importer, imported in pages
        if imported.split(".")[2] not in ("commons", "website")
        and "actions" in imported.split(".")
    }
    assert pieces_opened == set()


def test_nobody_imports_the_settings():
    opened = imports("terril.site", "terril.config")

    assert opened == set()


def names_imported(path):
    """Return the dotted names that a source imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_is_announced_by_signals():
    announcing = [
        name_of(path) for path in sources() if SIGNALS & set(names_imported(path))
    ]

    assert announcing == []


def test_libraries_have_never_heard_of_the_web():
    opened = imports("terril.analytics", "terril.site") | imports(
        "terril.recipes", "terril.site"
    )

    assert opened == set()
    assert not any(
        "django" in path.read_text(encoding="utf-8")
        for folder in ("analytics", "recipes")
        for path in sources(PACKAGE / folder)
    )
