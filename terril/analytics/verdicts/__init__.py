"""Verdicts on stated numbers: exact, compatible, gap, and what is missing."""

from terril.analytics.verdicts.judging import Desk, check
from terril.analytics.verdicts.model import (
    ALARMS,
    CODES,
    Checked,
    Figures,
    Proposal,
    Reading,
    Verdict,
)

__all__ = [
    "ALARMS",
    "CODES",
    "Checked",
    "Desk",
    "Figures",
    "Proposal",
    "Reading",
    "Verdict",
    "check",
]
