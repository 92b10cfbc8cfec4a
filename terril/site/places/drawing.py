"""Outlines and points as a small SVG map: no tile, no script."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from terril.site.places.models import Outline

WIDTH = 640
Ring = list[list[float]]


@dataclass(frozen=True)
class Pin:
    """Something to mark on a map, at a longitude and a latitude."""

    label: str
    name: str
    point: tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """A pin on the paper."""

    label: str
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Shape:
    """One place on the paper: its name, its path, and whether it is the subject."""

    name: str
    path: str
    is_here: bool


@dataclass(frozen=True)
class Drawing:
    """A map ready for a template, with the vintages of its borders."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]
    vintages: tuple[int, ...]


@dataclass(frozen=True)
class Frame:
    """What part of the Earth is drawn."""

    west: float
    south: float
    east: float
    north: float

    @property
    def squeeze(self) -> float:
        """A degree of longitude is shorter than one of latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def scale(self) -> float:
        return WIDTH / ((self.east - self.west) * self.squeeze)

    @property
    def height(self) -> int:
        return math.ceil((self.north - self.south) * self.scale)

    def on_paper(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.squeeze * self.scale
        return round(x, 1), round((self.north - latitude) * self.scale, 1)

    def holds(self, longitude: float, latitude: float) -> bool:
        across = self.west <= longitude <= self.east
        return across and self.south <= latitude <= self.north


def drawing(
    outlines: Sequence[Outline], *, here: int | None = None, pins: Iterable[Pin] = ()
) -> Drawing | None:
    """Draw outlines, the subject last so that its border is on top, then pins.

    A pin outside what is drawn is left out; without any outline, so is the map.
    """
    if not outlines:
        return None
    frame = frame_round(outlines)
    ordered = sorted(outlines, key=lambda outline: outline.place_id == here)
    return Drawing(
        width=WIDTH,
        height=frame.height,
        shapes=tuple(
            Shape(str(one.place), path(one.geojson, frame), one.place_id == here)
            for one in ordered
        ),
        spots=tuple(
            Spot(pin.label, pin.name, *frame.on_paper(*pin.point))
            for pin in pins
            if frame.holds(*pin.point)
        ),
        vintages=tuple(sorted({outline.vintage for outline in outlines})),
    )


def frame_round(outlines: Sequence[Outline]) -> Frame:
    """Return the frame that holds every outline."""
    return Frame(
        west=min(one.west for one in outlines),
        south=min(one.south for one in outlines),
        east=max(one.east for one in outlines),
        north=max(one.north for one in outlines),
    )


def path(geojson: str, frame: Frame) -> str:
    """Return the SVG path of a GeoJSON geometry, without repeated points."""
    pieces = []
    for ring in _rings(json.loads(geojson)):
        points = groupby(frame.on_paper(point[0], point[1]) for point in ring[:-1])
        line = "L".join(f"{x:g} {y:g}" for (x, y), _ in points)
        pieces.append(f"M{line}Z")
    return "".join(pieces)


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    for polygon in polygons:
        yield from polygon
