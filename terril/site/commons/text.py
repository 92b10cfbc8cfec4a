"""Small works on words: folding for search, short codes."""

import re
import secrets
import unicodedata

# No letter or digit that the eye takes for another.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
# Controls, ends of lines and paragraphs, and marks that turn what follows around.
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


def fold(text: str) -> str:
    """Return lower-case words without accents, hyphens or apostrophes."""
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", letters.lower()).strip()


def one_line(text: str) -> str:
    """Return a text without line ends or other controls, as a title or a name is.

    Whoever writes a line end in a title would otherwise write the rest of our letters.
    """
    pieces = (piece.strip() for piece in CONTROLS.split(text))
    return " ".join(filter(None, pieces))


def code(length: int = 6) -> str:
    """Return a random code fit for an address or a phone call."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
