"""Regimes, calls, dossiers, opinions, decisions."""

from terril.site.programme.models.access import AccessCode
from terril.site.programme.models.calls import (
    Call,
    Question,
    Regime,
    RegimeChange,
)
from terril.site.programme.models.decisions import (
    Admissibility,
    AnalysisReport,
    CompletionRequest,
    Decision,
    Opinion,
    Reservation,
)
from terril.site.programme.models.dossiers import (
    Answer,
    Dossier,
    DossierMember,
)

__all__ = [
    "AccessCode",
    "Admissibility",
    "AnalysisReport",
    "Answer",
    "Call",
    "CompletionRequest",
    "Decision",
    "Dossier",
    "DossierMember",
    "Opinion",
    "Question",
    "Regime",
    "RegimeChange",
    "Reservation",
]
