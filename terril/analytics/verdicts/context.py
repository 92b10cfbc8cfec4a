"""Which place and which period the words around a number state."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from terril.analytics.quantities import Quantity, Span

_YEAR = r"(?:19|20)\d\d"
RANK = {
    "premier": 1,
    "1er": 1,
    "first": 1,
    "1st": 1,
    "deuxième": 2,
    "2e": 2,
    "second": 2,
    "2nd": 2,
    "troisième": 3,
    "3e": 3,
    "third": 3,
    "3rd": 3,
    "quatrième": 4,
    "4e": 4,
    "fourth": 4,
    "4th": 4,
}
QUARTER = re.compile(
    rf"(?i)\b(?:[tq](?P<short>[1-4])[ \u00a0-](?P<year>{_YEAR})"
    rf"|(?P<back>{_YEAR})[- ][tq](?P<number>[1-4])"
    rf"|(?P<rank>{'|'.join(RANK)}) (?:trimestre|quarter)(?: of| de)? (?P<said>{_YEAR}))\b"
)
CHANGE = re.compile(
    rf"(?i)\b(?:entre|between|de|from) (?P<start>{_YEAR}) (?:et|and|à|to) (?P<end>{_YEAR})\b"
)
SINCE = re.compile(rf"(?i)\b(?:depuis|since) (?:l['’]année )?(?P<since>{_YEAR})\b")
YEAR = re.compile(rf"(?<![\d.,])(?P<only>{_YEAR})(?![\d.,]?\d)")


@dataclass(frozen=True, slots=True)
class Said:
    """Words that name a period or a place, where they stand and what they mean."""

    start: int
    end: int
    meaning: str


# Programmes bear a year that is no period.
NAMED = re.compile(
    r"\b(?:France|Horizon|Agenda|Europe|Objectif|Cap|Vision|Ambition) (?:19|20)\d\d"
)


def blotted(sentence: str, at: int, spans: Iterable[Span]) -> str:
    """Return a sentence without its quantities: “2000 emplois” is no year."""
    for one in spans:
        start, end = one.start - at, one.end - at
        sentence = sentence[:start] + "." * (end - start) + sentence[end:]
    return sentence


def periods(text: str) -> list[Said]:
    """Return the periods that a sentence names: 2022-T3, 2012:2022, 2020:, 2022."""
    text = NAMED.sub(lambda said: "." * len(said[0]), text)
    found: list[Said] = []
    for pattern, meaning in (
        (QUARTER, _quarter),
        (CHANGE, lambda said: f"{said['start']}:{said['end']}"),
        (SINCE, lambda said: f"{said['since']}:"),
        (YEAR, lambda said: said["only"]),
    ):
        for said in pattern.finditer(text):
            if not any(
                one.start < said.end() and said.start() < one.end for one in found
            ):
                found.append(Said(*said.span(), meaning(said)))
    return sorted(found, key=lambda one: one.start)


def _quarter(said: re.Match[str]) -> str:
    year = said["year"] or said["back"] or said["said"]
    quarter = said["short"] or said["number"] or RANK[said["rank"].lower()]
    return f"{year}-T{quarter}"


@dataclass(frozen=True)
class Gazetteer:
    """Names of places, as people write them, with their addresses."""

    names: dict[str, str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern of all names, the longest first."""
        longest = sorted(self.names, key=len, reverse=True)
        told = "|".join(re.escape(name) for name in longest)
        return re.compile(rf"(?i)(?<![\w-])(?:{told})(?![\w-])")

    def places(self, text: str) -> Iterator[Said]:
        """Return the places that a sentence names."""
        plain = text.replace("’", "'")
        for said in self.pattern.finditer(plain):
            meaning = self.names[said[0].lower()]
            # “sains”, “avion”: the name of a commune begins with a capital.
            if said[0][0].isupper() or not meaning.startswith("com:"):
                yield Said(*said.span(), meaning)


# A period said further before a number belongs to something else.
FAR = 60
END = 10**9
TURN = re.compile(r"(?i)\b(?:et|and) (?:qu['’]|qui\b|que\b|that\b)")


def nearest(
    quantity: Quantity,
    said: list[Said],
    others: Iterable[Span],
    sentence: str,
    far: int = END,
) -> str:
    """Return what is said in the clause of a number: after it first, then before.

    A clause runs from the number before to the number after: in “5 points contre
    3 points en France”, the place belongs to the second only. What stands more than
    `far` characters before, or before “et qu’il …”, is left aside.
    """
    at = quantity.sentence.start
    start, end = quantity.span.start - at, quantity.span.end - at
    spans = [(one.start - at, one.end - at) for one in others]
    low = max((stop for _, stop in spans if stop <= start), default=0)
    low = max([low, *(cut.end() for cut in TURN.finditer(sentence[:start]))])
    high = min((first for first, _ in spans if first >= end), default=END)
    after = [one for one in said if end <= one.start and one.end <= high]
    before = [
        one for one in said if low <= one.start and start - far <= one.end <= start
    ]
    return (after or before[::-1] or [Said(0, 0, "")])[0].meaning


def only(quantity: Quantity, said: list[Said]) -> str:
    """Return the one place named before a number, anywhere in its sentence."""
    start = quantity.span.start - quantity.sentence.start
    told = {one.meaning for one in said if one.end <= start}
    return told.pop() if len(told) == 1 else ""
