"""What an answer may be: texts within limits, codes, choices, places on the map.

A valid answer is kept as its clean value; an invalid one as `{"raw": …}`, just as
it was typed, for a draft loses nothing.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, ngettext

from terril.site.commons.errors import Refused
from terril.site.commons.templatetags.format import number
from terril.site.places.rules import check_commune_code
from terril.site.programme.models import Question

K = Question.Kind
LONGEST = {K.TEXT: 250, K.LONG_TEXT: 20_000}
MOST_FILES = 10
# Where France is: west, south, east, north.
BOUNDS = {
    "métropole": (-5.3, 41.2, 9.7, 51.2),
    "Guadeloupe": (-61.9, 15.7, -60.9, 16.6),
    "Martinique": (-61.3, 14.3, -60.7, 15.0),
    "Guyane": (-54.7, 2.0, -51.5, 5.9),
    "La Réunion": (55.1, -21.5, 55.9, -20.8),
    "Mayotte": (44.9, -13.1, 45.4, -12.6),
}


class AnswerRefused(Refused):
    """An answer is not what its question asks; it stays in the draft as typed."""


@dataclass(frozen=True)
class Given:
    """An answer as somebody sends it, and the version they had before their eyes."""

    question: Question
    value: Any
    revision: int = 0
    seen: str = ""

    @property
    def is_untouched(self) -> bool:
        """Tell whether what is sent is what was shown: nobody wrote there."""
        return bool(self.seen) and fingerprint(self.value) == self.seen


@dataclass(frozen=True)
class Limit:
    """How long a text may be, in characters or in words."""

    most: int
    is_words: bool = False

    @property
    def is_short(self) -> bool:
        return self.most <= (120 if self.is_words else 800)


def is_raw(value: Any) -> bool:
    """Tell whether an answer was kept as typed because it is not valid."""
    return isinstance(value, dict) and "raw" in value


def is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def fingerprint(value: Any) -> str:
    """Return a short digest that tells two values apart; nothing is one value."""
    kept = None if is_empty(value) else value
    text = json.dumps(kept, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def limit_of(question: Question) -> int:
    """Return how many characters or files a question takes at most."""
    if question.kind == K.FILES:
        return question.limit or MOST_FILES
    most = LONGEST[K.TEXT if question.kind == K.TEXT else K.LONG_TEXT]
    return min(question.limit or most, most)


def text_limit_of(question: Question) -> Limit:
    """Return how long the text that answers a question may be."""
    is_words = question.counts_words and question.limit is not None
    return Limit(limit_of(question), is_words=is_words)


def check_text(text: str, limit: int | Limit) -> str:
    """Return a text with plain line ends, or refuse it when it is too long."""
    bound = limit if isinstance(limit, Limit) else Limit(limit)
    # PostgreSQL keeps no text with a zero character in it.
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    if bound.is_words:
        _check_words(plain, bound.most)
        bound = Limit(LONGEST[K.LONG_TEXT])
    over = len(plain) - bound.most
    if over > 0:
        raise AnswerRefused(
            ngettext(
                "This text has %(count)s characters and the limit is %(limit)s: "
                "take %(over)s character out.",
                "This text has %(count)s characters and the limit is %(limit)s: "
                "take %(over)s characters out.",
                over,
            )
            % {
                "count": number(len(plain)),
                "limit": number(bound.most),
                "over": number(over),
            }
        )
    return plain


def _check_words(plain: str, most: int) -> None:
    count = len(plain.split())
    over = count - most
    if over > 0:
        raise AnswerRefused(
            ngettext(
                "This text has %(count)s words and the limit is %(limit)s: "
                "take %(over)s word out.",
                "This text has %(count)s words and the limit is %(limit)s: "
                "take %(over)s words out.",
                over,
            )
            % {"count": number(count), "limit": number(most), "over": number(over)}
        )


def commune_code(text: str) -> str:
    """Return the code written alone or in brackets, or nothing when it is a name."""
    inside = re.search(r"\(([^()]*)\)\s*$", text)
    wanted = (inside[1] if inside else text).strip()
    return check_commune_code(wanted) if wanted[:1].isdigit() else ""


def check_point(latitude: str, longitude: str) -> dict[str, float] | None:
    """Return a place in France, nothing when nothing was typed, or refuse."""
    if not latitude.strip() and not longitude.strip():
        return None
    if not (latitude.strip() and longitude.strip()):
        raise AnswerRefused(
            _("A place has a latitude and a longitude: one of them is missing.")
        )
    north, east = _degrees(latitude), _degrees(longitude)
    if is_in_france(north, east):
        return {"latitude": north, "longitude": east}
    if is_in_france(east, north):
        raise AnswerRefused(
            _("Latitude and longitude are the wrong way round: swap the two numbers.")
        )
    raise AnswerRefused(
        _("This place is not in France. In the Artois, latitude is close to 50.4.")
    )


def is_in_france(latitude: float, longitude: float) -> bool:
    return any(
        west <= longitude <= east and south <= latitude <= north
        for west, south, east, north in BOUNDS.values()
    )


def check_files_count(question: Question, count: int) -> None:
    """Refuse one file more than a question takes."""
    limit = limit_of(question)
    if count > limit:
        raise AnswerRefused(
            ngettext(
                "This question takes %(limit)s file at most.",
                "This question takes %(limit)s files at most.",
                limit,
            )
            % {"limit": number(limit)},
            next_step=_("Remove one before adding another."),
        )


def _degrees(text: str) -> float:
    plain = text.strip().replace(",", ".").replace("\u2212", "-")
    if not re.fullmatch(r"-?\d{1,3}(\.\d{1,20})?", plain):
        raise AnswerRefused(
            _("“%(text)s” is not a number of degrees. Write it as 50.43.")
            % {"text": text.strip()[:40]}
        )
    return round(float(plain), 6)
