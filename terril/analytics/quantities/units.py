"""The words of units: which unit they name, and how many base units they are worth."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from terril.analytics.quantities.numerals import SPACES

GAP = rf"[{SPACES}]"

WORDS = tuple(
    # A line break inside a pattern is there for the eye only.
    (one["unit"], one["factor"], re.sub(r"\n\s*", "", one["pattern"]).strip())
    for one in tomllib.loads(
        Path(__file__).with_name("units.toml").read_text(encoding="utf-8")
    )["words"]
)
UNIT = re.compile("|".join(f"(?P<u{n}>{one[2]})" for n, one in enumerate(WORDS)))

MULTIPLIERS = {
    "millions": 10**6,
    "million": 10**6,
    "milliards": 10**9,
    "milliard": 10**9,
    "billion": 10**9,
    "billions": 10**9,
    "bn": 10**9,
    "mille": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "k": 10**3,
    "M": 10**6,
    "Md": 10**9,
    "Mds": 10**9,
}
MULTIPLIER = re.compile(r"(?:millions?|milliards?|billions?|mille|thousand)\b")
SHORT = re.compile(r"(?:bn|m|k|M|Mds?)\b")

# Words that no unit is made of, and that end the search for one.
STOP = frozenset(
    Path(__file__).with_name("stop.txt").read_text(encoding="utf-8").split()
)
NOUN = re.compile(r"[a-zà-öø-ÿœ]{3,}(?:[-–][a-zà-öø-ÿœ]+)*(?!['’\w])")


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The unit words after a number: where they end, what they mean."""

    end: int
    unit: str
    factor: Decimal
    noun: str = ""


def unit_after(text: str, start: int, *, is_linked: bool) -> UnitWords | None:
    """Return the unit that follows a number, one or two adjectives allowed between.

    `is_linked` allows “de”, “d’”, “of” in between: “une trentaine de communes”.
    """
    first = at = _skipped(text, start, is_linked=is_linked)
    for _ in range(3):
        found = UNIT.match(text, at)
        if found:
            unit, factor, _words = WORDS[int((found.lastgroup or "u0")[1:])]
            return UnitWords(found.end(), unit, Decimal(factor))
        word = NOUN.match(text, at)
        if word is None or word[0] in STOP or text[word.end() : word.end() + 1] != " ":
            break
        at = word.end() + 1
    return _count_after(text, first)


LINK = re.compile(rf"{GAP}(?:de{GAP}|des{GAP}|d['’]|of )")


def _skipped(text: str, start: int, *, is_linked: bool) -> int:
    link = LINK.match(text, start) if is_linked else None
    if link:
        return link.end()
    is_hyphen = text[start : start + 1] == "-"
    return start + (is_hyphen or text[start : start + 1] in (*SPACES,))


def _count_after(text: str, at: int) -> UnitWords | None:
    noun = NOUN.match(text, at)
    if noun is None or noun[0] in STOP or text[at - 1] == "-":
        return None
    return UnitWords(noun.end(), "count", Decimal(1), noun[0])
