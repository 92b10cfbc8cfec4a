"""Draw outlines and points as SVG, without tiles and without scripts."""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

WIDTH = 640
Ring = list[list[float]]


@dataclass(frozen=True)
class Shape:
    """An outline ready to draw: what it is, where its page is, its path."""

    name: str
    url: str
    path: str


@dataclass(frozen=True)
class Spot:
    """A point ready to draw, with its numbers in the list beside the map."""

    number: str
    name: str
    url: str
    x: float
    y: float


@dataclass(frozen=True)
class Frame:
    """What part of the Earth is drawn, on how much paper."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        return WIDTH / ((self.east - self.west) * self.squeeze)

    @property
    def squeeze(self) -> float:
        """A degree of longitude is shorter than one of latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def height(self) -> int:
        return round((self.north - self.south) * self.scale)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.squeeze * self.scale
        return round(x, 1), round((self.north - latitude) * self.scale, 1)

    def holds(self, longitude: float, latitude: float) -> bool:
        across = self.west <= longitude <= self.east
        return across and self.south <= latitude <= self.north


@dataclass(frozen=True)
class Drawing:
    """A whole map."""

    height: int
    shapes: list[Shape]
    spots: list[Spot]
    width: int = WIDTH


def frame_round(boxes: Iterable[tuple[float, float, float, float]]) -> Frame:
    """Return the frame that holds every box (west, south, east, north)."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return Frame(min(wests), min(souths), max(easts), max(norths))


def path(geojson: str, frame: Frame) -> str:
    """Return the SVG path of a GeoJSON geometry."""
    pieces = []
    for ring in _rings(json.loads(geojson)):
        points = _without_repeats(frame.place(point[0], point[1]) for point in ring)
        line = "L".join(f"{x:g} {y:g}" for x, y in points)
        pieces.append(f"M{line}Z")
    return "".join(pieces)


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    for polygon in polygons:
        yield from polygon


def _without_repeats(
    points: Iterable[tuple[float, float]],
) -> Iterator[tuple[float, float]]:
    last = None
    for point in points:
        if point != last:
            yield point
        last = point
