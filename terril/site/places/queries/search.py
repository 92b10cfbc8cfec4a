"""Places found by a name, with accents, articles and typing errors forgiven."""

import re

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from rapidfuzz import fuzz, process

from terril.site.places import rules
from terril.site.places.models import Place, PlaceName
from terril.site.places.queries.perimeter import communes_of, territory

# Below this likeness (of 100) two names are not taken for each other.
LIKENESS = 76
LIMIT = 12
# No place has a longer name, and a database would choke on looking for it.
LONGEST = 200


def places_found(text: str, *, limit: int = LIMIT) -> list[Place]:
    """Return the places a text most likely means, those of the territory first."""
    code = re.fullmatch(r"[0-9]{4,5}|[0-9][AB][0-9]{3}|[0-9]{9}", text.strip().upper())
    if code:
        return _by_code(code[0])
    if len(text) > LONGEST:
        return []
    folded = rules.search_name(text)
    if len(folded) < 2:
        return []
    own = _own()
    near = [own[key] for key in _likely(folded, own)]
    far = _by_prefix(folded).exclude(pk__in=[place.pk for place in near])
    return [*near, *far[: max(0, limit - len(near))]][:limit]


def _by_code(code: str) -> list[Place]:
    # A code of 4 digits has lost its zero: what it most likely means is shown.
    asked = f"0{code}" if len(code) == 4 else code
    return list(Place.objects.current().filter(code=asked).order_by("level"))


def _own() -> dict[int, Place]:
    found = territory()
    return {place.pk: place for place in communes_of(found)} if found else {}


def _likely(folded: str, own: dict[int, Place]) -> list[int]:
    """Return the keys of the territory's communes that a text looks like, best first."""
    former = PlaceName.objects.filter(place__in=own).values_list("place", "search_name")
    names = [(key, place.search_name) for key, place in own.items()] + list(former)
    scores: dict[int, float] = {}
    choices = [name for _, name in names]
    for _, score, index in process.extract(
        folded, choices, scorer=_likeness, score_cutoff=LIKENESS, limit=None
    ):
        key = names[index][0]
        scores[key] = max(score, scores.get(key, 0))
    return sorted(scores, key=lambda key: (-scores[key], own[key].search_name))


def _likeness(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """Return how alike two folded names are; the start of a name is that name."""
    if other.startswith(one) or f" {one}" in other:
        return 99.0 if other != one else 100.0
    whole: float = fuzz.ratio(one, other, score_cutoff=score_cutoff)
    start: float = fuzz.ratio(one, other[: len(one)], score_cutoff=score_cutoff)
    glued: float = fuzz.ratio(
        one.replace(" ", ""), other.replace(" ", ""), score_cutoff=score_cutoff
    )
    return max(whole, glued, start - 5 if len(one) > 4 else 0.0)


def _by_prefix(folded: str) -> QuerySet[Place]:
    is_start = Q(search_name__startswith=folded)
    levels = Case(
        When(search_name=folded, then=Value(0)),
        When(is_start, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    within = Q(search_name__contains=f" {folded}") & ~Q(level=Place.Level.COMMUNE)
    found = Place.objects.current().filter(is_start | within)
    return found.annotate(rank=levels).order_by("rank", "search_name", "code")
