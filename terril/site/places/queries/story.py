"""What a commune came from and became, told from the list of movements."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext_lazy

from terril.site.places import rules
from terril.site.places.models import Movement, Place

MERGER = "merger"
Sentences = Mapping[tuple[str, bool], Promise | str]
# By kind, and by whether the commune begins that day.
INTO: Sentences = {
    (MERGER, True): ngettext_lazy(
        "Takes the place of %(names)s.", "Born of the merger of %(names)s.", "count"
    ),
    (MERGER, False): ngettext_lazy(
        "%(names)s joins it.", "%(names)s join it.", "count"
    ),
    (rules.CREATED, True): gettext_lazy("Created from %(names)s."),
    (rules.REESTABLISHED, True): gettext_lazy(
        "Becomes a commune of its own again, apart from %(names)s."
    ),
    (rules.SUPPRESSED, False): gettext_lazy(
        "Receives land of %(names)s, which is suppressed."
    ),
    (rules.RECODED, True): gettext_lazy("Until then %(names)s, under another code."),
    (rules.RECODED, False): gettext_lazy("%(names)s joins it, by a change of code."),
}
# By kind, and by whether the commune ends that day.
OUT: Sentences = {
    (MERGER, True): gettext_lazy("Merges into %(names)s."),
    (rules.CREATED, False): ngettext_lazy(
        "%(names)s is created from part of it.",
        "%(names)s are created from part of it.",
        "count",
    ),
    (rules.REESTABLISHED, False): ngettext_lazy(
        "%(names)s becomes a commune of its own again.",
        "%(names)s become communes of their own again.",
        "count",
    ),
    (rules.REESTABLISHED, True): ngettext_lazy(
        "Divided: %(names)s becomes a commune of its own again.",
        "Divided: %(names)s become communes of their own again.",
        "count",
    ),
    (rules.SUPPRESSED, True): gettext_lazy("Suppressed; its land goes to %(names)s."),
    (rules.RECODED, True): gettext_lazy("Goes on as %(names)s, under another code."),
}


@dataclass(frozen=True)
class Step:
    """One day in the life of a commune: a sentence, and the places it names."""

    on: dt.date
    kind: str
    sentence: str
    others: tuple[Place, ...]


def story(place: Place) -> list[Step]:
    """Return the steps of a commune, oldest first."""
    movements = (
        Movement.objects.filter(Q(before=place) | Q(after=place))
        .select_related("before", "after")
        .order_by("on", "kind", "pk")
    )
    days: dict[tuple[dt.date, str, str], list[Movement]] = defaultdict(list)
    for movement in movements:
        days[movement.on, movement.kind, _direction(place, movement)].append(movement)
    return [
        _step(place, kind, direction, found)
        for (_on, kind, direction), found in days.items()
    ]


def _direction(place: Place, movement: Movement) -> str:
    if movement.before_id == movement.after_id:
        return "same"
    return "into" if movement.after_id == place.pk else "out"


def _step(
    place: Place, kind: str, direction: str, movements: Sequence[Movement]
) -> Step:
    on = movements[0].on
    if direction == "same":
        return Step(on, kind, _renamed(movements[-1]), ())
    others = _others(direction, movements)
    told = {
        "names": _listed([name for _place, name in others]),
        "count": len(others),
        "kind": kind,
    }
    sentence = _sentence(place, on, kind, direction) if others else _alone(direction)
    return Step(
        on, kind, str(sentence % told), tuple(found for found, _name in others if found)
    )


def _others(
    direction: str, movements: Sequence[Movement]
) -> list[tuple[Place | None, str]]:
    if direction == "into":
        return [(m.before, m.before_name) for m in movements if m.before_name]
    return [(m.after, m.after_name) for m in movements if m.after_name]


def _sentence(place: Place, on: dt.date, kind: str, direction: str) -> Promise | str:
    is_into = direction == "into"
    is_turning = on == (place.valid_from if is_into else place.valid_to)
    family = MERGER if kind in rules.MERGERS else kind
    told = (INTO if is_into else OUT).get((family, is_turning))
    return told or _plain(kind, is_into=is_into)


def _plain(kind: str, *, is_into: bool) -> str:
    """Return a sentence which says no more than the file does."""
    if kind in rules.KINDS and is_into:
        return _("Movement from %(names)s.")
    if kind in rules.KINDS:
        return _("Movement towards %(names)s.")
    if is_into:
        return _("Movement of kind %(kind)s, unknown here, from %(names)s.")
    return _("Movement of kind %(kind)s, unknown here, towards %(names)s.")


def _alone(direction: str) -> str:
    if direction == "into":
        return _("Enters the list of communes.")
    return _("Leaves the list of communes.")


def _renamed(movement: Movement) -> str:
    return _("%(before)s takes the name %(after)s.") % {
        "before": movement.before_name,
        "after": movement.after_name,
    }


def _listed(names: Sequence[str]) -> str:
    """Return names as one writes them: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {
        "first": ", ".join(names[:-1]),
        "last": names[-1],
    }
