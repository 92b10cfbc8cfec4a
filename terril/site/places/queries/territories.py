"""The territories of this site as the libraries read them, in a file."""

from typing import Any

from terril.site.places.models import Place, Territory, TerritoryMember

PREFIXES = {Place.Level.EPCI: "epci", Place.Level.DEPARTMENT: "dep"}


def territories_told() -> dict[str, Any]:
    """Return all territories by key: their members, and since when."""
    found = Territory.objects.prefetch_related("members__place")
    return {territory.key: _told(territory) for territory in found}


def _told(territory: Territory) -> dict[str, Any]:
    members = list(territory.members.all())
    return {
        "name": territory.name,
        "short_name": territory.short_name,
        "website": territory.website,
        "since": territory.since.isoformat(),
        "members": [_member(one) for one in members if one.counts_in_perimeter],
        "others": [_member(one) for one in members if not one.counts_in_perimeter],
    }


def _member(one: TerritoryMember) -> dict[str, str]:
    level = Place.Level(one.place.level)
    told = {
        "place": f"{PREFIXES[level]}:{one.place.code}",
        "since": one.since.isoformat(),
    }
    return told | ({"until": one.until.isoformat()} if one.until else {})
