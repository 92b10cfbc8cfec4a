"""Letters to those who write dossiers: receipts, completions, withdrawals, teams."""

from datetime import datetime

from terril.site.commons.outbox import Envelope, post
from terril.site.programme.models import CompletionRequest, Dossier
from terril.site.programme.queries.answers import Reading
from terril.site.programme.queries.letters import holders, holders_among, recipient


def receipt(reading: Reading, *, at: datetime) -> None:
    """Acknowledge a deposit to its holders, with a copy of what was handed in."""
    dossier = reading.dossier
    for person in holders_among(reading.members):
        envelope = Envelope(
            template="programme/receipt",
            about=dossier,
            key=f"receipt/{dossier.pk}/{person.pk}",
            context={"dossier": dossier, "reading": reading},
        )
        post(envelope, to=recipient(person), at=at)


def completed(request: CompletionRequest, *, at: datetime) -> None:
    """Tell whoever asked that the holder has answered."""
    envelope = Envelope(
        template="programme/completed",
        about=request.dossier,
        key=f"completed/{request.pk}",
        context={"request": request, "dossier": request.dossier},
    )
    post(envelope, to=recipient(request.asked_by), at=at)


def withdrawn(dossier: Dossier, *, at: datetime) -> None:
    """Acknowledge a withdrawal to the holders."""
    for person in holders(dossier):
        envelope = Envelope(
            template="programme/withdrawn",
            about=dossier,
            key=f"withdrawn/{dossier.pk}/{person.pk}",
            context={"dossier": dossier},
        )
        post(envelope, to=recipient(person), at=at)
