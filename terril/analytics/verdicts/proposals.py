"""Propose which figure a number speaks of: its unit, the words, the place, the period.

Nothing is accepted by itself: a person confirms. What the text does not say is
listed as missing, never guessed in silence.
"""

import re
from dataclasses import dataclass

from terril.analytics.quantities import Quantity
from terril.analytics.verdicts.context import (
    FAR,
    Gazetteer,
    blotted,
    nearest,
    only,
    periods,
)
from terril.analytics.verdicts.ledger import entries
from terril.analytics.verdicts.model import Proposal

PLACE, PERIOD, INDICATOR = "lieu", "période", "indicateur"


@dataclass(frozen=True, slots=True)
class Rule:
    """Units and words that point to an indicator."""

    indicator: str
    units: frozenset[str]
    words: re.Pattern[str]
    is_dated: bool = True


def _rule(indicator: str, units: str, words: str, *, is_dated: bool = True) -> Rule:
    return Rule(
        indicator, frozenset(units.split()), re.compile(f"(?i){words}"), is_dated
    )


# An operation that is named speaks of its money and its jobs.
NAMES = "|".join(
    re.escape(name)
    for name in sorted({name for one in entries() for name in one.names})
)
# The first that fits is proposed.
RULES = (
    _rule("unemployment_rate", "percent points", r"ch[ôo]mage|unemploy|jobless"),
    _rule("poverty_rate", "percent points", r"pauvreté|pauvres|poverty"),
    _rule(
        "population_total", "inhabitants people", r"population totale|total population"
    ),
    _rule("population_municipal", "inhabitants", r""),
    _rule(
        "population_municipal", "people count", r"population\b|habitants|à vivre ici"
    ),
    _rule("communes_count", "communes", r"", is_dated=False),
    _rule(
        "relance_industrial_companies",
        "companies projects",
        r"france relance|plan de relance|recovery plan",
        is_dated=False,
    ),
    _rule(
        "programme_laureates",
        "projects",
        r"france 2030|lauréats? du programme",
        is_dated=False,
    ),
    _rule(
        "labels_given", "labels projects", r"label|distinction|labellis", is_dated=False
    ),
    _rule(
        "investment",
        "EUR",
        rf"invest|engag|usine|plant\b|factory|implant|\b(?:{NAMES})\b",
    ),
    _rule(
        "jobs",
        "jobs",
        r"invest|annonc|announc|créés?\b|created|usine|plant\b|factory|implant|engag"
        r"|recrut|embauch|hired|perdu|supprim|maintenu|\blost\b|\bkept\b"
        rf"|\b(?:{NAMES})\b",
    ),
)


def propose(
    quantity: Quantity, text: str, others: list[Quantity], gazetteer: Gazetteer
) -> Proposal:
    """Propose indicator, place and period for a quantity among those of its sentence.

    Arguments: the quantity, the whole text, the quantities of the same sentence, and
    the names of places at hand.
    """
    sentence = text[quantity.sentence.start : quantity.sentence.end]
    rule = rule_of(quantity, text)
    spans = [one.span for one in others]
    said = list(gazetteer.places(sentence))
    place = nearest(quantity, said, spans, sentence) or only(quantity, said)
    plain = blotted(sentence, quantity.sentence.start, spans)
    period = nearest(quantity, periods(plain), spans, sentence, FAR)
    if rule and rule.is_dated:
        period = period or shared_period(quantity, plain)
    if rule is None:
        return Proposal("", place, period, (INDICATOR,))
    missing = [PLACE] if not place else []
    if rule.is_dated and not period:
        missing.append(PERIOD)
    return Proposal(rule.indicator, place, period, tuple(missing))


def rule_of(quantity: Quantity, text: str) -> Rule | None:
    """Return the first rule that fits, in the sentence, or just before in its paragraph."""
    sentence = text[quantity.sentence.start : quantity.sentence.end]
    for rule in RULES:
        if quantity.unit in rule.units and rule.words.search(sentence):
            return rule
    # “Le chômage recule. Il atteint 12 %.”: the same paragraph may tell.
    start = text.rfind("\n", 0, quantity.sentence.start) + 1
    before = text[max(start, quantity.sentence.start - 200) : quantity.sentence.start]
    for rule in RULES:
        if quantity.unit in rule.units and rule.words.search(before):
            return rule
    return None


def shared_period(quantity: Quantity, sentence: str) -> str:
    """Return the one period that a whole sentence names: it holds for both of a pair."""
    told = {one.meaning for one in periods(sentence)}
    changes = {one for one in told if ":" in one}
    if quantity.unit == "points" and len(changes) == 1:
        return changes.pop()
    return told.pop() if len(told) == 1 else ""
