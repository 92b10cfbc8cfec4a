"""The same number said twice in one text, under other words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from terril.analytics.verdicts.holding import FRENCH
from terril.analytics.verdicts.ledger import STATUS
from terril.analytics.verdicts.model import Checked

Name = tuple[str, str, Decimal | None]


def with_drifts(checked: Sequence[Checked]) -> list[Checked]:
    """Warn where a text says a number again with another qualifier or status word.

    “Près de 2,5 milliards” in the body and “2,5 milliards” in the title are one
    claim that hardened on the way: both rows say so, and no verdict changes.
    """
    groups: dict[Name, set[str]] = defaultdict(set)
    for one in checked:
        groups[_name(one)].add(_words(one))
    return [_warned(one, groups[_name(one)]) for one in checked]


def _name(one: Checked) -> Name:
    return (one.proposal.indicator, one.quantity.unit, one.quantity.value)


def _words(one: Checked) -> str:
    quantity = one.quantity
    status = STATUS.get(quantity.status_word, "")
    told = (FRENCH.get(quantity.qualifier, ""), status and f"« {status} »")
    return " et ".join(filter(None, told)) or "sans réserve ni statut"


def _warned(one: Checked, words: set[str]) -> Checked:
    others = sorted(words - {_words(one)})
    if not others or not one.proposal.indicator or one.quantity.value is None:
        return one
    told = f"le même nombre est dit ailleurs dans le texte : {', '.join(others)}"
    warning = " ; ".join(filter(None, (one.verdict.warning, told)))
    return replace(one, verdict=replace(one.verdict, warning=warning))
