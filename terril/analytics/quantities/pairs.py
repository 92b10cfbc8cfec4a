"""Numbers that stand in pairs: ranges, shares of a whole, a unit said only once."""

import re
from decimal import Decimal
from itertools import pairwise

from terril.analytics.quantities.amounts import Amount

_BETWEEN = re.compile(r"(?i)\b(?:entre|between|compris(?:e|es)? entre)\s(?:les?\s)?$")
_FROM = re.compile(r"(?i)(?:\b(?:de|from)\s|\bd['’])(?:les?\s|the\s)?$")
_RANGING = re.compile(
    r"(?i)\b(?:rang(?:e|es|ing)|var(?:y|ies|ie|ient)|oscill\w+|compter|faudra\b.*)\s*(?:from|de|entre)\s$"
)
_CHANGE = re.compile(
    r"(?i)\b(?:pass\w+|port\w+|grimp\w+|baiss\w+|recul\w+|augment\w+|mont\w+|chut\w+"
    r"|tomb\w+|bond\w+|progress\w+|évolu\w+|descend\w+|dimin\w+|rédui\w+|rise|rose|risen|rising"
    r"|f[ae]ll\w*|dropp?\w*|increas\w+|decreas\w+|climb\w+|grew|grown|went|moved|cut|slid\w*"
    r"|slipped|jump\w+|up|down|declin\w+|raised|brought)\b[^.;,]{0,40}$"
)
_TO = re.compile(r"\s*(?:à|to|-|–|—|ou|or)\s*")
_DASH = re.compile(r"\s*[-–—]\s*")
_AND = re.compile(r"\s+(?:et|and)\s+")
_LINK = re.compile(
    r"(?i)[\s,]*(?:et|and|puis|then|and then|et puis|contre|against|versus|à|to|ou|or|au lieu de"
    r"|instead of|after|après|rather than|plutôt que)\s*(?:(?:de|les?|the|seulement|only|about|environ"
    r"|from|plus de|moins de|d['’])\s*)*"
)
_TAIL = re.compile(
    r"(?i).*(?:\b(?:et|and|puis|then|dont|including|contre|against|versus|from|que)|\bsur les?|\bof the|\bout of(?: the)?|\bdes|\bparmi les"
    r"|\bamong the|\bsur)\s+(?:(?:à|to|de|les|the|seulement|only|plus de)\s+)?"
)
_SHARE = re.compile(
    r"(?i).{0,60}?(?:\bsur(?: un total de| les| ces)?|\bdes|\bparmi les|\bof the|\bof|\bout of(?: the| a total of)?|\bamong the)\s+"
)
_WHOLE = re.compile(r"(?i)\b(?:sur les|parmi les|of the|among the|out of)\s$")
_COMMA = re.compile(r"[^.;:]{0,60},\s(?:\w+ (?:de |than |d['’])?)?")
_NEVER_LENT = frozenset(("years", "months", "days", "times"))
_OF = re.compile(
    r"(?i)\s+(?:sur(?: un total de| les| ces)?|des|parmi les|of(?: the| its| our)?"
    r"|out of(?: the| a total of)?|among the)\s+"
)
_PARTICIPLE = re.compile(r"(?:és?|ées?|us|ues?|ed|ing|en)$")


def join(text: str, found: list[Amount]) -> list[Amount]:
    """Join ranges, and give to numbers said without a unit the unit of their pair."""
    joined: list[Amount] = []
    for amount in found:
        if joined and _is_range(text, joined[-1], amount):
            joined[-1] = _ranged(text, joined[-1], amount)
        else:
            joined.append(amount)
    for first, second in pairwise(joined):
        _lend(text[first.end : second.start], first, second)
    for first, second in pairwise(joined):
        _borrow(text, first, second)
    return joined


def _is_range(text: str, first: Amount, second: Amount) -> bool:
    between, left = text[first.end : second.start], text[: first.start]
    if _BETWEEN.search(left):
        return _is_pair(first, second) and bool(_AND.fullmatch(between))
    if not (_is_pair(first, second) and second.unit and _TO.fullmatch(between)):
        return False
    if not _FROM.search(left):
        return True
    return bool(_RANGING.search(left)) or _is_said_once(left, first, between)


def _is_said_once(left: str, first: Amount, between: str) -> bool:
    """Tell “de 10 à 12 %” from “de 10 % à 12 %” and “passer de 10 à 12 %”."""
    is_french = not re.search(r"(?i)\bfrom\s", left[-8:]) or bool(
        _DASH.fullmatch(between)
    )
    return is_french and not first.unit and not _CHANGE.search(left)


def _is_pair(first: Amount, second: Amount) -> bool:
    if first.value is None or second.value is None:
        return False
    if first.unit not in ("", second.unit) or first.is_rough:
        return False
    value = first.value * (second.factor if _lacks_scale(first, second) else 1)
    return value < second.value


def _lacks_thousands(first: Amount, second: Amount) -> bool:
    """Tell “15 à 20 000 spectateurs”, where both are thousands."""
    low, high = first.value or Decimal(0), second.value or Decimal(0)
    is_round = second.is_grouped and high % 1000 == 0
    return is_round and first.step == 1 and high / 1000 > low >= high / 10000


def _lacks_scale(first: Amount, second: Amount) -> bool:
    is_unscaled = first.factor == 1 and second.factor != 1
    is_small = first.value is not None and abs(first.value) < 1000
    return is_unscaled and is_small and (not first.unit or first.has_money)


def _ranged(text: str, first: Amount, second: Amount) -> Amount:
    if _lacks_scale(first, second):
        first.scaled(second.factor)
    if _lacks_thousands(first, second):
        first.scaled(Decimal(1000))
    opening = _BETWEEN.search(text[: first.start])
    return Amount(
        opening.start() if opening else first.start,
        second.end,
        None,
        second.step,
        unit=second.unit,
        factor=second.factor,
        noun=second.noun,
        low=first.value,
        high=second.value,
    )


def _lend(between: str, first: Amount, second: Amount) -> None:
    """Give a unit back: “27 puis 30 opérateurs”, “772 des 786 salariés”."""
    if first.unit or not second.unit:
        return
    is_linked = bool(_LINK.fullmatch(between))
    is_unscaled = _lacks_scale(first, second)
    if is_linked or _OF.fullmatch(between):
        first.unit, first.noun = second.unit, second.noun
        if is_linked and is_unscaled:
            first.scaled(second.factor)


def _borrow(text: str, first: Amount, second: Amount) -> None:
    """Take a unit on: “8 projets en 2022 et 5 en 2023”, “80 projets sur les 200”."""
    if not first.unit or first.unit in _NEVER_LENT or not _is_weak(second):
        return
    between = text[first.end : second.start]
    is_whole = bool(_WHOLE.search(text[: first.start]) and _COMMA.fullmatch(between))
    is_tail = not second.unit and bool(_TAIL.fullmatch(between))
    if is_whole or is_tail or _SHARE.fullmatch(between):
        _take(first, second)


def _is_weak(amount: Amount) -> bool:
    return not amount.unit or bool(amount.noun and _PARTICIPLE.search(amount.noun))


def _take(first: Amount, second: Amount) -> None:
    if second.noun:
        second.end -= len(second.noun) + 1
    second.unit, second.noun = first.unit, first.noun
