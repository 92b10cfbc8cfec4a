"""Show why a thing was found: the words that answered, marked, in a short extract."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from terril.site.commons.text import fold

WORD = re.compile(r"[^\W_]+")
WIDTH = 180


def marked(text: str, words: frozenset[str]) -> SafeString:
    """Return a text, escaped, with the words that answered between marks."""
    pieces, end = [], 0
    for found in WORD.finditer(text):
        if fold(found[0]) in words:
            pieces += [
                escape(text[end : found.start()]),
                f"<mark>{escape(found[0])}</mark>",
            ]
            end = found.end()
    pieces.append(escape(text[end:]))
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece is escaped above


def extract(text: str, words: frozenset[str]) -> SafeString:
    """Return the part of a text round the first word that answered, marked."""
    first = next(
        (found.start() for found in WORD.finditer(text) if fold(found[0]) in words), 0
    )
    start = 0 if first < WIDTH // 2 else text.rfind(" ", 0, first - WIDTH // 3) + 1
    piece = text[start : start + WIDTH]
    if start + WIDTH < len(text):
        piece = piece.rpartition(" ")[0] + " …"
    return marked(f"{'… ' if start else ''}{piece}", words)
