"""Templates: none forgotten, none too long, nothing inline, components catalogued."""

import re
from fnmatch import fnmatch

import pytest
import yaml
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs

from tests.house.reading import PACKAGE, TEMPLATES, sources

ALL = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".txt"))
PAGES = [path for path in ALL if path.suffix == ".html"]
# Names by which libraries call the pages that we dress for them.
DRESSED = ("account/", "allauth/", "django/", "mfa/", "usersessions/")
FAILURES = {f"{status}.html" for status in (400, 403, 404, 409, 429, 500)}
INLINE = {
    "a style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an address of script": re.compile(r"javascript:", re.IGNORECASE),
    # A block of data is no script: the browser does not run it.
    "a script": re.compile(
        r"<script(?![^>]*\b(src=|type=\"application/))", re.IGNORECASE
    ),
}
NAMED = re.compile(r"[\"'](\w[\w./-]*\.(?:html|txt|xml))(?:#[\w-]+)?[\"']")


def name_of(path):
    """Return the name by which a template is called."""
    return path.relative_to(TEMPLATES).as_posix()


def names_called():
    """Return the names of templates that sources and templates call."""
    # Addresses such as robots.txt are not templates; libraries have none.
    site = sources(PACKAGE / "site") + sources(PACKAGE / "config")
    paths = [path for path in site if not path.name.endswith("urls.py")]
    texts = [path.read_text(encoding="utf-8") for path in [*paths, *ALL]]
    return {name for text in texts for name in NAMED.findall(text)}


def letters_called():
    """Return how the letters that are posted are named; a hole stands for any word."""
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sources(PACKAGE)
        if "emails" in path.as_posix()
    )
    names = re.findall(r"\"([a-z_]+/[a-z_{}.-]+)\"", text)
    return {f"emails/{re.sub(r'{[^}]*}', '*', name)}.txt" for name in names}


def test_no_template_is_forgotten():
    called = names_called() | FAILURES
    letters = letters_called()

    # Components are drawn one by one in the gallery, from their catalogue.
    forgotten = [
        name
        for name in map(name_of, ALL)
        if name not in called
        and not any(fnmatch(name, letter) for letter in letters)
        and not name.startswith((*DRESSED, "_components/"))
    ]
    assert forgotten == []


def test_what_is_dressed_for_a_library_is_called_by_it():
    dressed = [name for name in map(name_of, ALL) if name.startswith(DRESSED)]

    known = {
        path.relative_to(folder).as_posix()
        for folder in get_app_template_dirs("templates")
        for path in folder.rglob("*.*")
    }
    called = names_called()
    assert [name for name in dressed if name not in known | called] == []


def test_every_template_that_is_called_is_there():
    called = names_called() | {name for name in letters_called() if "*" not in name}

    assert called
    for name in sorted(called):
        get_template(name)


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_template_is_at_most_80_lines_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("what", INLINE)
def test_nothing_is_written_inline(what):
    found = [
        name_of(path)
        for path in PAGES
        if INLINE[what].search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_nothing_comes_from_elsewhere():
    foreign = re.compile(
        r"<(script|link|img|iframe|source|video|audio)\b[^>]*\b(src|href)=\"(https?:)?//",
        re.IGNORECASE,
    )

    assert [name_of(path) for path in PAGES if foreign.search(path.read_text())] == []


def test_components_are_those_of_the_catalogue():
    catalogue = yaml.safe_load((TEMPLATES / "_components/components.yaml").read_text())

    files = {path.stem for path in (TEMPLATES / "_components").glob("*.html")}
    assert set(catalogue) == files
    assert [name for name, told in catalogue.items() if not told.get("what")] == []


def blocks_of(text):
    """Return the blocks of a template in the order in which they stand."""
    return re.findall(r"{% block (\w+) %}", text)


def chain(path):
    """Return a template and those that it extends, the outermost last."""
    text = path.read_text(encoding="utf-8")
    found = re.search(r"{% extends \"([^\"]+)\" %}", text)
    parent = TEMPLATES / found[1] if found else None
    return [text, *(chain(parent) if parent and parent.exists() else [])]


def test_blocks_follow_the_order_of_their_layout():
    base = blocks_of((TEMPLATES / "_layouts/base.html").read_text())
    page = blocks_of((TEMPLATES / "_layouts/page.html").read_text())
    where = base.index("frame")
    order = [*base[:where], *page, *base[where + 1 :]]

    for path in PAGES:
        mine = [name for name in blocks_of(chain(path)[0]) if name in order]
        if len(chain(path)) > 1 and not name_of(path).startswith("_layouts/"):
            assert mine == sorted(mine, key=order.index), name_of(path)


def test_a_page_names_itself():
    pages = [
        path
        for path in PAGES
        if len(chain(path)) > 1 and not name_of(path).startswith(("_", *DRESSED))
    ]

    assert pages
    assert [
        name_of(path) for path in pages if "title" not in blocks_of(chain(path)[0])
    ] == []
