"""The state of an edition in counts: what an elected observer reads, without secrets."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from terril.site.programme.models import Call, Decision, Dossier, Opinion
from terril.site.programme.rules.editions import regime_of
from terril.site.programme.themes import THEMES

S = Dossier.Status
# The order in which a dossier goes; deliberation is told as examination.
TOLD = [
    S.SUBMITTED,
    S.TO_COMPLETE,
    S.ADMISSIBLE,
    S.INADMISSIBLE,
    S.EXAMINATION,
    S.DECIDED,
    S.WITHDRAWN,
]


@dataclass(frozen=True)
class Tally:
    """A number, and what it counts."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class EditionState:
    """How far an edition is, in numbers only."""

    call: Call
    handed_in: int
    commune_count: int
    states: list[Tally]
    themes: list[Tally]
    opinions: list[Tally]
    # Only what has been published; empty until then.
    outcomes: list[Tally]


def states() -> list[EditionState]:
    """Return every edition that has dossiers."""
    calls = Call.objects.filter(dossiers__submitted_at__isnull=False)
    return [edition_state(call) for call in calls.select_related("regime").distinct()]


def edition_state(call: Call) -> EditionState:
    """Return the counts of one edition."""
    handed_in = call.dossiers.filter(submitted_at__isnull=False)
    statuses = _counts(handed_in, "status")
    statuses[S.EXAMINATION] += statuses.pop(S.DELIBERATION, 0)
    themes = _counts(handed_in, "theme")
    return EditionState(
        call=call,
        handed_in=sum(statuses.values()),
        commune_count=len(set(handed_in.values_list("commune_id", flat=True)) - {None}),
        states=[
            Tally(key, str(S(key).label), statuses[key])
            for key in TOLD
            if statuses[key]
        ],
        themes=[
            Tally(key, str(name), themes[key])
            for key, name in THEMES.items()
            if themes[key]
        ],
        opinions=_opinions(call),
        outcomes=_outcomes(call),
    )


def _counts(dossiers: QuerySet[Dossier], field: str) -> Counter[str]:
    counted = dossiers.order_by().values_list(field).annotate(Count("pk"))
    return Counter(dict(counted))


def _opinions(call: Call) -> list[Tally]:
    if call.regime is None:
        return []
    given = Opinion.objects.filter(dossier__call=call).order_by()
    counts = dict(given.values_list("committee").annotate(Count("pk")))
    return [
        Tally(one.key, str(one), counts.get(one.key, 0))
        for one in regime_of(call).committees
    ]


def _outcomes(call: Call) -> list[Tally]:
    published = Decision.objects.filter(
        dossier__call=call, published_at__isnull=False
    ).order_by()
    counts = dict(published.values_list("outcome").annotate(Count("pk")))
    if not counts:
        return []
    return [
        Tally(one.key, str(one), counts.get(one.key, 0))
        for one in regime_of(call).outcomes
    ]
