"""The tables that ship with the package, and where they come from."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
ATTRIBUTION = DATA / "attribution.json"


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the lines of a packed table; every value is a text."""
    packed = (DATA / f"{name}.csv.gz").read_bytes()
    yield from csv.DictReader(io.StringIO(gzip.decompress(packed).decode()))


def outlines() -> Iterator[dict[str, Any]]:
    """Yield the outlines that ship, neighbours sharing their lines."""
    packed = (DATA / "outlines.json.gz").read_bytes()
    for line in gzip.decompress(packed).splitlines():
        yield json.loads(line)


@cache
def attribution() -> dict[str, list[dict[str, str]]]:
    """Return the sources, tables and gaps of what ships."""
    found: dict[str, list[dict[str, str]]] = json.loads(ATTRIBUTION.read_text("utf-8"))
    return found


@cache
def source(dataset: str) -> dict[str, str]:
    """Return the newest edition shipped of a dataset: how to cite it."""
    return [s for s in attribution()["sources"] if s["dataset"] == dataset][-1]


@cache
def edition() -> str:
    """Return what tells this set of tables from any other."""
    return hashlib.sha256(ATTRIBUTION.read_bytes()).hexdigest()[:32]
