"""Numbers with their units, one at a time; pairs are joined afterwards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from terril.analytics.quantities.numerals import (
    FIGURES,
    SPACES,
    Numeral,
    read_figures,
    read_words,
    words_pattern,
)
from terril.analytics.quantities.units import (
    MULTIPLIER,
    MULTIPLIERS,
    SHORT,
    STOP,
    UnitWords,
    unit_after,
)

NUMBER = {
    language: re.compile(
        rf"(?P<money>[€£$][ \u00a0]?)?(?<![\w.,/])(?:(?P<figures>(?>{FIGURES}))(?![\w/°])"
        rf"|(?P<stuck>\d+(?:[.,]\d+)*)(?=[kKmM]€|Md|bn\b|m\b|k\b|ha\b|km|m²|m2|t\b|[kMGT]Wh|kg|pts?\b|aines?\b|M\b)"
        rf"|(?P<words>(?i:{words_pattern(language)})))"
    )
    for language in ("fr", "en")
}
SIGN = re.compile(rf"(?:^|[{SPACES}(])([-−–+])[{SPACES}]?$")


@dataclass(slots=True)
class Amount:
    """A number of a sentence with what follows it; offsets are the sentence's."""

    start: int
    end: int
    value: Decimal | None
    step: Decimal
    unit: str = ""
    factor: Decimal = Decimal(1)
    noun: str = ""
    note: str = ""
    is_rough: bool = False
    is_word: bool = False
    is_grouped: bool = False
    has_money: bool = False
    low: Decimal | None = None
    high: Decimal | None = None

    def scaled(self, factor: Decimal) -> None:
        """Count in base units."""
        self.factor *= factor
        self.step *= factor
        self.value = None if self.value is None else self.value * factor


def amounts(text: str, language: str) -> Iterator[Amount]:
    """Find every number of a sentence, with its unit when it has one."""
    at = 0
    while found := NUMBER[language].search(text, at):
        amount = _amount(text, found, language)
        at = max(amount.end if amount else 0, found.end())
        if amount:
            yield amount


def _amount(text: str, found: re.Match[str], language: str) -> Amount | None:
    numeral = _numeral(text, found, language)
    if numeral is None:
        return None
    amount = Amount(found.start(), found.end(), numeral.value, numeral.step)
    amount.note, amount.is_rough = numeral.note, numeral.is_rough
    amount.is_word = found["words"] is not None
    amount.is_grouped = bool(re.search(rf"\d[{SPACES}.,]\d", found[0]))
    sign = SIGN.search(text[: amount.start])
    if sign and not amount.is_word:
        amount.start = sign.start(1)
        _negate(amount, sign[1])
    money = found["money"] or ""
    is_linked = _multiply(text, amount, has_money=bool(money)) or amount.is_rough
    is_linked = is_linked or (amount.is_word and amount.step > 1)
    if money:
        amount.has_money = True
        amount.unit = "EUR" if money[0] == "€" else "count"
    else:
        _measure(amount, unit_after(text, amount.end, is_linked=is_linked))
    return amount


def _negate(amount: Amount, sign: str) -> None:
    if sign != "+" and amount.value is not None:
        amount.value = -amount.value


def _numeral(text: str, found: re.Match[str], language: str) -> Numeral | None:
    if found["words"] is None:
        return read_figures(found["figures"] or found["stuck"], language)
    words = found["words"]
    # A capital inside a sentence is a name: Trois-Rivières, Les Quatre Vents.
    is_name = words[0].isupper() and re.search(r"[\w,]\s*$", text[: found.start()])
    return None if is_name else read_words(words, language)


def _multiply(text: str, amount: Amount, *, has_money: bool) -> bool:
    at = amount.end + (text[amount.end : amount.end + 1] in (*SPACES,))
    found = MULTIPLIER.match(text, at) or (has_money and SHORT.match(text, at))
    if not found:
        return False
    amount.scaled(Decimal(MULTIPLIERS[found[0]]))
    amount.end = found.end()
    return True


def _measure(amount: Amount, words: UnitWords | None) -> None:
    if words is None:
        return
    amount.unit, amount.noun, amount.end = words.unit, words.noun, words.end
    amount.scaled(words.factor)


IDENTIFIED = re.compile(r"(?:^|[^\w])([A-Za-zÀ-ÿ][\w’'-]*)[ \u00a0]$")


def is_bare_quantity(text: str, amount: Amount) -> bool:
    """Tell whether a number without a unit counts something, or only names it."""
    if amount.is_word and not amount.is_rough and amount.step == 1:
        return False
    before = IDENTIFIED.search(text[: amount.start])
    if amount.is_grouped or amount.factor > 1 or before is None:
        return True
    return re.split("['’]", before[1])[-1].lower() in STOP
