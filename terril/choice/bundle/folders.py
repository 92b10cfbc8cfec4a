"""Files of a bundle laid in a folder, for words to read."""

from collections.abc import Mapping, Sequence
from pathlib import Path


def laid(folder: Path, words: Sequence[str], files: Mapping[str, bytes]) -> list[str]:
    """Write files under a folder; return the words, which now name them there."""
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(raw)
    return [str(folder / word) if word in files else word for word in words]
