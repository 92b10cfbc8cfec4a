"""`terril messages`: gather the sentences of the interface, keep their translations.

Needs no GNU gettext: Babel reads the sources, Django turns templates into sources.
"""

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation.template import templatize

FUNCTIONS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Catalogues are compared byte by byte: nothing in them may tell the time.
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
SEPARATOR = "\u0004"
# Lines of the header that say who and when: git knows better.
IDLE = (b'"Project', b'"Report', b'"POT', b'"PO', b'"Last', b'"Language-', b'"Gen')


@dataclass(frozen=True)
class Sentence:
    """Something the interface says: its words, their plural, their context."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> str:
        return f"{self.context}{SEPARATOR}{self.text}" if self.context else self.text

    @property
    def msgid(self) -> str | tuple[str, str]:
        return (self.text, self.plural) if self.plural else self.text


class Command(BaseCommand):
    """Bring the catalogues in step with the sources."""

    help = "Gather the sentences of the interface and compile their translations."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--merge", nargs="+", type=Path, default=[], help="French in JSON files"
        )
        parser.add_argument("--check", action="store_true", help="write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = sentences(settings.PACKAGE)
        known = french_of(read(path_of("fr")))
        for path in options["merge"]:
            known |= json.loads(path.read_text(encoding="utf-8"))
        english = {one.key: one.msgid for one in found}
        stale = [
            language
            for language, texts in (("fr", known), ("en", english))
            if not self.bring(language, catalogue(language, found, texts), options)
        ]
        missing = [one.text for one in found if not has_text(known.get(one.key))]
        for text in missing:
            self.stderr.write(f"No French for: {text}")
        self.stdout.write(f"{len(found)} sentences, {len(missing)} without French.")
        if options["check"] and (missing or stale):
            self.stderr.write("Run `make messages` and commit the catalogues.")
            sys.exit(1)

    def bring(self, language: str, built: Catalog, options: dict[str, Any]) -> bool:
        """Write a catalogue, or tell whether what is written is the same."""
        path = path_of(language)
        text, compiled = as_po(built), as_mo(built)
        if options["check"]:
            return is_same(path, text) and is_same(path.with_suffix(".mo"), compiled)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        path.with_suffix(".mo").write_bytes(compiled)
        return True


def path_of(language: str) -> Path:
    """Return where the catalogue of a language lives."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def sentences(root: Path) -> list[Sentence]:
    """Return every sentence of the sources under a folder, each once, in order."""
    found: dict[tuple[str, str], Sentence] = {}
    for path in sorted(root.rglob("*.py")):
        if "migrations" not in path.parts:
            add(found, read_source(path.read_text(encoding="utf-8")))
    for path in sorted((root / "site" / "templates").rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            add(found, read_source(as_source(text, str(path))))
    return [found[key] for key in sorted(found)]


def as_source(template: str, origin: str) -> str:
    """Turn a template into lines of source that hold nothing but its sentences."""
    lines = templatize(template, origin=origin).splitlines()
    return "\n".join(
        line.strip() for line in lines if "gettext(" in line or "_(" in line
    )


def add(found: dict[tuple[str, str], Sentence], news: Iterator[Sentence]) -> None:
    """Keep new sentences; one that has a plural somewhere has it everywhere."""
    for one in news:
        key = (one.text, one.context)
        if key not in found or one.plural:
            found[key] = one


def read_source(text: str) -> Iterator[Sentence]:
    """Return the sentences that a Python source marks for translation."""
    source = io.BytesIO(text.encode())
    for _line, message, _comments, context in extract("python", source, FUNCTIONS):
        texts = message if isinstance(message, tuple) else (message, "")
        yield Sentence(texts[0], texts[1], context or "")


def catalogue(language: str, found: list[Sentence], texts: dict[str, Any]) -> Catalog:
    """Build the catalogue of a language from what is said and how it is said there."""
    built = Catalog(
        locale=language,
        project="Terril",
        creation_date=NEVER,
        revision_date=NEVER,
        last_translator="",
        language_team="",
        header_comment="# Written by `make messages`.",
        fuzzy=False,
    )
    for one in found:
        text = texts.get(one.key, "")
        if one.plural and not isinstance(text, (list, tuple)):
            text = ("", "")
        built.add(
            one.msgid,
            tuple(text) if isinstance(text, (list, tuple)) else text,
            context=one.context or None,
        )
    return built


def read(path: Path) -> Catalog:
    """Read a catalogue, empty when there is none yet."""
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def french_of(known: Catalog) -> dict[str, Any]:
    """Return the translations of a catalogue, by key."""
    return {key_of(one): one.string for one in known if one.id and not one.fuzzy}


def key_of(one: Message) -> str:
    """Return the key of a message as the fragments write it."""
    text = one.id[0] if isinstance(one.id, (list, tuple)) else one.id
    return f"{one.context}{SEPARATOR}{text}" if one.context else text


def has_text(text: Any) -> bool:
    """Tell whether a translation says something, in the plural too."""
    return all(text) if isinstance(text, (list, tuple)) else bool(text)


def as_po(built: Catalog) -> bytes:
    """Write a catalogue for people."""
    text = io.BytesIO()
    write_po(text, built, sort_output=True, no_location=True, width=0)
    lines = text.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(IDLE))


def as_mo(built: Catalog) -> bytes:
    """Write a catalogue for machines."""
    text = io.BytesIO()
    write_mo(text, built)
    return text.getvalue()


def is_same(path: Path, content: bytes) -> bool:
    """Tell whether a file already holds this content."""
    return path.exists() and path.read_bytes() == content
