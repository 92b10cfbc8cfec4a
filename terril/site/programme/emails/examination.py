"""Letters of the examination: what is missing, why a dossier is dismissed."""

from datetime import datetime

from terril.site.commons.outbox import Envelope, post
from terril.site.programme.models import Admissibility, CompletionRequest
from terril.site.programme.queries.letters import holders, recipient
from terril.site.programme.rules.examination import GROUNDS


def completion_asked(request: CompletionRequest, *, at: datetime) -> None:
    """Tell the holders what is missing."""
    for person in holders(request.dossier):
        envelope = Envelope(
            template="programme/completion_asked",
            about=request.dossier,
            key=f"completion/{request.pk}/{person.pk}",
            context={"request": request, "dossier": request.dossier},
        )
        post(envelope, to=recipient(person), at=at)


def dismissed(ruling: Admissibility, *, at: datetime) -> None:
    """Prepare the letter of a dossier that is not admissible; a person sends it."""
    for person in holders(ruling.dossier):
        envelope = Envelope(
            template="programme/dismissed",
            about=ruling.dossier,
            key=f"dismissal/{ruling.pk}/{person.pk}",
            context={
                "dossier": ruling.dossier,
                "grounds": [GROUNDS[ground] for ground in ruling.grounds],
                "reasons": ruling.reasons,
            },
        )
        post(envelope, to=recipient(person), at=at, hold=True)
