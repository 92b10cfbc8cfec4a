"""What a verdict is made of: readings of a figure, and what holds a number to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from terril.analytics.quantities import Interval, Quantity

CODES = {
    "exact": "Confirmé",
    "compatible": "Compatible",
    "other_edition": "Confirmé sur une autre édition",
    "other_perimeter": "Confirmé sur un autre périmètre",
    "gap": "Écart",
    "unverifiable": "Non vérifiable",
    "stale": "Périmé",
}
# Verdicts that call for a correction: the text does not hold.
ALARMS = frozenset(("gap", "stale"))


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a claim, and what it gives: a value, or a range.

    `published_on` is the day of the edition (YYYY-MM-DD, or empty when not known).
    """

    indicator: str
    place: str
    period: str
    label: str
    low: Decimal
    high: Decimal
    unit: str
    edition: str = ""
    published_on: str = ""
    status_word: str = ""
    status: str = "official"
    # How far the rounding of the inputs may have moved the value.
    slack: Decimal = Decimal(0)

    @property
    def interval(self) -> Interval:
        """Return the computed value as an interval."""
        return Interval(self.low, self.high)

    @property
    def is_point(self) -> bool:
        """Tell whether one value was computed, not a range."""
        return self.low == self.high


class Figures(Protocol):
    """Whatever can compute figures: a release, a ledger, a table in a test."""

    def readings(self, indicator: str, place: str, period: str) -> Sequence[Reading]:
        """Return every stored edition's value; an empty period means the last one."""
        ...

    def refusal(self, indicator: str, place: str, period: str) -> str:
        """Return why there is no reading, in French."""
        ...

    def periods(self, indicator: str) -> Sequence[str]:
        """Return the periods known of an indicator, the last one last."""
        ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which figure a number speaks of, as far as its sentence tells."""

    indicator: str = ""
    place: str = ""
    period: str = ""
    missing: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a stated number, with everything that was weighed."""

    code: str
    reason: str
    computed: Reading | None = None
    missing: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    tried: int = 0
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A quantity of a text, the figure it seems to speak of, and its verdict."""

    quantity: Quantity
    proposal: Proposal = field(default_factory=Proposal)
    verdict: Verdict = Verdict("unverifiable", "")
