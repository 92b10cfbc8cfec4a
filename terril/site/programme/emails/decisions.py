"""Letters of decision: one template for each way of deciding."""

from datetime import datetime

from terril.site.commons.models import Letter
from terril.site.commons.outbox import Envelope, post, words
from terril.site.people.models import Person
from terril.site.programme.models import Decision
from terril.site.programme.queries.letters import batch_of, key_of, recipient
from terril.site.programme.rules.editions import regime_of


def decided(decision: Decision, person: Person, *, at: datetime) -> Letter | None:
    """Prepare the letter of a decision; a person sends it."""
    return post(_envelope(decision, person), to=recipient(person), at=at, hold=True)


def preview(decision: Decision, person: Person) -> tuple[str, str]:
    """Return the subject and body the letter would have, without writing it."""
    return words(_envelope(decision, person), to=recipient(person))


def _envelope(decision: Decision, person: Person) -> Envelope:
    outcome = regime_of(decision.dossier.call).outcome(decision.outcome)
    template = "refused"
    if outcome.is_labelled:
        template = "labelled"
    elif outcome.needs_reservations:
        template = "to_be_matured"
    return Envelope(
        template=f"programme/decision_{template}",
        # Not the dossier: what is about it is read where decisions are secret.
        about=decision,
        key=key_of(decision, person),
        context={
            "decision": decision,
            "dossier": decision.dossier,
            "outcome": outcome,
            "reservations": list(decision.reservations.all()),
        },
        batch=batch_of(decision.dossier.call),
    )
