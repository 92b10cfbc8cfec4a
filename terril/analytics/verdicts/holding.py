"""Hold a stated number to a computed one: the arithmetic of verdicts."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from terril.analytics.quantities import Quantity
from terril.analytics.quantities.model import Interval
from terril.analytics.verdicts.model import Reading, Verdict

# A range wider than this would confirm everything. Our own choice.
WIDEST = Decimal("1.25")
TOO_WIDE = "fourchette trop large"
FRENCH = {
    "about": "« environ »",
    "nearly": "« près de »",
    "more_than": "« plus de »",
    "less_than": "« moins de »",
    "at_least": "« au moins »",
    "at_most": "« au plus »",
}


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Return a value rounded half-up, away from zero, to a multiple of `step`."""
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def truncated(value: Decimal, step: Decimal) -> Decimal:
    """Return a value cut towards zero to a multiple of `step`."""
    cut = (abs(value) / step).quantize(Decimal(1), rounding=ROUND_FLOOR) * step
    return cut.copy_sign(value) if cut else cut


def is_too_wide(reading: Reading) -> bool:
    """Tell whether a computed range is too wide to confirm anything."""
    low, high = sorted((abs(reading.low), abs(reading.high)))
    return not reading.is_point and (
        reading.low * reading.high <= 0 or high > low * WIDEST
    )


def hold(quantity: Quantity, reading: Reading) -> Verdict:
    """Return the verdict of one stated quantity against one reading.

    `exact` when the computed value, rounded half-up at the printed precision, is the
    stated one and the qualifier allows it; `compatible` when the stated interval
    meets the computed one, or the number was cut instead of rounded; otherwise `gap`,
    with its sign (stated minus computed, in the unit of the claim). Both must be in
    the same unit. Source of the rules: docs/check.md.
    """
    if is_too_wide(reading):
        return Verdict("unverifiable", TOO_WIDE, reading)
    if _is_exact(quantity, reading):
        return Verdict("exact", "valeur retrouvée à la précision imprimée", reading)
    why = _why_compatible(quantity, reading)
    if why:
        return Verdict("compatible", why, reading)
    return Verdict("gap", f"écart de {gap_text(quantity, reading)}", reading)


def _is_exact(quantity: Quantity, reading: Reading) -> bool:
    if quantity.value is None or quantity.step is None:
        return False
    is_allowed = not quantity.qualifier or quantity.interval.meets(reading.interval)
    ends = {rounded(end, quantity.step) for end in (reading.low, reading.high)}
    return is_allowed and ends == {rounded(quantity.value, quantity.step)}


def _is_truncated(quantity: Quantity, reading: Reading) -> bool:
    if quantity.qualifier or quantity.value is None or quantity.step is None:
        return False
    ends = {truncated(end, quantity.step) for end in (reading.low, reading.high)}
    return ends == {quantity.value}


def _why_compatible(quantity: Quantity, reading: Reading) -> str:
    """Return why a number that is not exact is not wrong either, or nothing."""
    if quantity.interval.meets(reading.interval):
        return _why_met(quantity, reading)
    slack = Interval(reading.low - reading.slack, reading.high + reading.slack)
    if quantity.interval.meets(slack):
        return "arrondi des données d’entrée"
    is_cut = _is_truncated(quantity, reading)
    return "troncature au lieu d’un arrondi" if is_cut else ""


def _why_met(quantity: Quantity, reading: Reading) -> str:
    if quantity.qualifier:
        return f"{FRENCH[quantity.qualifier]} le permet"
    if not reading.is_point:
        return "arrondi des données d’entrée"
    if quantity.value is None:
        return "dans la fourchette annoncée"
    return "l’intervalle que disent les mots la contient"


def gap(quantity: Quantity, computed: Interval) -> Decimal:
    """Return how far the stated value lies from the computed ones, with its sign."""
    low, high = computed.low or Decimal(0), computed.high or Decimal(0)
    ends = (quantity.value, quantity.interval.low, quantity.interval.high)
    stated = next(end for end in ends if end is not None)
    if quantity.value is None and quantity.interval.high is not None:
        stated = min((stated, quantity.interval.high), key=lambda one: abs(one - low))
    return stated - min((low, high), key=lambda end: abs(stated - end))


SUFFIX = {
    "EUR": "€",
    "percent": "%",
    "points": "points",
    "jobs": "emplois",
    "people": "personnes",
    "inhabitants": "habitants",
    "communes": "communes",
    "projects": "projets",
    "labels": "labels",
    "companies": "entreprises",
    "dwellings": "logements",
    "years": "ans",
    "months": "mois",
    "days": "jours",
    "hectares": "ha",
    "km": "km",
    "kWh": "kWh",
    "tonnes": "t",
    "m2": "m²",
    "times": "fois",
}


def gap_text(quantity: Quantity, reading: Reading) -> str:
    """Return the signed gap in French, in the unit of the claim."""
    return with_suffix(gap(quantity, reading.interval), quantity.unit, is_signed=True)


def with_suffix(value: Decimal, unit: str, *, is_signed: bool = False) -> str:
    """Return a value in French with its unit: −5,1 points, 1 439,8 M€."""
    suffix = SUFFIX.get(unit, "")
    if unit == "EUR" and abs(value) >= 10**6:
        value, suffix = value / 10**6, "M€"
    text = f"{abs(value):,.3f}".rstrip("0").rstrip(".")
    text = text.replace(",", "\u202f").replace(".", ",")
    sign = "−" if value < 0 else "+" if is_signed and value > 0 else ""
    return f"{sign}{text}\u00a0{suffix}" if suffix else f"{sign}{text}"
