"""Places that the source does not publish, made of those that it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from terril.analytics.answers import Computed, FigureRefused, Question
from terril.analytics.catalogue import Indicator
from terril.analytics.geography.addresses import (
    COMMUNE,
    COUNTRY,
    EPCI,
    TERRITORY,
    ZONE,
    Address,
)
from terril.analytics.geography.atlas import Atlas, Place
from terril.analytics.geography.perimeters import TODAY, Perimeter, perimeter
from terril.analytics.kinds import Kind, Operation, ruling
from terril.analytics.lookup import Lookup, prefixes
from terril.analytics.periods import Period
from terril.analytics.printing import number
from terril.analytics.releases import Published
from terril.analytics.series import value_at


@dataclass(frozen=True)
class Group:
    """A union that is asked of one edition: its communes in that geography."""

    place: Place
    perimeter: Perimeter
    edition: Published


@dataclass(frozen=True)
class Unions:
    """What is needed to make the figure of a place from that of its parts."""

    lookup: Lookup
    atlas: Atlas
    question: Question

    def parts_level(self, indicator: Indicator, place: Place) -> str:
        """Return the level whose values make the figure, or refuse with the reason."""
        levels = self.lookup.levels(indicator.key)
        published = f"cet indicateur est publié pour {prefixes(levels)}"
        operation = _operation(indicator)
        ruled = ruling(Kind(indicator.kind), operation)
        if not ruled.is_lawful:
            raise FigureRefused(
                f"{published}. {ruled.raison} {ruled.plutot}".strip(), status="refused"
            )
        if place.level == COMMUNE and COMMUNE in levels:
            return COMMUNE
        if COMMUNE in levels and (place.level != COUNTRY or not ruled.is_proxy):
            return COMMUNE
        if ZONE in levels and place.level in (EPCI, TERRITORY):
            return ZONE
        raise FigureRefused(published, proposals=self._near(place, levels))

    def group(self, place: Place, edition: Published) -> Group:
        """Return the communes of a place in the geography of an edition."""
        day = f"{edition.geography}-01-01"
        found = perimeter(self.atlas, place.address, on=day, mode=TODAY)
        return Group(place, found, edition)

    def total(self, indicator: Indicator, group: Group, asked: Period) -> Computed:
        """Return the sum over the communes, with how many of them have a value."""
        codes = group.perimeter.communes
        rows = self.lookup.rows(indicator.key, COMMUNE, codes)
        known = rows.get(group.edition.id, {})
        parts = [
            value_at(known[code], indicator, asked) for code in codes if code in known
        ]
        is_zero = indicator.missing == "zero"
        if not parts and not is_zero:
            raise FigureRefused(f"aucune commune n’a de valeur pour {asked}")
        value = sum((part.value for part in parts), Decimal(0))
        is_there = is_zero or len(parts) == len(codes)
        is_whole = is_there and group.perimeter.is_exact
        coverage = _coverage(group, [code for code in codes if code not in known])
        warnings = [] if is_whole else [_partial(coverage)]
        return Computed(
            value,
            f"somme de {number(Decimal(len(parts)))} communes : "
            f"{number(value, indicator.decimals)}",
            tuple(one for part in parts for one in part.inputs),
            "official" if is_whole else "partial",
            (*warnings, *filter(None, [indicator.sum_note])),
            coverage,
        )

    def _near(self, place: Place, levels: Sequence[str]) -> tuple[str, ...]:
        """Return the places around a commune for which the figure is published."""
        around = [
            str(Address(ZONE, one.parent))
            for one in self.atlas.groupings(place, ZONE)
            if ZONE in levels
        ]
        countries = ["fr:metro", "fr:hors-mayotte"] if place.level == COUNTRY else []
        return (*around, *countries)


def _operation(indicator: Indicator) -> Operation:
    """Return what would make the figure: a mean only where some weights are right."""
    if indicator.kind == Kind.RATIO and indicator.weights:
        return Operation.WEIGHTED_MEAN_PLACES
    return Operation.SUM_PLACES


def _coverage(group: Group, missing: Sequence[str]) -> dict[str, Any]:
    expected = len(group.perimeter.communes)
    return {
        "perimeter": group.perimeter.words,
        "members": expected,
        "present": expected - len(missing),
        "missing": [str(Address(COMMUNE, code)) for code in missing[:20]],
        "straddling": [
            str(Address(COMMUNE, code)) for code in group.perimeter.straddling
        ],
    }


def _partial(coverage: Mapping[str, Any]) -> str:
    present, members = (
        number(Decimal(coverage[name])) for name in ("present", "members")
    )
    told = f"{present} communes sur {members} ont une valeur"
    astride = len(coverage["straddling"])
    return f"{told} ; {astride} communes sont à cheval" if astride else told
