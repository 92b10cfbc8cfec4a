"""Numbers, money, dates: one formatter, the conventions of French public figures."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_datetime
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from terril.analytics import printing

register = template.Library()

HARD, MINUS = printing.HARD, printing.MINUS

LARGE = ((Decimal(10) ** 9, "Md€", "bn"), (Decimal(10) ** 6, "M€", "m"))


def _is_english() -> bool:
    return (get_language() or "fr").startswith("en")


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """Write a number, rounded half-up: 12 345,7 in French, 12,345.7 in English."""
    if value is None or value == "":
        return gettext("not known")
    exact = Decimal(str(value))
    return printing.number(exact, int(decimals), is_english=_is_english())


@register.filter
def exact(value: Any) -> str:
    """Write a number with the decimals it has, and no more: 1 250 or 0,75."""
    _sign, _digits, exponent = Decimal(str(value)).normalize().as_tuple()
    return number(value, max(0, -int(exponent)))


@register.filter
def percent(value: Any, decimals: int = 1) -> str:
    """Write a rate given in percent: 9,0 %."""
    gap = "" if _is_english() else HARD
    return f"{number(value, decimals)}{gap}%"


@register.filter
def points(value: Any, decimals: int = 1) -> str:
    """Write a difference of rates: −5,1 pts, never %."""
    exact = Decimal(str(value))
    text = printing.signed(exact, int(decimals), is_english=_is_english())
    return printing.with_unit(text, "pts")


@register.filter
def money(value: Any, decimals: int | None = None) -> str:
    """Write an amount in euros: 12 500,50 €."""
    if value is None or value == "":
        return gettext("not known")
    amount = Decimal(str(value))
    if decimals is None:
        decimals = 0 if amount == amount.to_integral_value() else 2
    if _is_english():
        sign = MINUS if amount < 0 else ""
        return f"{sign}€{number(abs(amount), decimals)}"
    return f"{number(amount, decimals)}{HARD}€"


@register.filter
def large_money(value: Any, decimals: int = 1) -> str:
    """Write a large amount in short: 2,5 Md€, 85 M€."""
    amount = Decimal(str(value))
    for unit, french, english in LARGE:
        if abs(amount) >= unit:
            digits = 0 if amount % unit == 0 else decimals
            if _is_english():
                sign = MINUS if amount < 0 else ""
                return f"{sign}€{number(abs(amount) / unit, digits)}{english}"
            return f"{number(amount / unit, digits)}{HARD}{french}"
    return money(amount)


@register.filter
def day(value: date | datetime | None, style: str = "long") -> str:
    """Write a day: 1er mars 2026; `short` gives 01/03/2026."""
    if value is None:
        return gettext("not known")
    on = timezone.localdate(value) if isinstance(value, datetime) else value
    if style == "short":
        return on.strftime("%d/%m/%Y")
    if _is_english():
        return format_date(on, "d MMMM y", locale="en_GB")
    text = format_date(on, "d MMMM y", locale="fr")
    return text.replace("1 ", "1er ", 1) if on.day == 1 else text


@register.filter
def moment(value: datetime | None) -> str:
    """Write an instant in Paris time: 1er mars 2026 à 14 h 30."""
    if value is None:
        return gettext("not known")
    local = timezone.localtime(value)
    if _is_english():
        return format_datetime(local, "d MMMM y 'at' HH:mm", locale="en_GB")
    return f"{day(local)} à {local.hour}{HARD}h{HARD}{local.minute:02}"


@register.filter
def second(value: datetime | None) -> str:
    """Write an instant to the second with its time zone, as proofs need it."""
    if value is None:
        return gettext("not known")
    local = timezone.localtime(value)
    offset = f"UTC{local:%z}".removesuffix("00")
    clock = f"{local:%H:%M:%S}, {settings.TIME_ZONE} ({offset})"
    return f"{day(local)} {'at' if _is_english() else 'à'} {clock}"


@register.filter
def hour(value: datetime) -> str:
    """Write the time of an instant: 14 h 32."""
    local = timezone.localtime(value)
    if _is_english():
        return f"{local:%H:%M}"
    return f"{local.hour}{HARD}h{HARD}{local.minute:02}"


@register.filter
def file_size(value: int) -> str:
    """Write a size: 320 ko, 1,2 Mo."""
    units = ("B", "kB", "MB") if _is_english() else ("o", "ko", "Mo")
    size, rank = Decimal(value), 0
    while size >= 1000 and rank < 2:
        size, rank = size / 1000, rank + 1
    digits = 1 if rank == 2 and size < 10 else 0
    return f"{number(size, digits)}{HARD}{units[rank]}"


@register.filter
def siren(value: str) -> str:
    """Write a SIREN 3-3-3 or a SIRET 3-3-3-5, for the eye only."""
    groups = [value[0:3], value[3:6], value[6:9], value[9:]]
    return HARD.join(group for group in groups if group)


@register.filter
def days_left(until: datetime, at: datetime) -> str:
    """Say how many days are left: 12 days, or that it is today."""
    days = (timezone.localdate(until) - timezone.localdate(at)).days
    if days <= 0:
        return gettext("today")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)}
