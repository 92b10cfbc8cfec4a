"""The interval that a printed number allows: its precision, then its qualifier."""

from decimal import Decimal

from terril.analytics.quantities.amounts import Amount
from terril.analytics.quantities.model import Interval
from terril.analytics.quantities.ratios import Share

# Our own choices, printed on the page of the method.
ABOUT = Decimal("0.05")
NEARLY = Decimal("0.95")
RATIO = Decimal("0.025")
TIMES = Decimal("0.05")


def interval_of(item: Amount | Share, qualifier: str) -> Interval:
    """Return where the value may lie, in base units.

    A plain number: half the unit of its last printed digit on both sides; a ratio:
    2.5 points; a multiple: 5 %; a range: its ends. Then `widened` by the qualifier.
    """
    if isinstance(item, Amount) and item.value is None:
        return Interval(item.low, item.high)
    value = item.value or Decimal(0)
    return widened(value, _half(item, value), qualifier)


def _half(item: Amount | Share, value: Decimal) -> Decimal:
    if isinstance(item, Amount):
        return item.step / 2
    return RATIO if item.unit == "ratio" else abs(value) * TIMES


def widened(value: Decimal, half: Decimal, qualifier: str) -> Interval:
    """Widen an interval by its qualifier.

    about: ±5 %, or half the unit of the last digit that is not zero, the larger;
    nearly: from 95 % up to the value; the others leave an end open.
    """
    if qualifier == "about":
        half = max(abs(value) * ABOUT, last_digit(value) / 2, half)
    if qualifier == "nearly":
        ends = sorted((value * NEARLY, value))
        return Interval(ends[0], ends[1])
    low = None if qualifier in ("less_than", "at_most") else value - half
    high = None if qualifier in ("more_than", "at_least") else value + half
    if low is None or high is None:
        return Interval(None if low is None else value, None if high is None else value)
    return Interval(low, high)


def last_digit(value: Decimal) -> Decimal:
    """Return the unit of the last digit that is not zero: 100 for 4,700."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) if value else Decimal(1)
