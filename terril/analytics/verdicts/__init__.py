"""Verdicts on stated numbers: exact, compatible, gap, and what is missing."""

from terril.analytics.verdicts.judging import Grounds, check
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
    "Figures",
    "Grounds",
    "Proposal",
    "Reading",
    "Verdict",
    "check",
]
