"""Texts of tables as people save them: marks, delimiters, blanks, accents."""

import re
import unicodedata
from pathlib import Path

from terril.choice.errors import ChoiceError, Spot

_ADVICE = "Save it as CSV in UTF-8."
DELIMITERS = ",;\t"


def decode(raw: bytes, file: str, first_line: int = 1) -> str:
    """Return the text of a UTF-8 table without its mark; refuse anything else."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = first_line + raw.count(b"\n", 0, error.start)
        raise ChoiceError(
            "the file is not UTF-8", spot=Spot(file, line), advice=_ADVICE
        ) from error


def read_text(path: Path) -> str:
    """Read a small table; a file that cannot be read is refused with the reason."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ChoiceError(
            f"it cannot be read: {error.strerror}", spot=Spot(path.name)
        ) from error
    return decode(raw, path.name)


def delimiter_of(text: str) -> str:
    """Return the delimiter of a table, seen in its first line that is not a comment."""
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    head = re.sub(r'"[^"]*"', "", next(lines, ""))
    return max(DELIMITERS, key=head.count)


def tidy(cell: str) -> str:
    """Return a cell without blanks at its ends, composed as one types it."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def folded(cell: str) -> str:
    """Return a cell without accents, capitals nor hyphens between words, to compare."""
    plain = unicodedata.normalize("NFKD", cell)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"(?<=\w)[-_](?=\w)", " ", plain.casefold())
    return " ".join(plain.split())
