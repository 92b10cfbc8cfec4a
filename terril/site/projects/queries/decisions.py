"""Decisions on their way to the register: a secret until they are published."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from terril.site.people.models import Person
from terril.site.programme.models import Call, Decision, Dossier
from terril.site.programme.queries.decisions import untold_names
from terril.site.programme.queries.letters import pending_decisions
from terril.site.programme.queries.secrecy import calls_at_distance
from terril.site.programme.regimes import Outcome
from terril.site.programme.rules.editions import regime_of


@dataclass(frozen=True)
class PlanLine:
    """One decision about to be published."""

    receipt: str
    title: str
    outcome: Outcome
    act_reference: str


@dataclass(frozen=True)
class Plan:
    """All that one publication would make public, counted exactly."""

    call: Call
    lines: list[PlanLine]
    # Dossiers that the body has not decided yet: they stay where they are.
    undecided: int
    # Dossiers not retained whose holders have not been told: they come first.
    untold: list[str]
    fingerprint: str

    @property
    def counts(self) -> list[tuple[Outcome, int]]:
        """Return how many decisions there are of each outcome."""
        found = Counter(line.outcome for line in self.lines)
        return list(found.items())

    @property
    def to_register(self) -> int:
        return sum(line.outcome.is_labelled for line in self.lines)

    @property
    def to_list(self) -> int:
        """Count the projects to be matured that the rules make public."""
        return sum(line.outcome.is_listed for line in self.lines)

    @property
    def to_keep_silent(self) -> int:
        return len(self.lines) - self.to_register - self.to_list

    @property
    def may_publish(self) -> bool:
        return bool(self.lines) and not self.untold


def decisions_to_register() -> list[Decision]:
    """Return the published labels that the register does not hold yet."""
    return labels_among(published_decisions().filter(project=None))


def published_decisions() -> QuerySet[Decision]:
    """Return the public decisions, with all that registering one needs."""
    published = Decision.objects.filter(published_at__isnull=False)
    return published.select_related(
        "dossier__call__regime", "dossier__commune", "dossier__organisation"
    )


def labels_among(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that award the label."""
    return [one for one in decisions if outcome_of(one).is_labelled]


def outcome_of(decision: Decision) -> Outcome:
    """Return the outcome of a decision, as its regime defines it."""
    return regime_of(decision.dossier.call).outcome(decision.outcome)


def plan_of(call: Call) -> Plan:
    """Return what publishing the decisions of a call would make public."""
    decisions = list(pending_decisions(call))
    undecided = call.dossiers.filter(
        status=Dossier.Status.DELIBERATION, decision=None
    ).count()
    return Plan(
        call,
        [_line(decision) for decision in decisions],
        undecided,
        untold_names(call) if decisions else [],
        _fingerprint(decisions),
    )


def _line(decision: Decision) -> PlanLine:
    dossier = decision.dossier
    return PlanLine(
        dossier.receipt or dossier.code,
        str(dossier),
        outcome_of(decision),
        decision.act_reference,
    )


def calls_to_publish(person: Person) -> QuerySet[Call]:
    """Return the calls with secret decisions, for whoever is no candidate there."""
    secret = Decision.objects.filter(published_at=None)
    secret = secret.exclude(dossier__status=Dossier.Status.WITHDRAWN)
    calls = calls_at_distance(person)
    return calls.filter(pk__in=secret.values("dossier__call"))


def _fingerprint(decisions: list[Decision]) -> str:
    told = [
        f"{one.pk} {one.outcome} {one.prepared_at.isoformat()}" for one in decisions
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
