"""The names of files: any name is taken, none is trusted."""

import unicodedata
from pathlib import PurePosixPath

LONGEST = 200
# Signs that turn the reading direction: “fdp.exe” can be made to look like a PDF.
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def clean_name(name: str) -> str:
    """Return a name of at most 200 characters, without path; its extension stays."""
    composed = unicodedata.normalize("NFC", name).replace("\\", "/")
    last = "".join(c for c in composed.rsplit("/", 1)[-1] if _is_visible(c)).strip()
    stem, dot, extension = last.rpartition(".")
    if not dot or len(extension) > 10:
        return last[:LONGEST] or "document"
    kept = stem[: LONGEST - len(extension) - 1].rstrip()
    return f"{kept or 'document'}.{extension}"


def extension_of(name: str) -> str:
    """Return the extension in small letters, without its dot."""
    return PurePosixPath(name.lower()).suffix.lstrip(".")


def _is_visible(character: str) -> bool:
    if unicodedata.bidirectional(character) in TURNING:
        return False
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
