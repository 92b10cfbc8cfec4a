"""Shares and multiples said without a unit: one in three, half, twice as many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from terril.analytics.quantities.numerals import SMALL, read_figures, read_words
from terril.analytics.quantities.units import unit_after

_NUMBER = {
    language: rf"(?:\d+(?:[.,]\d+)?|{'|'.join(sorted(SMALL[language], key=len)[::-1])})"
    for language in ("fr", "en")
}
_LASTING = (
    r"(?! (?:ans?|années|mois|jours|hectares|km|kilom|sites?\b|years?|months?|days?))"
)
SHARES = {
    "fr": re.compile(
        rf"(?i)\b(?P<terms>une?|{_NUMBER['fr']})(?P<middle>(?: [a-zà-öø-ÿœ’'-]+){{0,4}}?)"
        rf" sur (?P<whole>{_NUMBER['fr']})\b(?![.,]?\d|[- ](?:cents?|mille)| ?[%€]){_LASTING}"
    ),
    "en": re.compile(
        rf"(?i)\b(?P<terms>one|{_NUMBER['en']})(?P<middle>(?: [a-z'’-]+){{0,3}}?)"
        rf" (?P<link>in|out of)(?: every)? (?P<whole>{_NUMBER['en']})\b(?![.,]?\d| hundred| ?%){_LASTING}"
    ),
}
SLASHED = re.compile(
    r"(?<![\d/.,])(?P<part>[1-9])/(?P<whole>[2-9]|10)(?= (?:des?|du|of)\b| d['’])"
)
PARTS = {
    "demi": 2,
    "tiers": 3,
    "quart": 4,
    "quarts": 4,
    "cinquième": 5,
    "cinquièmes": 5,
    "sixième": 6,
    "sixièmes": 6,
    "dixième": 10,
    "dixièmes": 10,
    "half": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "tenth": 10,
    "tenths": 10,
}
COUNTS = {"un": 1, "le": 1, "du": 1, "au": 1, "a": 1, "an": 1, "one": 1, "deux": 2}
COUNTS |= {"trois": 3, "quatre": 4, "two": 2, "three": 3, "four": 4}
FRACTIONS = {
    "fr": re.compile(
        r"(?i)\b(?:(?P<half>(?:(?:la|une|sa|leur) (?:bonne |petite )?|(?<=de ))moitié)"
        r"|(?P<count>un|le|deux|trois|quatre) (?P<part>tiers|quarts?|cinquièmes?|sixièmes?|dixièmes?))"
        r"\b(?!-| d['’]heures?| temps)(?<!le cinquième)(?<!le sixième)(?<!le dixième)"
    ),
    "en": re.compile(
        r"(?i)\b(?:(?P<half>(?:one |a )?half)(?= (?:of|the|its|their|our|all|these|those)\b)"
        r"|(?P<count>a|one)[ -](?P<part>third|quarter|fifth|tenth)(?= (?:of|more|less|fewer|to|ha[sd]|have|is|are|was|were)\b|[.,;])"
        r"|(?P<many>two|three|four)[ -](?P<parts>thirds|quarters|fifths|tenths))\b"
    ),
}
MULTIPLES = {
    "fr": re.compile(
        rf"(?i)\b(?P<number>{_NUMBER['fr']}) fois(?: (?P<turn>plus|moins)\b)?"
        r"(?! (?:par|de suite|l['’]an|dans|cette|ces|sur|le mois|la semaine))|\b(?P<word>le double|le triple|le quadruple)\b"
    ),
    "en": re.compile(
        rf"(?i)\b(?P<number>{_NUMBER['en']}) times(?: (?P<turn>as|more|less|fewer|higher|lower))?"
        r"(?! (?:a (?:day|week|month|year)|per|in a row|since|over))(?: many\b| much\b)?"
        r"|\b(?P<word>twice as (?:many|much)|twice|thrice|double the|triple the|twofold|threefold|fourfold|tenfold)\b"
        r"(?! (?:a (?:day|week|month|year)|per))"
    ),
}
NAMED = {
    "double": 2,
    "triple": 3,
    "quadruple": 4,
    "twice": 2,
    "thrice": 3,
    "twofold": 2,
}
NAMED |= {"threefold": 3, "fourfold": 4, "tenfold": 10}


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio or a multiple found in a sentence."""

    start: int
    end: int
    value: Decimal
    unit: str


def shares(text: str, language: str) -> Iterator[Share]:
    """Find the ratios and multiples of a sentence whose dates are hidden."""
    for found in SHARES[language].finditer(text):
        value = None if _is_counted(text, found) else _share(found, language)
        if value is not None:
            yield Share(*found.span(), value, "ratio")
    for found in SLASHED.finditer(text):
        value = Decimal(found["part"]) / Decimal(found["whole"])
        yield Share(*found.span(), value, "ratio")
    for found in FRACTIONS[language].finditer(text):
        yield Share(*found.span(), _fraction(found), "ratio")
    for found in MULTIPLES[language].finditer(text):
        yield Share(*found.span(), _multiple(found, language), "times")


def _is_counted(text: str, found: re.Match[str]) -> bool:
    """Tell “trois lycées sur cinq communes”, where the whole has a unit of its own."""
    words = unit_after(text, found.end(), is_linked=False)
    return bool(found["middle"] and words and not words.noun)


def _share(found: re.Match[str], language: str) -> Decimal | None:
    terms, whole = (_read(found[name], language) for name in ("terms", "whole"))
    groups = found.groupdict()
    # “three schools in five towns” is no share; “one shop in five” is.
    is_place = groups.get("link") == "in" and found["middle"] and terms != 1
    # “80 projets sur 200” says two quantities: only round wholes make a share.
    is_small = whole in (1, *range(2, 11), 12, 20, 100)
    return None if is_place or not is_small or terms >= whole else terms / whole


def _read(word: str, language: str) -> Decimal:
    if word.lower() in ("un", "une", "one"):
        return Decimal(1)
    if word[0].isdigit():
        numeral = read_figures(word, language)
        return numeral.value if numeral else Decimal(0)
    return read_words(word, language).value


def _fraction(found: re.Match[str]) -> Decimal:
    groups = found.groupdict()
    if groups["half"]:
        return Decimal(1) / 2
    count = groups["count"] or groups["many"]
    part = groups["part"] or groups["parts"]
    return Decimal(COUNTS[count.lower()]) / PARTS[part.lower()]


def _multiple(found: re.Match[str], language: str) -> Decimal:
    if found["word"]:
        names = [NAMED[word] for word in found["word"].lower().split() if word in NAMED]
        return Decimal(names[0])
    value = _read(found["number"], language)
    is_fewer = (found["turn"] or "").lower() in ("moins", "less", "fewer", "lower")
    return 1 / value if is_fewer and value else value
