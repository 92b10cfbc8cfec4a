"""Decisions, secret until published: what the secretary prepares, what others may read."""

from dataclasses import dataclass

from django.db.models import QuerySet

from terril.site.programme.models import (
    Call,
    CompletionRequest,
    Decision,
    Dossier,
    Opinion,
)
from terril.site.programme.queries import letters
from terril.site.programme.regimes import Outcome, RegimeText
from terril.site.programme.rules.editions import regime_of

S = Dossier.Status


@dataclass(frozen=True)
class BoardRow:
    """A dossier before the deciding body: its opinions side by side, its decision."""

    dossier: Dossier
    opinions: list[Opinion | None]
    decision: Decision | None
    outcome: Outcome | None


@dataclass(frozen=True)
class Board:
    """The decisions of an edition, as the secretary sees them."""

    call: Call
    regime: RegimeText
    rows: list[BoardRow]

    @property
    def awaiting_count(self) -> int:
        return sum(row.decision is None for row in self.rows)

    @property
    def secret_count(self) -> int:
        return sum(
            bool(row.decision and not row.decision.published_at) for row in self.rows
        )

    @property
    def published_count(self) -> int:
        return sum(
            bool(row.decision and row.decision.published_at) for row in self.rows
        )


def decision_of(dossier: Dossier) -> Decision | None:
    """Return the decision of a dossier, secret or not: for the secretary's eyes."""
    found = Decision.objects.filter(dossier=dossier)
    return found.select_related("prepared_by", "dossier").first()


def published_decision(dossier: Dossier) -> Decision | None:
    """Return the decision of a dossier once it is public."""
    found = Decision.objects.filter(dossier=dossier, published_at__isnull=False)
    return found.prefetch_related("reservations").first()


def is_completion_pending(dossier: Dossier) -> bool:
    return CompletionRequest.objects.filter(dossier=dossier, answered_at=None).exists()


def untold_names(call: Call) -> list[str]:
    """Return the dossiers not retained whose holders have not been told."""
    regime = regime_of(call)
    not_retained = [
        decision
        for decision in letters.pending_decisions(call)
        if not regime.outcome(decision.outcome).is_labelled
    ]
    return [
        decision.dossier.receipt or decision.dossier.code
        for decision in letters.untold(not_retained)
    ]


def board(call: Call, seen: QuerySet[Dossier]) -> Board:
    """Return the dossiers that the body decides on, among those one may see."""
    regime = regime_of(call)
    dossiers = (
        seen.filter(call=call, status__in=[S.DELIBERATION, S.DECIDED])
        .select_related("decision__prepared_by", "organisation", "commune")
        .prefetch_related("opinions")
        .order_by("receipt")
    )
    return Board(call, regime, [_row(dossier, regime) for dossier in dossiers])


def _row(dossier: Dossier, regime: RegimeText) -> BoardRow:
    given = {opinion.committee: opinion for opinion in dossier.opinions.all()}
    decision = getattr(dossier, "decision", None)
    return BoardRow(
        dossier,
        [given.get(key) for key in regime.committee_keys],
        decision,
        regime.outcome(decision.outcome) if decision else None,
    )
