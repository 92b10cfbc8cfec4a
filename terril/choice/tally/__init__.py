"""From ballots or merit profiles to a result that anyone can compute again."""

from terril.choice.tally.ballots import profile_of, read_ballots
from terril.choice.tally.majority import Gauge, gauge
from terril.choice.tally.methods import approval, majority_judgment, score
from terril.choice.tally.profiles import Profile, of
from terril.choice.tally.results import Outcome, Tally
from terril.choice.tally.scales import Scale
from terril.choice.tally.tables import read_profile
from terril.choice.tally.ties import Rule, Use, drawn

__all__ = [
    "Gauge",
    "Outcome",
    "Profile",
    "Rule",
    "Scale",
    "Tally",
    "Use",
    "approval",
    "drawn",
    "gauge",
    "majority_judgment",
    "of",
    "profile_of",
    "read_ballots",
    "read_profile",
    "score",
]
