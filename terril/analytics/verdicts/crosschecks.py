"""Cross-checks inside one text: what its own numbers say of each other.

Parts against whole, list length against stated count, ratio against its two terms,
difference against its two levels, duration against its two years. Each works within
one sentence, and answers only when the words say that the numbers belong together.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise

from terril.analytics.quantities import Interval, Quantity
from terril.analytics.verdicts.context import CHANGE
from terril.analytics.verdicts.holding import hold, with_suffix
from terril.analytics.verdicts.model import Reading, Verdict

INSIDE = "calcul interne au texte"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its quantities, in order."""

    text: str
    start: int
    found: tuple[Quantity, ...]

    def between(self, first: Quantity, second: Quantity) -> str:
        """Return what stands between two quantities."""
        return self.text[first.span.end - self.start : second.span.start - self.start]

    def before(self, quantity: Quantity) -> str:
        """Return what stands before a quantity."""
        return self.text[: quantity.span.start - self.start]

    def after(self, quantity: Quantity) -> str:
        """Return what stands after a quantity."""
        return self.text[quantity.span.end - self.start :]


Found = Iterator[tuple[Quantity, Verdict]]


def crosschecks(text: str, found: list[Quantity]) -> dict[Quantity, Verdict]:
    """Return the quantities that the text itself confirms or contradicts.

    Values are computed from the printed ones, widened by their own rounding.
    """
    verdicts: dict[Quantity, Verdict] = {}
    for sentence in _sentences(text, found):
        for check in CHECKS:
            for quantity, verdict in check(sentence):
                verdicts.setdefault(quantity, verdict)
    return verdicts


def _sentences(text: str, found: list[Quantity]) -> Iterator[Sentence]:
    # A sentence's quantities stand together: they were read in order.
    for span, inside in groupby(found, key=lambda one: one.sentence):
        yield Sentence(text[span.start : span.end], span.start, tuple(inside))


def _reading(label: str, unit: str, ends: tuple[Decimal, Decimal]) -> Reading:
    low, high = sorted(ends)
    return Reading("", "", "", label, low, high, unit, edition=INSIDE)


def _told(verdict: Verdict, words: str) -> Verdict:
    return replace(verdict, reason=f"{words} : {verdict.reason}")


SHARES = ("percent", "ratio")
_SO = re.compile(r"(?i)(?:\bsoit\b|\bi\.e\.|\bthat is\b|\bor\b|=|\()")
_OF = re.compile(r"(?i)\b(?:sur|des|of|out of|parmi)\b")


def ratios(sentence: Sentence) -> Found:
    """Hold “soit 40 %” to the two numbers before it."""
    for first, second, third in zip(
        sentence.found, sentence.found[1:], sentence.found[2:], strict=False
    ):
        is_share = _OF.search(sentence.between(first, second))
        is_said = _SO.search(sentence.between(second, third))
        if is_share and is_said and third.unit in SHARES:
            yield from _ratio(first, second, third)
        if is_share and is_said and first.unit in SHARES:
            yield from _share_of(first, second, third)


def _ratio(part: Quantity, whole: Quantity, share: Quantity) -> Found:
    scale = Decimal(100) if share.unit == "percent" else Decimal(1)
    ends = _quotients(part.interval, whole.interval, scale)
    if ends is None or not part.value or not whole.value or part.unit != whole.unit:
        return
    point = part.value / whole.value * scale
    reading = _reading(f"{part.text} / {whole.text}", share.unit, (point, point))
    verdict = hold(share, reading)
    if verdict.code == "gap" and share.interval.meets(Interval(*ends)):
        verdict = Verdict("compatible", "arrondi des deux termes", reading)
    yield share, _told(verdict, "rapport de deux nombres du texte")


def _share_of(share: Quantity, whole: Quantity, part: Quantity) -> Found:
    """Hold “soit 66 projets” to “un tiers des 200 projets”."""
    low, high = share.interval.low, share.interval.high
    if low is None or high is None or not share.value or not whole.value:
        return
    if part.unit != whole.unit:
        return
    value = share.value * whole.value / (100 if share.unit == "percent" else 1)
    reading = replace(
        _reading(f"{share.text} × {whole.text}", part.unit, (value, value)),
        slack=whole.value * (high - low) / 2,
    )
    yield part, _told(hold(part, reading), "part d’un nombre du texte")


def _quotients(
    part: Interval, whole: Interval, scale: Decimal
) -> tuple[Decimal, Decimal] | None:
    if part.is_open() or whole.is_open() or not whole.low or not whole.high:
        return None
    return (
        (part.low or Decimal(0)) / whole.high * scale,
        (part.high or Decimal(0)) / whole.low * scale,
    )


_FROM = re.compile(r"(?i)(?:\b(?:de|from)\s|\bd['’])$")
_TO = re.compile(r"(?i)\s(?:à|to)\s(?:\w+\s){0,2}$|^\s(?:à|to)\s")


def differences(sentence: Sentence) -> Found:
    """Hold “5 points” to the two levels that the sentence states."""
    for first, second in pairwise(sentence.found):
        is_pair = first.unit == second.unit == "percent" and _TO.search(
            sentence.between(first, second)
        )
        if not is_pair or not _FROM.search(sentence.before(first)):
            continue
        for other in sentence.found:
            if other.unit == "points":
                yield from _difference(first, second, other)


def _difference(first: Quantity, second: Quantity, change: Quantity) -> Found:
    if first.value is None or second.value is None or not first.step:
        return
    half = ((first.step or Decimal(0)) + (second.step or Decimal(0))) / 2
    distance = abs(second.value - first.value)
    reading = _reading(f"{first.text} → {second.text}", "points", (distance, distance))
    verdict = hold(change, reading)
    wide = Interval(distance - half, distance + half)
    if verdict.code == "gap" and change.interval.meets(wide):
        verdict = Verdict("compatible", "arrondi des deux niveaux", reading)
    yield change, _told(verdict, "différence de deux niveaux du texte")


_PART = re.compile(
    r"(?i)[^.;]{0,60}\b(?:dont|including|of which)\s(?:\w+\s){0,2}(?:de\s)?$"
)


def parts(sentence: Sentence) -> Found:
    """Hold a whole to the parts that “dont” tells: none is larger, nor their sum."""
    for rank, (whole, first) in enumerate(pairwise(sentence.found)):
        if whole.unit != first.unit or not _PART.fullmatch(
            sentence.between(whole, first)
        ):
            continue
        told = [first]
        for one in sentence.found[rank + 2 :]:
            if one.unit == whole.unit and _AND.fullmatch(
                sentence.between(told[-1], one)
            ):
                told.append(one)
        yield from _sum(whole, told)


_AND = re.compile(r"(?i)[^.;:]{0,40}(?:,|\bet\b|\band\b)\s(?:\w+\s){0,2}")


def _sum(whole: Quantity, told: list[Quantity]) -> Found:
    values = [one.interval.low for one in told if one.interval.low is not None]
    high = whole.interval.high
    if len(values) < len(told) or high is None or sum(values) <= high:
        return
    total = sum((one.value or Decimal(0) for one in told), Decimal(0))
    reading = _reading("somme des parties", whole.unit, (total, total))
    excess = with_suffix(total - (whole.value or high), whole.unit)
    yield whole, Verdict("gap", f"les parties dépassent le tout de {excess}", reading)


_NAME = r"(?:l['’]|L['’])?[A-ZÀ-Þ][\w’'-]+(?:[ -](?:de|du|des|la|le|sur|en|lez|les|[A-ZÀ-Þ][\w’'-]+|d['’][\w-]+))*"
_ITEM = rf"(?:(?:de la|de|du|des|d['’]|of)\s?)?{_NAME}"
_LIST = re.compile(
    rf"^(?:\s[a-zà-ÿ’'-]+){{0,4}}?\s?(?::\s?|\s\(|\s)?(?P<list>{_ITEM}(?:,\s{_ITEM})+"
    rf"(?:,?\s(?:et|and)\s(?!(?:le|la|les|the)\s){_ITEM})?)"
)


def lists(sentence: Sentence) -> Found:
    """Hold a count to the length of the list of names that follows it."""
    for quantity in sentence.found:
        if quantity.unit not in ("count", "communes", "companies", "projects"):
            continue
        found = _LIST.match(sentence.after(quantity))
        if found:
            items = re.split(r",\s|,?\s(?:et|and)\s", found["list"])
            length = Decimal(len(items))
            reading = _reading("longueur de la liste", quantity.unit, (length, length))
            yield quantity, _told(hold(quantity, reading), "liste qui suit le nombre")


def durations(sentence: Sentence) -> Found:
    """Hold “dix ans” to the two years of its sentence."""
    told = CHANGE.search(sentence.text)
    for quantity in sentence.found:
        if told and quantity.unit == "years":
            years = Decimal(int(told["end"]) - int(told["start"]))
            label = f"{told['start']} → {told['end']}"
            reading = _reading(label, "years", (years, years))
            yield quantity, _told(hold(quantity, reading), "durée entre deux années")


CHECKS: tuple[Callable[[Sentence], Found], ...] = (
    ratios,
    differences,
    parts,
    lists,
    durations,
)
