"""The map of the register and the list that says the same."""

from dataclasses import dataclass
from datetime import date

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
