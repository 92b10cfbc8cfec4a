"""What a commune came from and became, told by the library from our movements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language

from terril.analytics.geography import Life, Link, story as told
from terril.analytics.geography.history import Key
from terril.site.places.models import Movement, Place


@dataclass(frozen=True)
class Step:
    """One day in the life of a commune: a sentence, and the places it names."""

    on: dt.date
    kind: str
    sentence: str
    others: tuple[Place, ...]


def story(place: Place) -> list[Step]:
    """Return the steps of a commune, oldest first."""
    movements = list(
        Movement.objects.filter(Q(before=place) | Q(after=place))
        .select_related("before", "after")
        .order_by("on", "kind", "pk")
    )
    sides = [side for one in movements for side in (one.before, one.after) if side]
    places = {_key(side): side for side in sides}
    end = place.valid_to.isoformat() if place.valid_to else ""
    language = "en" if (get_language() or "").startswith("en") else "fr"
    return [
        Step(
            dt.date.fromisoformat(step.on),
            step.kind,
            step.said(language),
            tuple(places[key] for key in step.others),
        )
        for step in told(Life(_key(place), end), _links(movements))
    ]


def _links(movements: Sequence[Movement]) -> list[Link]:
    return [
        Link(
            one.kind,
            one.on.isoformat(),
            _key(one.before) if one.before else None,
            _key(one.after) if one.after else None,
            one.before_name,
            one.after_name,
        )
        for one in movements
    ]


def _key(place: Place) -> Key:
    return (place.code, place.valid_from.isoformat())
