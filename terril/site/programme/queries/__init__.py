"""Every read of the programme worth a name."""

from terril.site.programme.queries.calls import Boundaries, boundaries
from terril.site.programme.queries.decisions import published_decision
from terril.site.programme.queries.dossiers import dossiers_seen_by
from terril.site.programme.queries.letters import (
    letters_sent_about,
    pending_decisions,
)

__all__ = [
    "Boundaries",
    "boundaries",
    "dossiers_seen_by",
    "letters_sent_about",
    "pending_decisions",
    "published_decision",
]
