"""Find the quantities of a text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from terril.analytics.quantities.amounts import Amount, amounts, is_bare_quantity
from terril.analytics.quantities.intervals import interval_of
from terril.analytics.quantities.lookaround import (
    WITH_STATUS,
    qualifier_around,
    status_of,
)
from terril.analytics.quantities.masks import HIDDEN, hide
from terril.analytics.quantities.model import Quantity, Span
from terril.analytics.quantities.pairs import join
from terril.analytics.quantities.ratios import Share, shares
from terril.analytics.quantities.sentences import language_of, sentences


def quantities(text: str, language: str = "") -> list[Quantity]:
    """Find every quantity of a text in French or English prose.

    Dates, years, quarters, ordinals and names with digits are no quantities. Offsets
    are those of `text`; values are in base units (euros, percent as printed, points,
    ratios between 0 and 1). `language` is "fr", "en", or empty to let it be guessed,
    sentence by sentence. Rules of intervals: our own conventions (docs/check.md).
    """
    usual = language or language_of(text) or "fr"
    found: list[Quantity] = []
    for span in sentences(text):
        part = text[span.start : span.end]
        spoken = language or language_of(part) or usual
        found += _of_sentence(part, span, spoken)
    return found


def _of_sentence(part: str, span: Span, language: str) -> Iterator[Quantity]:
    plain = hide(part)
    ratios = list(shares(plain, language))
    for ratio in ratios:
        plain = _blot(plain, ratio.start, ratio.end)
    numbers = join(plain, list(amounts(plain, language)))
    kept = [one for one in numbers if one.unit or is_bare_quantity_here(plain, one)]
    for one in kept:
        if not one.unit and one.factor >= 10**6 and MONEY.search(plain):
            one.unit = "EUR"
    items: list[Amount | Share] = [*ratios, *kept]
    items.sort(key=lambda one: one.start)
    spans = [(one.start, one.end) for one in items]
    around = _Around(span, language, plain, spans)
    yield from with_status_of_pairs(
        part, span.start, [_quantity(part, item, around) for item in items]
    )


# “Les deux tiers du budget, soit 2,4 millions”: euros go without saying.
MONEY = re.compile(
    r"(?i)€|\b(?:euros?|budgets?|coût\w*|coûte\w*|dotation|subventions?|crédits|enveloppe"
    r"|invest\w+|dépens\w+|recettes|facture|financ\w+|costs?|grants?|fund\w*|spen[dt]\w*)\b"
)
TIED = re.compile(
    r"(?i)[^,;:.]{0,30}\b(?:et|and|puis|then)(?: then)?\s(?:plus de |\w+ )?"
)


def with_status_of_pairs(part: str, at: int, found: list[Quantity]) -> list[Quantity]:
    """Give the status word of a pair to both: “27 puis 30 opérateurs recrutés”."""
    for rank, (first, second) in enumerate(pairwise(found)):
        between = part[first.span.end - at : second.span.start - at]
        if first.unit != second.unit or not TIED.fullmatch(between):
            continue
        status = first.status_word or second.status_word
        found[rank : rank + 2] = [
            replace(one, status_word=one.status_word or status)
            for one in (found[rank], second)
        ]
    return found


def is_bare_quantity_here(plain: str, amount: Amount) -> bool:
    """Tell whether a number without a unit counts: by its qualifier or its place."""
    if qualifier_around(plain, amount.start, amount.end):
        return True
    return is_bare_quantity(plain, amount)


def _blot(text: str, start: int, end: int) -> str:
    return text[:start] + HIDDEN * (end - start) + text[end:]


class _Around:
    """The sentence that a number stands in."""

    def __init__(
        self, span: Span, language: str, plain: str, spans: list[tuple[int, int]]
    ) -> None:
        self.span, self.language, self.plain, self.spans = span, language, plain, spans

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Return where the clause of a number begins and ends."""
        low = max((e for _, e in self.spans if e <= start), default=0)
        high = min((s for s, _ in self.spans if s >= end), default=len(self.plain))
        cuts = [low, *(m.end() for m in re.finditer(r"[;:]\s", self.plain[:start]))]
        stop = re.search(r"[;:]\s", self.plain[end:high])
        return max(cuts), end + stop.start() if stop else high


def _quantity(part: str, item: Amount | Share, around: _Around) -> Quantity:
    start, end = item.start, item.end
    qualifier = qualifier_around(part, start, end)
    if not qualifier and isinstance(item, Amount) and item.is_rough:
        qualifier = "about"
    unit = item.unit or "count"
    status = ""
    if unit in WITH_STATUS:
        status = status_of(part, (start, end), around.clause(start, end))
    at = around.span.start
    return Quantity(
        span=Span(at + start, at + end),
        text=part[start:end],
        value=item.value,
        interval=interval_of(item, qualifier),
        step=None if isinstance(item, Share) else item.step,
        unit=unit,
        qualifier=qualifier,
        status_word=status,
        sentence=around.span,
        language=around.language,
        note=item.note if isinstance(item, Amount) else "",
    )
