"""Outlines as the paths of a small SVG map: no tile, no script."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from terril.site.places.models import Outline

WIDTH = 640


@dataclass(frozen=True)
class Shape:
    """One place of a drawing: its name, its page, its path, and if it is the subject."""

    name: str
    url: str
    path: str
    is_here: bool


@dataclass(frozen=True)
class Drawing:
    """A map ready for a template, with the vintages of its borders."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    vintages: tuple[int, ...]


def drawing(outlines: Sequence[Outline], *, here: int | None = None) -> Drawing | None:
    """Draw outlines, the subject last so that its border is on top."""
    if not outlines:
        return None
    west, north = min(o.west for o in outlines), max(o.north for o in outlines)
    east, south = max(o.east for o in outlines), min(o.south for o in outlines)
    aspect = math.cos(math.radians((north + south) / 2))
    scale = WIDTH / ((east - west) * aspect)
    frame = (west, north, scale * aspect, scale)
    ordered = sorted(outlines, key=lambda outline: outline.place_id == here)
    return Drawing(
        WIDTH,
        math.ceil((north - south) * scale),
        tuple(_shape(outline, frame, here) for outline in ordered),
        tuple(sorted({outline.vintage for outline in outlines})),
    )


def _shape(
    outline: Outline, frame: tuple[float, float, float, float], here: int | None
) -> Shape:
    place = outline.place
    path = "".join(_path(ring, frame) for ring in _rings(json.loads(outline.geojson)))
    return Shape(place.name, place.get_absolute_url(), path, place.pk == here)


def _rings(geometry: dict[str, Any]) -> Iterable[list[list[float]]]:
    is_single = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if is_single else geometry["coordinates"]
    return (ring for polygon in polygons for ring in polygon)


def _path(ring: list[list[float]], frame: tuple[float, float, float, float]) -> str:
    west, north, across, down = frame
    points = (
        f"{(x - west) * across:.1f} {(north - y) * down:.1f}" for x, y, *_ in ring[:-1]
    )
    return f"M{'L'.join(points)}Z"
