"""Make a territory from the codes of its members."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Model, Q

from terril.site.commons import journal
from terril.site.places import rules, tables
from terril.site.places.models import Place, Territory, TerritoryMember


@dataclass(frozen=True)
class Identity:
    """How a territory is called and looks."""

    name: str
    short_name: str = ""
    description: str = ""
    website: str = ""
    colours: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def create_territory(  # noqa: PLR0913 -- one word for each fact of a territory
    key: str,
    identity: Identity,
    *,
    members: Sequence[str],
    others: Sequence[str] = (),
    since: dt.date,
    by: Model | str | None = None,
    at: dt.datetime,
) -> Territory:
    """Make a territory; `members` draw its perimeter, `others` only belong to it.

    An EPCI is named by its SIREN, a département by its code.
    """
    places = {place.code: place for place in _areas([*members, *others])}
    rules.check_all_known([*members, *others], places)
    rules.check_key_is_free(key, Territory.objects.values_list("key", flat=True))

    territory = Territory.objects.create(
        key=key,
        name=identity.name,
        short_name=identity.short_name or identity.name[:60],
        description=identity.description,
        website=identity.website,
        colours=identity.colours,
        since=since,
    )
    TerritoryMember.objects.bulk_create(
        TerritoryMember(
            territory=territory,
            place=places[code],
            since=since,
            counts_in_perimeter=code in members,
        )
        for code in dict.fromkeys([*members, *others])
    )

    journal.record("territory.created", about=territory, by=by, at=at)
    return territory


@transaction.atomic
def create_known_territory(
    key: str, *, by: Model | str | None = None, at: dt.datetime
) -> Territory:
    """Make a territory that ships, from the very list that the libraries read."""
    known = tables.territories()
    rules.check_territory_ships(key, known)
    told = known[key]
    return create_territory(
        key,
        Identity(told.name, told.short_name, website=told.website),
        members=[member.code for member in told.members],
        others=[member.code for member in told.others],
        since=dt.date.fromisoformat(told.since),
        by=by,
        at=at,
    )


def _areas(codes: Sequence[str]) -> list[Place]:
    levels = Q(level__in=[Place.Level.EPCI, Place.Level.DEPARTMENT])
    return list(Place.objects.current().filter(levels, code__in=codes))
