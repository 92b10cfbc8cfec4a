"""Small works on words: folding for search, short codes."""

import re
import secrets
import unicodedata

# No letter or digit that the eye takes for another.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss"})


def fold(text: str) -> str:
    """Return lower-case words without accents, hyphens or apostrophes."""
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", letters.lower()).strip()


def code(length: int = 6) -> str:
    """Return a random code fit for an address or a phone call."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
