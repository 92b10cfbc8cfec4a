"""Verbs of the deciding body's secretary."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from terril.site.commons import journal
from terril.site.people.models import Person
from terril.site.programme.actions.letters import set_letters_aside
from terril.site.programme.models import Call, Decision, Dossier, Reservation
from terril.site.programme.queries import decisions as queries, letters
from terril.site.programme.queries.locks import lock
from terril.site.programme.rules import decisions as rules
from terril.site.programme.rules.decisions import DecisionDraft
from terril.site.programme.rules.editions import regime_of


@transaction.atomic
def prepare_decision(
    dossier: Dossier, draft: DecisionDraft, *, by: Person, at: datetime
) -> Decision:
    """Write what the body decided, in secret; a correction keeps what it was before."""
    lock(dossier)
    existing = queries.decision_of(dossier)
    regime = regime_of(dossier.call)
    rules.check_no_completion(is_pending=queries.is_completion_pending(dossier))
    rules.check_decision(dossier, draft, existing=existing, regime=regime, at=at)

    former = [*existing.former, _version(existing, draft)] if existing else []
    if existing:
        set_letters_aside(existing, by=by, at=at)
        existing.reservations.all().delete()
    decision = _written(dossier, draft, former, by=by, at=at)

    # The seal proves what stood there before; the words wait for publication.
    verb = "decision.corrected" if existing else "decision.prepared"
    note = f"sha256 {_seal(former[-1])}" if existing else ""
    journal.record(verb, about=decision, by=by, at=at, note=note)
    return decision


@transaction.atomic
def publish_decision(dossier: Dossier, *, by: Person, at: datetime) -> Decision:
    """Make one decision public, as at a ceremony."""
    lock(dossier)
    decision = rules.check_is_prepared(queries.decision_of(dossier))
    status = rules.check_publication(dossier, decision)
    rules.check_told(queries.untold_names(dossier.call))

    _publish(decision, dossier, status, at=at)

    _record_publication(decision, by=by, at=at)
    return decision


@transaction.atomic
def publish_decisions(call: Call, *, by: Person, at: datetime) -> list[Decision]:
    """Make every prepared decision of a call public, all together."""
    lock(call)
    decisions = list(letters.pending_decisions(call))
    rules.check_there_are_decisions(decisions)
    rules.check_told(queries.untold_names(call))

    for decision in decisions:
        dossier = decision.dossier
        lock(dossier)
        status = rules.check_publication(dossier, decision)
        _publish(decision, dossier, status, at=at)
        _record_publication(decision, by=by, at=at)

    journal.record("call.decisions_published", about=call, by=by, at=at)
    return decisions


@transaction.atomic
def lift_reservation(
    reservation: Reservation, evidence: str, *, by: Person, at: datetime
) -> None:
    """Say that a condition is met, and what shows it."""
    lock(reservation)
    rules.check_lift(reservation, evidence)

    reservation.lifted_at, reservation.evidence = at, evidence
    reservation.save(update_fields=["lifted_at", "evidence"])

    dossier = reservation.decision.dossier
    note = reservation.text
    journal.record("dossier.reservation_lifted", about=dossier, by=by, at=at, note=note)


def _written(
    dossier: Dossier,
    draft: DecisionDraft,
    former: list[dict[str, Any]],
    *,
    by: Person,
    at: datetime,
) -> Decision:
    decision, _ = Decision.objects.update_or_create(
        dossier=dossier,
        defaults={
            "outcome": draft.outcome,
            "reasons": draft.reasons,
            "act_reference": draft.act_reference,
            "decided_on": draft.decided_on,
            "prepared_by": by,
            "prepared_at": at,
            "former": former,
        },
    )
    Reservation.objects.bulk_create(
        Reservation(
            decision=decision, text=one.text, owner=one.owner, due_on=one.due_on
        )
        for one in draft.reservations
    )
    return decision


def _version(decision: Decision, draft: DecisionDraft) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "reasons": decision.reasons,
        "act_reference": decision.act_reference,
        "decided_on": decision.decided_on.isoformat(),
        "reservations": [
            {"text": one.text, "owner": one.owner}
            for one in decision.reservations.all()
        ],
        "prepared_by": decision.prepared_by_id,
        "prepared_at": decision.prepared_at.isoformat(),
        "corrected_because": draft.correction,
    }


def _seal(version: dict[str, Any]) -> str:
    return hashlib.sha256(_in_words(version).encode()).hexdigest()


def _in_words(version: dict[str, Any]) -> str:
    return json.dumps(version, ensure_ascii=False, sort_keys=True)


def _publish(
    decision: Decision, dossier: Dossier, status: str, *, at: datetime
) -> None:
    decision.published_at = at
    decision.save(update_fields=["published_at"])
    dossier.status = status
    dossier.save(update_fields=["status"])


def _record_publication(decision: Decision, *, by: Person, at: datetime) -> None:
    # What was corrected in secret is told once it no longer is one.
    note = "\n".join(_in_words(version) for version in decision.former)
    journal.record("decision.published", about=decision, by=by, at=at, note=note)
    journal.record("dossier.decided", about=decision.dossier, by=by, at=at)
