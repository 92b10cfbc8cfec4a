"""Days, lists and small words, as French writes them."""

import datetime as dt
import re
from collections.abc import Sequence

from terril.analytics.periods import MONTHS

# An H is left alone: whether it is mute, no list says.
CONTRACTIONS = (
    (re.compile(r"\bde Le (?=\S)"), "du "),
    (re.compile(r"\bde Les (?=\S)"), "des "),
    (re.compile(r"\bde (?=[AEIOUÀÂÆÉÈÊËÎÏÔŒÙÛÜaeiouéèê])"), "d’"),
)


def day_in_words(day: str) -> str:
    """Return a day, YYYY-MM-DD, as it is written in French: 1er janvier 2008."""
    date = dt.date.fromisoformat(day)
    number = "1er" if date.day == 1 else str(date.day)
    return f"{number} {MONTHS[date.month - 1]} {date.year}"


def contracted(sentence: str) -> str:
    """Return a French sentence with its “de” contracted: d’Arras, du Havre."""
    for pattern, words in CONTRACTIONS:
        sentence = pattern.sub(words, sentence)
    return sentence


def listed(names: Sequence[str], word: str = "et") -> str:
    """Return names as one writes them: A, B et C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"
