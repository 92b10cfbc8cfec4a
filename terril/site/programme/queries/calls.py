"""Reads about calls and regimes."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet

from terril.site.people.models import Organisation
from terril.site.programme import regimes
from terril.site.programme.models import (
    Call,
    Decision,
    Opinion,
    Question,
    Regime,
    RegimeChange,
)
from terril.site.programme.queries.public import editions
from terril.site.programme.regimes import Criterion, RegimeText
from terril.site.programme.rules.changes import Change, changes_between


@dataclass(frozen=True)
class CallPage:
    """A call as anyone reads it: its dates, its rules, what it asks."""

    call: Call
    # upcoming, open, closed, or unknown where no source gives the dates.
    state: str
    regime: RegimeText | None
    sections: list[tuple[str, list[Question]]]
    # New rules since the publication, with the reason of each.
    regime_changes: list[RegimeChange] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return kinds_of(self.regime) if self.regime else []

    @property
    def is_past_edition(self) -> bool:
        return self.call.published_at is None

    @property
    def summary(self) -> str:
        return self.call.localised("summary")

    @property
    def families(self) -> list[tuple[str, list[Criterion]]]:
        return families_of(self.regime) if self.regime else []


@dataclass(frozen=True)
class RegimePage:
    """A regime as anyone reads it, with what seals it."""

    regime: Regime
    text: RegimeText
    calls: list[Call]
    # The rules of the edition before, where there are any, and what reads otherwise.
    before: Regime | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return kinds_of(self.text)

    @property
    def families(self) -> list[tuple[str, list[Criterion]]]:
        return families_of(self.text)


@dataclass(frozen=True)
class Boundaries:
    """The instants at which calls open and close by themselves, in order."""

    openings: list[datetime]
    closings: list[datetime]

    def passed(self, at: datetime) -> int:
        """Count those behind us: a call is open at both instants, and pages change."""
        return bisect_right(self.openings, at) + bisect_left(self.closings, at)


def boundaries() -> Boundaries:
    """Return when calls open and close."""
    known = list(Call.objects.order_by().values_list("opens_at", "closes_at"))
    return Boundaries(
        sorted(opens for opens, _ in known if opens),
        sorted(closes for _, closes in known if closes),
    )


def kinds_of(text: RegimeText) -> list[str]:
    """Return the kinds of organisations that may apply; none: any."""
    labels = dict(Organisation.Kind.choices)
    return [str(labels[one]) for one in text.eligibility.kinds]


def families_of(text: RegimeText) -> list[tuple[str, list[Criterion]]]:
    """Return the criteria, family by family, in the order of the text."""
    grouped = groupby(text.criteria, lambda criterion: criterion.heading)
    return [(family, list(criteria)) for family, criteria in grouped]


def state_of(call: Call, at: datetime) -> str:
    """Say where a call stands; this is computed from its dates, never stored."""
    if not call.opens_at or not call.closes_at:
        return "unknown"
    if at > call.closes_at:
        return "closed"
    return "open" if call.is_open(at) else "upcoming"


def call_pages(at: datetime) -> list[CallPage]:
    """Return every edition that may be shown, the latest first."""
    return [CallPage(call, state_of(call, at), None, []) for call in editions()]


def call_page(call: Call, at: datetime) -> CallPage:
    """Return all that is public of a call."""
    regime = call.regime
    shown = regime and (regime.published_at or not call.published_at)
    asked = groupby(
        call.questions.order_by("position", "pk"),
        lambda question: question.localised("section"),
    )
    return CallPage(
        call,
        state_of(call, at),
        regimes.read(regime.text) if regime and shown else None,
        [(section, list(questions)) for section, questions in asked],
        list(call.regime_changes.select_related("before", "after")),
    )


def regime_page(regime: Regime) -> RegimePage:
    """Return a regime with its editions, and what it changed."""
    text, calls = regimes.read(regime.text), list(editions().filter(regime=regime))
    before = regime_before(regime, calls)
    changes = changes_between(regimes.read(before.text), text) if before else []
    return RegimePage(regime, text, calls, before, changes)


def regime_before(regime: Regime, calls: list[Call]) -> Regime | None:
    """Return the published rules of the edition before a regime's first one."""
    known = editions().exclude(regime=None).exclude(regime=regime)
    first = min((call.rank for call in calls), default=None)
    earlier = known.filter(rank__lt=first) if first else known
    found = earlier.filter(regime__published_at__isnull=False).order_by("-rank").first()
    return found.regime if found else None


def calls_of_team() -> QuerySet[Call]:
    """Return every edition, drafts included, with how many dossiers came in."""
    handed_in = Count("dossiers", filter=Q(dossiers__submitted_at__isnull=False))
    return Call.objects.select_related("regime").annotate(dossier_count=handed_in)


def draft_calls() -> QuerySet[Call]:
    """Return the calls whose questions may still change."""
    return Call.objects.filter(published_at=None).select_related("regime")


def published_calls() -> QuerySet[Call]:
    """Return the calls that run under rules one may replace, with a reason."""
    found = Call.objects.filter(published_at__isnull=False).exclude(regime=None)
    return found.select_related("regime")


def keys_used(call: Call) -> set[str]:
    """Return the outcomes and committees that its decisions and opinions name."""
    outcomes = Decision.objects.filter(dossier__call=call).values_list("outcome")
    committees = Opinion.objects.filter(dossier__call=call).values_list("committee")
    return {key for (key,) in [*outcomes, *committees]}


def is_free_code(code: str) -> bool:
    return not Call.objects.filter(code=code).exists()


def is_free_key(key: str) -> bool:
    return not Regime.objects.filter(key=key).exists()


def regime_sources() -> list[tuple[str, str]]:
    """Return the texts one may start from: those that ship, then those kept here."""
    shipped = [
        (f"template/{key}", str(regimes.read(regimes.template(key)).title))
        for key in regimes.TEMPLATES
    ]
    kept = Regime.objects.values_list("key", "title")
    return [*shipped, *((f"regime/{key}", f"{title} ({key})") for key, title in kept)]


def regime_source(source: str) -> dict[str, Any]:
    """Return the text behind a choice of `regime_sources`."""
    kind, _, key = source.partition("/")
    if kind == "template":
        return regimes.template(key)
    return dict(Regime.objects.get(key=key).text)
