"""The compact tables that ship, read without the site; `terril derive` writes them."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "tables"


def lines(name: str) -> Iterator[list[str]]:
    """Yield the lines of a packed table as lists of texts, without its header."""
    packed = (FOLDER / f"{name}.csv.gz").read_bytes()
    found = csv.reader(io.StringIO(gzip.decompress(packed).decode()))
    next(found)
    return found


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the lines of a packed table by column; every value is a text."""
    packed = (FOLDER / f"{name}.csv.gz").read_bytes()
    yield from csv.DictReader(io.StringIO(gzip.decompress(packed).decode()))


def outlines() -> Iterator[dict[str, Any]]:
    """Yield the outlines that ship, neighbours sharing their lines."""
    packed = (FOLDER / "outlines.json.gz").read_bytes()
    for line in gzip.decompress(packed).splitlines():
        yield json.loads(line)


@cache
def attribution() -> dict[str, list[dict[str, str]]]:
    """Return the sources, tables and gaps of what ships."""
    text = (FOLDER / "attribution.json").read_text("utf-8")
    found: dict[str, list[dict[str, str]]] = json.loads(text)
    return found


@cache
def source(dataset: str) -> dict[str, str]:
    """Return the newest edition shipped of a dataset: how to cite it."""
    return [s for s in attribution()["sources"] if s["dataset"] == dataset][-1]


@cache
def edition() -> str:
    """Return what tells this set of tables from any other."""
    raw = (FOLDER / "attribution.json").read_bytes()
    return hashlib.sha256(raw).hexdigest()[:32]
