"""Communes through time, and borders that neighbours share."""

from terril.analytics.geography.history import (
    DAWN,
    Event,
    Existence,
    History,
    Link,
    Side,
    history,
)
from terril.analytics.geography.shapes import (
    area,
    aspect,
    bounds,
    centre,
    geometry_of,
    rings_of,
)
from terril.analytics.geography.simplify import crossing, lighter, simplified
from terril.analytics.geography.topology import Topology, cut

__all__ = [
    "DAWN",
    "Event",
    "Existence",
    "History",
    "Link",
    "Side",
    "Topology",
    "area",
    "aspect",
    "bounds",
    "centre",
    "crossing",
    "cut",
    "geometry_of",
    "history",
    "lighter",
    "rings_of",
    "simplified",
]
