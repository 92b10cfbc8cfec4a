"""What waits for somebody: one question for each line of a desk."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from terril.site.people import roles
from terril.site.people.models import Person
from terril.site.people.roles import Role
from terril.site.programme import regimes
from terril.site.programme.models import (
    CompletionRequest,
    Decision,
    Dossier,
    Reservation,
)
from terril.site.programme.queries.dossiers import dossiers_seen_by
from terril.site.programme.queries.secrecy import calls_at_distance, decisions_seen_by
from terril.site.programme.rules.completeness import Mark, mark_of
from terril.site.programme.rules.dossiers import told

S = Dossier.Status
UNDERWAY = [S.SUBMITTED, S.ADMISSIBLE, S.EXAMINATION, S.DELIBERATION]


@dataclass(frozen=True)
class Draft:
    """A draft, and how many answers are missing or to be corrected."""

    dossier: Dossier
    missing_count: int


@dataclass(frozen=True)
class OpinionsAwaited:
    """A dossier under examination, and the committees that have yet to speak."""

    dossier: Dossier
    committees: list[regimes.Committee]


def drafts_of(person: Person) -> list[Draft]:
    """Return the drafts a person works on, the first to close first."""
    mine = dossiers_seen_by(person, roles.HOLDER).filter(status=S.DRAFT)
    drafts = mine.order_by("call__closes_at", "pk")
    return [
        Draft(dossier, _missing_count(dossier))
        for dossier in drafts.prefetch_related("call__questions", "answers")
    ]


def _missing_count(dossier: Dossier) -> int:
    values = {one.question_id: one.value for one in dossier.answers.all()}
    marks = [mark_of(one, values.get(one.pk)) for one in dossier.call.questions.all()]
    return marks.count(Mark.MISSING) + marks.count(Mark.WRONG)


def underway_of(person: Person) -> QuerySet[Dossier]:
    """Return the dossiers of a person that others now work on."""
    mine = dossiers_seen_by(person, roles.HOLDER)
    return mine.filter(status__in=UNDERWAY).order_by("submitted_at")


def completions_pending(person: Person, role: Role) -> QuerySet[CompletionRequest]:
    """Return what holders have yet to add, the first due first."""
    pending = CompletionRequest.objects.filter(
        answered_at=None, dossier__in=dossiers_seen_by(person, role)
    )
    return pending.select_related("dossier").order_by("due_on", "asked_at")


def reservations_pending(person: Person, role: Role) -> QuerySet[Reservation]:
    """Return the published conditions not yet lifted, the first due first."""
    pending = Reservation.objects.filter(
        lifted_at=None,
        decision__published_at__isnull=False,
        decision__dossier__in=dossiers_seen_by(person, role),
    )
    return pending.select_related("decision__dossier").order_by("due_on", "pk")


def dossiers_in(status: str, person: Person, role: Role) -> QuerySet[Dossier]:
    """Return the dossiers that stand somewhere, the first handed in first."""
    seen = dossiers_seen_by(person, role).filter(status=status)
    return seen.order_by("submitted_at", "pk")


def reports_to_write(person: Person, role: Role) -> QuerySet[Dossier]:
    """Return the dossiers under examination whose report is not finished."""
    return dossiers_in(S.EXAMINATION, person, role).filter(report__finished_at=None)


def opinions_awaited(
    person: Person, role: Role, committees: frozenset[str] = frozenset()
) -> list[OpinionsAwaited]:
    """Return the dossiers on which committees have yet to speak; all by default."""
    examined = dossiers_in(S.EXAMINATION, person, role)
    awaited = [
        OpinionsAwaited(dossier, _silent(dossier, committees))
        for dossier in examined.select_related("call__regime").prefetch_related(
            "opinions"
        )
    ]
    return [one for one in awaited if one.committees]


def _silent(dossier: Dossier, only: frozenset[str]) -> list[regimes.Committee]:
    if dossier.call.regime is None:
        return []
    given = {opinion.committee for opinion in dossier.opinions.all()}
    return [
        committee
        for committee in regimes.read(dossier.call.regime.text).committees
        if committee.key not in given and (not only or committee.key in only)
    ]


def decisions_to_prepare(person: Person, role: Role) -> QuerySet[Dossier]:
    """Return the dossiers on which the body must decide, the oldest first."""
    undecided = dossiers_in(S.DELIBERATION, person, role).filter(decision=None)
    return undecided.filter(call__in=calls_at_distance(person))


def decisions_to_publish(person: Person, role: Role) -> QuerySet[Decision]:
    """Return the decisions still secret, of those the person may read."""
    waiting = decisions_seen_by(person, role).filter(published_at=None)
    return waiting.select_related("dossier").order_by("prepared_at")


def counts_by_state(role: Role) -> dict[str, int]:
    """Return how many dossiers were handed in, by the state a role knows of."""
    handed_in = Dossier.objects.filter(submitted_at__isnull=False)
    found = handed_in.order_by().values_list("status").annotate(Count("pk"))
    counts: Counter[str] = Counter()
    for status, count in found:
        counts[told(status, role)] += count
    return counts
