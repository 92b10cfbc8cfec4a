"""Legal populations, with their edition and what they leave out."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from terril.site.places import tables
from terril.site.places.models import Place, Population, Territory
from terril.site.places.queries.perimeter import communes_of
from terril.site.places.queries.places import members_of


@dataclass(frozen=True)
class PopulationFigure:
    """A municipal population: its edition, its source, how it was reached."""

    municipal: int | None
    edition: str
    attribution: str
    # Communes added up, and those of them whose population is known.
    communes: int = 1
    known: int = 1
    apart: int | None = None
    total: int | None = None
    basis: str = Population.Basis.PUBLISHED

    @property
    def is_sum(self) -> bool:
        return self.communes != 1

    @property
    def is_partial(self) -> bool:
        return self.known < self.communes


def population_of(place: Place) -> PopulationFigure:
    """Return the legal population of a commune, or the sum of an EPCI's communes."""
    if place.level != Place.Level.COMMUNE:
        return _sum(members_of(place))
    found = place.populations.last()
    if found is None:
        return _unknown()
    return PopulationFigure(
        found.municipal,
        found.edition,
        _attribution(),
        apart=found.apart,
        total=found.total,
        basis=found.basis,
    )


def population_of_territory(territory: Territory) -> PopulationFigure:
    """Return the municipal population of a territory, added up over its communes."""
    return _sum(communes_of(territory))


def _sum(communes: QuerySet[Place]) -> PopulationFigure:
    keys = communes.order_by().values("pk")
    found = Population.objects.filter(place__in=keys, edition=_edition())
    total = found.aggregate(total=Sum("municipal"))["total"]
    return PopulationFigure(
        total, _edition(), _attribution(), keys.count(), found.count()
    )


def _unknown() -> PopulationFigure:
    return PopulationFigure(None, _edition(), _attribution(), known=0)


def _edition() -> str:
    return tables.source("populations")["vintage"]


def _attribution() -> str:
    return tables.source("populations")["attribution"]
