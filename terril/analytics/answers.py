"""What is answered to a question about a figure: a value with its proof, or why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from terril.analytics.catalogue import Indicator
from terril.analytics.geography.atlas import Place
from terril.analytics.periods import Change, Period
from terril.analytics.printing import number, signed, with_unit
from terril.analytics.releases import Published


class FigureRefused(Exception):
    """No figure can be given: why, under which status, and what could be asked."""

    def __init__(
        self, reason: str, *, status: str = "absent", proposals: tuple[str, ...] = ()
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.proposals = proposals


@dataclass(frozen=True)
class Question:
    """Which figure is asked: of what, where, when, and as it was known when."""

    key: str
    place: str
    period: str
    as_of: str = ""
    edition: str = ""
    decimals: int | None = None


@dataclass(frozen=True)
class Input:
    """One observation that a figure was computed from, and where it was read."""

    place: str
    period: str
    value: Decimal
    edition: str
    file: str
    sheet: str
    line: int
    mark: str = ""


@dataclass(frozen=True)
class Computed:
    """A value before it is told: exact, how it was made, and what to know of it."""

    value: Decimal
    formula: str
    inputs: tuple[Input, ...]
    status: str = "official"
    warnings: tuple[str, ...] = ()
    coverage: Mapping[str, Any] | None = None
    # Editions it also rests on: that of the weights.
    others: tuple[str, ...] = ()
    # The two ends of a change, when it is one.
    ends: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Figure:
    """A figure as it is told, with all that leads to it."""

    indicator: Indicator
    place: Place
    period: Period | Change
    computed: Computed
    editions: tuple[Published, ...]
    warnings: tuple[str, ...] = ()
    decimals: int = 0
    sql: str = field(default="", compare=False)

    @property
    def unit(self) -> str:
        """Return the unit, which for a change of rates is the point."""
        is_change = isinstance(self.period, Change)
        return (
            "points"
            if is_change and self.indicator.unit == "%"
            else self.indicator.unit
        )

    @property
    def printed(self) -> str:
        """Return the figure as it is printed in French, rounded half-up."""
        write = signed if isinstance(self.period, Change) else number
        return with_unit(write(self.computed.value, self.decimals), self.unit)
