"""What is read in prose: a quantity, and the interval that its words allow."""

from dataclasses import dataclass
from decimal import Decimal

UNITS = (
    *("EUR", "jobs", "people", "inhabitants", "communes", "projects", "labels"),
    *("companies", "dwellings", "percent", "points", "ratio", "times", "hectares"),
    *("km", "kWh", "tonnes", "years", "months", "days", "m2", "count"),
)
QUALIFIERS = ("", "about", "nearly", "more_than", "less_than", "at_least", "at_most")
STATUS_WORDS = (
    *("", "announced", "planned", "committed", "created"),
    *("recruited", "kept", "lost", "realised"),
)


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a value may lie; an end that is None is open."""

    low: Decimal | None
    high: Decimal | None

    def meets(self, other: "Interval") -> bool:
        """Tell whether two intervals have a value in common."""
        return _reaches(self.high, other.low) and _reaches(other.high, self.low)

    def is_open(self) -> bool:
        """Tell whether an end is missing."""
        return self.low is None or self.high is None


def _reaches(high: Decimal | None, low: Decimal | None) -> bool:
    return high is None or low is None or high >= low


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in a text: Python offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text with its unit words, and what was said around it.

    `value` is None for a range. `step` is the unit of the last printed digit, in
    base units; None where the words have no digits (“un sur trois”).
    """

    span: Span
    text: str
    value: Decimal | None
    interval: Interval
    step: Decimal | None
    unit: str
    qualifier: str
    status_word: str
    sentence: Span
    language: str
    note: str = ""
