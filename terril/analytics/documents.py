"""JSON and GeoJSON, alone or in an archive, read into the same grids as tables."""

import gzip
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from typing import Any

from terril.analytics.errors import DataError, Spot
from terril.analytics.readers import Grid, Line

GZIP = b"\x1f\x8b"


def member(raw: bytes, file: str, name: str) -> bytes:
    """Return a member of a .tgz archive; bytes that are no archive are the member."""
    if not raw.startswith(GZIP):
        return raw
    try:
        with tarfile.open(fileobj=io.BytesIO(raw), mode="r:gz") as archive:
            found = archive.extractfile(name)
            return found.read() if found else b""
    except (KeyError, tarfile.TarError, gzip.BadGzipFile, EOFError) as error:
        raise DataError(
            "the archive cannot be read, or lacks this member",
            spot=Spot(file, name),
            advice="Take the original archive again.",
        ) from error


def read_json(raw: bytes, file: str) -> Any:
    """Return the content of a JSON file."""
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(
            "this is not JSON in UTF-8",
            spot=Spot(file, line=getattr(error, "lineno", None)),
            advice="Take the original file again.",
        ) from error


def records_grid(
    records: Sequence[Mapping[str, Any]], file: str, place: str, columns: Sequence[str]
) -> Grid:
    """Return records as a grid; their numbers are their rank in the file."""
    lines = tuple(Line(n, dict(record)) for n, record in enumerate(records, 1))
    grid = Grid(file, place, tuple(columns), lines)
    for column in columns:
        lacking = [line for line in grid if column not in line.values]
        if lacking:
            advice = "Look for it under another name, and change the recipe."
            raise grid.error("the property is missing", lacking, column, advice)
    return grid


def features(raw: bytes, file: str) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON file; a bare Feature is a list of one."""
    document = read_json(raw, file)
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Feature":
        return [document]
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        found: list[dict[str, Any]] = document["features"]
        return found
    raise DataError(
        "this is not a GeoJSON FeatureCollection, nor a Feature",
        spot=Spot(file),
        example=kind,
        advice="Export the layer as GeoJSON (RFC 7946).",
    )
