"""Outlines for maps: as they are kept, never computed again."""

import json
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from terril.site.places.models import Outline, Place, Territory
from terril.site.places.queries.perimeter import communes_of, epcis_of

Level = Place.Level


def outlines_of(
    territory: Territory, *, with_context: bool = False
) -> QuerySet[Outline]:
    """Return the newest outline of each EPCI and commune of a territory.

    With its context: the EPCI and départements drawn around it too.
    """
    wanted = Q(place__in=communes_of(territory).order_by().values("pk"))
    wanted |= Q(place__in=epcis_of(territory).order_by().values("pk"))
    if with_context:
        wanted |= Q(place__level__in=[Level.EPCI, Level.DEPARTMENT])
    return newest().filter(wanted).select_related("place").order_by("place__code")


def newest() -> QuerySet[Outline]:
    """Return the newest outline of each place."""
    newer = Outline.objects.filter(
        place=OuterRef("place"), vintage__gt=OuterRef("vintage")
    )
    return Outline.objects.filter(~Exists(newer))


def outlines_geojson(outlines: Iterable[Outline]) -> str:
    """Return outlines as the text of a GeoJSON FeatureCollection."""
    features = ",".join(_feature(outline) for outline in outlines)
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _feature(outline: Outline) -> str:
    place = outline.place
    properties = {
        "level": place.level,
        "code": place.code,
        "name": place.name,
        "url": place.get_absolute_url(),
        "vintage": outline.vintage,
    }
    told = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    return f'{{"type":"Feature","properties":{told},"geometry":{outline.geojson}}}'
