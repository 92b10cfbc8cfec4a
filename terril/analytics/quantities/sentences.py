"""Cut a text into sentences, and tell French from English."""

import re
from collections.abc import Iterator

from terril.analytics.quantities.model import Span

END = re.compile(
    r"(?<=[.!?…])[»”\"')]*[ \u00a0\u202f]+(?=[«“\"'(]?[ \u00a0]?[A-ZÀ-ÖØ-Þ\d])|\s*\n+\s*"
)
SHORTENED = re.compile(
    r"(?i)\b(?:mm?|mme|mlle|dr|st|ste|art|no|n|p|av|bd|env|cf|ex|etc|vol|fig|mr|mrs|ms|ca|approx|janv|févr|sept|oct|nov|déc)\.$|(?:^|\n)\s*\d{1,2}\.$"
)
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
        if cut.start() > start:
            yield Span(start, cut.start())
        start = cut.end()
    if text[start:].strip():
        yield Span(start, len(text))


def language_of(text: str) -> str:
    """Return "fr" or "en" by their small words, or nothing when they do not tell."""
    french, english = (len(words.findall(text)) for words in (FRENCH, ENGLISH))
    if french == english:
        return ""
    return "fr" if french > english else "en"
