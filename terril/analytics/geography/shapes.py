"""GeoJSON in and out of whole-number rings; a point well inside; the area."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from terril.analytics.geography.topology import Point, Ring, clean, doubled_area

SCALE = 100_000
Geometry = Mapping[str, Any]


def rings_of(geometry: Geometry) -> list[Ring]:
    """Return the rings of a polygon: outer ones anticlockwise, holes clockwise."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    found = []
    for polygon in polygons:
        for index, ring in enumerate(polygon):
            points = clean([_whole(point) for point in ring])
            if doubled_area(points):
                is_right = (doubled_area(points) > 0) == (index == 0)
                found.append(points if is_right else points[::-1])
    return found


def geometry_of(rings: Sequence[Ring]) -> dict[str, Any]:
    """Return rings as a GeoJSON geometry, each hole in the ring around it."""
    outer = [ring for ring in rings if doubled_area(ring) > 0]
    holes = [ring for ring in rings if doubled_area(ring) < 0]
    polygons = [
        [
            _degrees(ring),
            *(_degrees(hole) for hole in holes if _owner(hole, outer) is ring),
        ]
        for ring in sorted(outer, key=doubled_area, reverse=True)
    ]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def aspect(latitude: float) -> float:
    """Return the width of a degree of longitude over one of latitude."""
    return math.cos(math.radians(latitude))


def area(rings: Sequence[Ring]) -> int:
    """Return twice the area of a shape, holes taken out, in whole units."""
    return sum(doubled_area(ring) for ring in rings)


def bounds(rings: Sequence[Ring]) -> tuple[float, float, float, float]:
    """Return west, south, east and north in degrees."""
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return (
        min(xs) / SCALE,
        min(ys) / SCALE,
        max(xs) / SCALE,
        max(ys) / SCALE,
    )


def centre(rings: Sequence[Ring]) -> tuple[float, float]:
    """Return a point inside the largest ring: its centroid, or the nearest inside."""
    ring = max(rings, key=doubled_area)
    x, y = _centroid(ring)
    if not _holds(ring, (x, y)):
        x = _middle_of_widest(ring, y)
    return (round(x / SCALE, 5), round(y / SCALE, 5))


def _whole(point: Sequence[float]) -> Point:
    return (round(point[0] * SCALE), round(point[1] * SCALE))


def _degrees(ring: Ring) -> list[list[float]]:
    return [[x / SCALE, y / SCALE] for x, y in (*ring, ring[0])]


def _owner(hole: Ring, outer: Sequence[Ring]) -> Ring | None:
    # A hole may touch its ring at a corner: ask of the middle of one of its sides.
    (ax, ay), (bx, by) = hole[0], hole[1]
    middle = ((ax + bx) / 2, (ay + by) / 2)
    around = [ring for ring in outer if _holds(ring, middle)]
    return min(around, key=doubled_area, default=None)


def _holds(ring: Ring, point: tuple[float, float]) -> bool:
    x, y = point
    return sum(1 for crossed in _crossings(ring, y) if crossed > x) % 2 == 1


def _crossings(ring: Ring, y: float) -> list[float]:
    """Return where a ring crosses the parallel y, from west to east."""
    found = []
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (ay > y) != (by > y):
            found.append(ax + (y - ay) * (bx - ax) / (by - ay))
    return sorted(found)


def _centroid(ring: Ring) -> tuple[float, float]:
    total = x_sum = y_sum = 0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        weight = ax * by - bx * ay
        total += weight
        x_sum += (ax + bx) * weight
        y_sum += (ay + by) * weight
    return (x_sum / (3 * total), y_sum / (3 * total))


def _middle_of_widest(ring: Ring, y: float) -> float:
    crossings = _crossings(ring, y)
    spans = list(zip(crossings[::2], crossings[1::2], strict=True))
    west, east = max(spans, key=lambda span: span[1] - span[0])
    return (west + east) / 2
