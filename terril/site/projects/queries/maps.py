"""The map of the register and the list that says the same."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from terril.site.projects.models import Project
from terril.site.projects.queries.register import (
    Options,
    Row,
    filtered,
    options,
    rows_of,
)
from terril.site.projects.rules.filters import Filters


@dataclass(frozen=True)
class RegisterMap:
    """Projects on the map, and those that no source locates."""

    located: list[Row]
    elsewhere: list[Row]

    @property
    def count(self) -> int:
        return len(self.located) + len(self.elsewhere)

    @property
    def at_commune(self) -> int:
        return sum(row.is_at_commune for row in self.located)


@dataclass(frozen=True)
class MapPage:
    """The map, its filters and its list."""

    map: RegisterMap
    filters: Filters
    options: Options


def map_page(filters: Filters, *, on: date) -> MapPage:
    """Return the projects asked for, as the map and its list show them."""
    rows = rows_of(filtered(filters, on=on), on=on)
    located = [row for row in rows if row.point]
    elsewhere = [row for row in rows if not row.point]
    return MapPage(RegisterMap(located, elsewhere), filters, options())


def map_features(filters: Filters, *, on: date) -> dict[str, Any]:
    """Return the points of the map as GeoJSON, in the reader's language."""
    rows = rows_of(filtered(filters, on=on), on=on)
    return {
        "type": "FeatureCollection",
        "features": [_feature(row) for row in rows if row.point],
    }


def _feature(row: Row) -> dict[str, Any]:
    said = [row.places, row.edition]
    if row.is_example:
        said.append(_("example"))
    return {
        "type": "Feature",
        "id": row.number,
        "geometry": {"type": "Point", "coordinates": list(row.point or ())},
        "properties": {
            "name": row.name,
            "url": row.url,
            "detail": ", ".join(part for part in said if part),
            "is_example": row.is_example,
            "is_at_commune": row.is_at_commune,
        },
    }


def point_of(slug: str, *, on: date) -> dict[str, Any] | None:
    """Return one project as the map of its page shows it, if it is located."""
    found = Project.objects.filter(slug=slug, longitude__isnull=False)
    features = [_feature(row) for row in rows_of(found, on=on)]
    if not features:
        return None
    return {"type": "FeatureCollection", "features": features}
