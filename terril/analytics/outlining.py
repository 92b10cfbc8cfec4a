"""Outlines of places, read from GeoJSON with a code and a name."""

from collections.abc import Mapping
from typing import Any

from terril.analytics.columns import check_types
from terril.analytics.documents import features, records_grid
from terril.analytics.geography import rings_of

POLYGONS = ("Polygon", "MultiPolygon")


def outlined_rows(
    raw: bytes, file: str, columns: Mapping[str, str]
) -> list[dict[str, object]]:
    """Return one row per feature: its code, its name, its rings."""
    records = [
        {**(found.get("properties") or {}), "geometry": found.get("geometry") or {}}
        for found in features(raw, file)
    ]
    grid = records_grid(records, file, "features", [*columns, "geometry"])
    check_types(grid, columns)
    grid.refuse_doubles("code", "One feature per place is expected.")
    grid.refuse(
        lambda line: _type(line.values["geometry"]) not in POLYGONS,
        "the geometry is not a polygon",
        "code",
        "Outlines are Polygon or MultiPolygon.",
    )
    return [
        {
            "code": line["code"],
            "name": line["nom"],
            "rings": rings_of(line.values["geometry"]),  # type: ignore[arg-type]
        }
        for line in grid
    ]


def _type(geometry: Any) -> object:
    return geometry.get("type")
