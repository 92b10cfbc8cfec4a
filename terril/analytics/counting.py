"""How many communes a place has: counted in the graph of movements, in no file."""

from decimal import Decimal

from terril.analytics.answers import Computed, FigureRefused
from terril.analytics.geography.addresses import COMMUNE
from terril.analytics.geography.atlas import Atlas, Place
from terril.analytics.geography.history import DAWN
from terril.analytics.geography.perimeters import TODAY, perimeter
from terril.analytics.periods import Period
from terril.analytics.printing import number
from terril.analytics.releases import Release

COMMUNES_COUNT = "communes_count"


def counted_in(release: Release) -> list[str]:
    """Return the editions of the list of movements that a release knows."""
    return [one.id for one in release.editions.values() if one.dataset == "movements"]


def communes_count(atlas: Atlas, place: Place, asked: Period) -> Computed:
    """Return the number of communes of a place on the first of January of a year.

    Raises `FigureRefused` for a commune, for what is no year, and for a year that
    the list of movements does not cover.
    """
    day = asked.first_day
    if place.level == COMMUNE:
        raise FigureRefused("une commune ne compte pas de communes", status="refused")
    if not asked.is_year:
        raise FigureRefused("les communes se comptent au 1er janvier d’une année")
    if not DAWN <= day <= atlas.latest:
        raise FigureRefused(
            f"la liste des événements va de {DAWN[:4]} à {atlas.latest[:4]}"
        )
    found = perimeter(atlas, place.address, on=day, mode=TODAY)
    count = Decimal(len(found.communes))
    astride = len(found.straddling)
    return Computed(
        count,
        f"{number(count)} communes au 1er janvier {asked}, {found.words}",
        (),
        "partial" if astride else "official",
        (f"{astride} communes ne sont qu’en partie dans le périmètre",)
        if astride
        else (),
        {"perimeter": found.words, "members": int(count), "straddling": astride},
    )
