"""Draw a territory from a GeoJSON of communes, borders kept shared."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model

from terril.analytics import geography
from terril.site.commons import journal
from terril.site.places import rules
from terril.site.places.models import Outline, Place, Territory
from terril.site.places.queries import communes_of, epcis_of, members_of

# Smallest corner kept, in square hundred-thousandths of a degree (about 2 hectares).
FINEST = 16_000.0
Rings = list[tuple[tuple[int, int], ...]]


@dataclass(frozen=True)
class Drawn:
    """What a file of outlines gave: how many communes, how many EPCI, what lacks."""

    communes: int
    epcis: int
    lacking: tuple[str, ...]
    left_out: int


@transaction.atomic
def add_outlines(
    territory: Territory,
    document: Any,
    *,
    vintage: int,
    by: Model | str | None = None,
    at: dt.datetime,
) -> Drawn:
    """Keep the outlines of the territory's communes, and of its EPCI when whole."""
    features = rules.check_features(document)
    rings = _rings(features)
    communes = {place.code: place for place in communes_of(territory)}
    own = {code: rings[code] for code in rings.keys() & communes.keys()}
    rules.check_some_are_ours(own, territory.name)

    topology = _lighter(own)
    for code in sorted(own):
        _keep(communes[code], vintage, topology.rings(code))
    whole = [epci for epci in epcis_of(territory) if _codes(epci) <= own.keys()]
    for epci in whole:
        _keep(epci, vintage, topology.merged(_codes(epci)))

    journal.record("outlines.added", about=territory, by=by, at=at)
    lacking = tuple(sorted(communes.keys() - own.keys()))
    return Drawn(len(own), len(whole), lacking, len(rings) - len(own))


def _rings(features: list[Any]) -> dict[str, Rings]:
    codes = [rules.check_commune_code(str(f["properties"]["code"])) for f in features]
    rules.check_drawn_once(codes)
    found = {
        code: geography.rings_of(feature["geometry"])
        for code, feature in zip(codes, features, strict=True)
    }
    for code, rings in found.items():
        rules.check_inside_the_world(rings)
        rules.check_has_a_surface(code, rings)
    return found


def _lighter(rings: Mapping[str, Rings]) -> geography.Topology:
    topology = geography.cut(dict(sorted(rings.items())))
    south, north = _parallels(rings)
    aspect = geography.aspect((south + north) / 2)
    return geography.simplified(topology, lambda _users: FINEST, aspect=aspect)


def _parallels(rings: Mapping[str, Rings]) -> tuple[float, float]:
    boxes = [geography.bounds(found) for found in rings.values()]
    return (min(box[1] for box in boxes), max(box[3] for box in boxes))


def _codes(epci: Place) -> set[str]:
    return set(members_of(epci).values_list("code", flat=True))


def _keep(place: Place, vintage: int, rings: Rings) -> None:
    west, south, east, north = geography.bounds(rings)
    Outline.objects.update_or_create(
        place=place,
        vintage=vintage,
        defaults={
            "geojson": json.dumps(geography.geometry_of(rings), separators=(",", ":")),
            "west": west,
            "south": south,
            "east": east,
            "north": north,
        },
    )
    if place.longitude is None:
        place.longitude, place.latitude = geography.centre(rings)
        place.save(update_fields=["longitude", "latitude"])
