"""Periods of facts: a year, a quarter, a month, or a change between two of them."""

import calendar
import re
from dataclasses import dataclass

WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:-(?:T(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?", re.ASCII
)
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
EXPECTED = (
    "a period is written 2022, 2022-T3 or 2022-12, and a change 2012:2022 "
    "or 2012-T4:2022-T4"
)


@dataclass(frozen=True, order=True)
class Period:
    """A year, one of its quarters, or one of its months."""

    year: int
    quarter: int = 0
    month: int = 0

    def __str__(self) -> str:
        if self.quarter:
            return f"{self.year}-T{self.quarter}"
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)

    @property
    def is_year(self) -> bool:
        return not (self.quarter or self.month)

    @property
    def fr(self) -> str:
        """Return the period as it is said in French: T3 2022, décembre 2022."""
        if self.quarter:
            return f"T{self.quarter}\u00a0{self.year}"
        return f"{MONTHS[self.month - 1]} {self.year}" if self.month else str(self.year)

    @property
    def first_day(self) -> str:
        """Return the first day of the period, YYYY-MM-DD."""
        month = self.month or self.quarter * 3 - 2 if not self.is_year else 1
        return f"{self.year}-{month:02}-01"

    @property
    def last_day(self) -> str:
        """Return the last day of the period, YYYY-MM-DD."""
        month = self.month or self.quarter * 3 or 12
        return f"{self.year}-{month:02}-{calendar.monthrange(self.year, month)[1]:02}"

    @property
    def quarters(self) -> tuple["Period", ...]:
        """Return the four quarters of a year."""
        return tuple(Period(self.year, quarter) for quarter in range(1, 5))


@dataclass(frozen=True)
class Change:
    """From a period to a later one of the same length."""

    start: Period
    end: Period

    def __str__(self) -> str:
        return f"{self.start}:{self.end}"


def period(text: str) -> Period:
    """Return the period that a text writes; ValueError otherwise."""
    found = WRITTEN.fullmatch(text)
    if not found:
        raise ValueError(f"“{text}”: {EXPECTED}")
    return Period(*(int(part or 0) for part in found.group("year", "quarter", "month")))


def span(text: str) -> Period | Change:
    """Return the period or the change that a text writes; ValueError otherwise."""
    start, is_change, end = text.partition(":")
    if not is_change:
        return period(start)
    change = Change(period(start), period(end))
    lengths = {(bool(p.quarter), bool(p.month)) for p in (change.start, change.end)}
    if len(lengths) > 1 or change.start >= change.end:
        raise ValueError(
            f"“{text}”: a change goes from a period to a later one of the same length"
        )
    return change
