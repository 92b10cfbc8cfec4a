"""The bounded search: which edition, perimeter or quarter would give the number."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from terril.analytics.quantities import Quantity
from terril.analytics.verdicts.holding import hold
from terril.analytics.verdicts.model import Figures, Proposal, Reading, Verdict

# No more than this is ever tried; what is left out is said.
MOST = 200
HOLDING = ("exact", "compatible")
PERIMETERS = (
    "territory:pma",
    "ze:3215",
    "ze:3205",
    "dep:62",
    "reg:32",
    "fr:metro",
)


def perimeters_for(indicator: str, places: Iterable[str]) -> list[str]:
    """Return the perimeters that a figure may be of: counts are never the nation's."""
    is_rate = indicator == "unemployment_rate"
    return [one for one in places if is_rate or not one.startswith(("reg:", "fr:"))]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a search found: matches among so many tries."""

    matches: tuple[Reading, ...]
    tried: int
    warning: str


def quarters_of(period: str) -> list[str]:
    """Return the quarterly readings of a year, or of a change between two years."""
    start, is_change, end = period.partition(":")
    if not start.isdigit() or (is_change and not end.isdigit()):
        return []
    if is_change:
        return [f"{start}-T{rank}:{end}-T{rank}" for rank in range(1, 5)]
    return [f"{start}-T{rank}" for rank in range(1, 5)]


def search(
    quantity: Quantity, proposal: Proposal, figures: Figures, places: Iterable[str]
) -> Trial:
    """Try other perimeters, quarters and editions, at most `MOST`, and count them.

    A warning is given when so many values were tried over so narrow a spread that
    some would match by chance alone: expected matches = tries x width of the stated
    interval / spread of the computed values.
    """
    tried: list[Reading] = []
    periods = [proposal.period, *quarters_of(proposal.period)]
    for place in places:
        for period in periods:
            tried += figures.readings(proposal.indicator, place, period)
    comparable = [compared(one, quantity) for one in tried][:MOST]
    matches = [one for one in comparable if hold(quantity, one).code in HOLDING]
    return Trial(tuple(matches), len(comparable), chance(quantity, comparable))


def compared(reading: Reading, quantity: Quantity) -> Reading:
    """Return a reading in the sense of the claim: a fall is said without its sign."""
    is_fall = (
        quantity.unit == "points" and reading.high < 0 and (quantity.value or 0) > 0
    )
    if not is_fall:
        return reading
    return Reading(
        **{
            **{name: getattr(reading, name) for name in Reading.__slots__},
            "low": -reading.high,
            "high": -reading.low,
            "label": f"{reading.label} (baisse)",
        }
    )


def chance(quantity: Quantity, tried: list[Reading]) -> str:
    """Return the warning of a search that would match by chance, or nothing."""
    low, high = quantity.interval.low, quantity.interval.high
    if len(tried) < 2:
        return ""
    values = [one.low for one in tried]
    spread = max(values) - min(values)
    width = spread if low is None or high is None else high - low
    expected = Decimal(len(tried)) * min(width / spread, Decimal(1)) if spread else 0
    if expected < 1:
        return ""
    return (
        f"{len(tried)} lectures essayées : le hasard seul en ferait correspondre "
        f"environ {expected:.0f}"
    )


def verdict_of(trial: Trial, pinned: Reading) -> Verdict | None:
    """Return what a search found beyond the pinned reading, if it found anything."""
    for code, is_same in (("other_edition", True), ("other_perimeter", False)):
        found = [one for one in trial.matches if _same(one, pinned) is is_same]
        if found:
            return Verdict(
                code,
                f"retrouvé ailleurs : {found[0].label}",
                found[0],
                readings=trial.matches,
                tried=trial.tried,
                warning=trial.warning,
            )
    return None


def _same(one: Reading, pinned: Reading) -> bool:
    return (one.place, one.period) == (pinned.place, pinned.period)
