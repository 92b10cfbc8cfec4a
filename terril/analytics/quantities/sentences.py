"""Cut a text into sentences, and tell French from English."""

import re
from collections.abc import Iterator

from terril.analytics.quantities.model import Span

END = re.compile(
    r"(?<=[.!?…])[»”\"')]*[ \u00a0\u202f]+(?=[«“\"'(]?[ \u00a0]?[A-ZÀ-ÖØ-Þ\d])|(?<!\s)\s*\n\s*"
)
SHORTENED = re.compile(
    r"(?i)\b(?:mm?|mme|mlle|dr|st|ste|art|no|n|p|av|bd|env|cf|ex|etc|vol|fig|mr|mrs|ms|ca|approx|janv|févr|sept|oct|nov|déc)\.$|(?:^|\n)\s*\d{1,2}\.$"
)
# A list without a full stop is read in pieces: work must not grow with its square.
LONGEST = 2000
FRENCH = re.compile(
    r"(?i)\b(?:le|la|les|des|du|de|et|est|sont|une?|dans|pour|sur|au|aux|en|par|qui|que|avec|ont|plus)\b|\b[ldjnscm]['’]"
)
ENGLISH = re.compile(
    r"(?i)\b(?:the|it|of|and|is|are|was|were|in|to|for|on|by|with|from|has|have|that|than|at|its|be|will|over|about|more|this|these|they|here|just|nearly|people|jobs)\b"
)


def sentences(text: str) -> Iterator[Span]:
    """Return the sentences of a text as spans, without the spaces around them."""
    start = 0
    for cut in END.finditer(text):
        if (
            SHORTENED.search(text[max(0, cut.start() - 8) : cut.start()])
            and "\n" not in cut[0]
        ):
            continue
        yield from _pieces(text, start, cut.start())
        start = cut.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Return a sentence whole, or in pieces when no full stop ever comes."""
    while start < end:
        stop = end
        if end - start > LONGEST:
            space = text.rfind(" ", start + 1, start + LONGEST)
            stop = space if space > start else start + LONGEST
        if text[start:stop].strip():
            yield Span(start, stop)
        start = stop


def language_of(text: str) -> str:
    """Return "fr" or "en" by their small words, or nothing when they do not tell."""
    french, english = (len(words.findall(text)) for words in (FRENCH, ENGLISH))
    if french == english:
        return ""
    return "fr" if french > english else "en"
