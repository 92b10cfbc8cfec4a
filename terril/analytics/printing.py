"""Numbers as they are printed: half-up, and the signs of French or English prose."""

from decimal import ROUND_HALF_UP, Decimal

NARROW, HARD, MINUS = "\u202f", "\u00a0", "\u2212"


def rounded(value: Decimal, decimals: int = 0) -> Decimal:
    """Return a number rounded half-up, away from zero: 2.25 gives 2.3."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number(value: Decimal, decimals: int = 0, *, is_english: bool = False) -> str:
    """Write a number: 12 345,7 in French, 12,345.7 in English."""
    found = rounded(value, decimals)
    text = f"{abs(found):,.{decimals}f}"
    if not is_english:
        text = text.replace(",", NARROW).replace(".", ",")
    return f"{MINUS if found < 0 else ''}{text}"


def signed(value: Decimal, decimals: int = 0, *, is_english: bool = False) -> str:
    """Write a change with its sign: +1,2 or −1,2; what rounds to zero has none."""
    plus = "+" if rounded(value, decimals) > 0 else ""
    return f"{plus}{number(value, decimals, is_english=is_english)}"


def with_unit(text: str, unit: str) -> str:
    """Put a unit after a printed number, never at the start of the next line."""
    return f"{text}{HARD}{unit}" if unit else text
