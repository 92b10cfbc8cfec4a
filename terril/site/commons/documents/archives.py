"""Look inside packed documents without ever unfolding too much of them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

MIB = 1024 * 1024
MOST_ENTRIES = 5_000
MOST_BYTES = 200 * MIB
# Below this much nobody is harmed, whatever the ratio.
HARMLESS = 10 * MIB
MOST_RATIO = 100
DEEPEST = 2
CHUNK = 64 * 1024
PACKED = b"PK\x03\x04"
# All that the library says of what is not an archive, or is of no version it knows.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    OSError,
    # NotImplementedError is one of these: a version of the format that nobody reads.
    RuntimeError,
)


class TooMuch(Exception):
    """The archive unfolds to more than is reasonable."""


class Damaged(Exception):
    """The archive cannot be read to its end."""


@dataclass
class Contents:
    """What an archive holds: its names, the text that says its kind, its weight."""

    weight: int
    names: set[str] = field(default_factory=set)
    mimetype: str = ""
    entries: int = 0
    unfolded: int = 0

    @property
    def has_macros(self) -> bool:
        return any(
            name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/"))
            for name in map(str.lower, self.names)
        )

    def add(self, size: int) -> None:
        self.unfolded += size
        is_heavy = self.unfolded > HARMLESS
        if self.unfolded > MOST_BYTES:
            raise TooMuch
        if is_heavy and self.unfolded > MOST_RATIO * self.weight:
            raise TooMuch


def contents(file: BinaryIO, size: int) -> Contents:
    """Read a whole archive, and those inside it, counting what really comes out."""
    found = Contents(weight=size)
    try:
        _walk(file, found, depth=0)
    except UNREADABLE as fault:
        raise Damaged from fault
    return found


def _walk(file: BinaryIO, found: Contents, *, depth: int) -> None:
    if depth > DEEPEST:
        raise TooMuch
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
    found.entries += len(entries)
    if found.entries > MOST_ENTRIES:
        raise TooMuch
    for entry in entries:
        found.names.add(entry.filename)
        _weigh(file, entry, found, depth)


def _weigh(file: BinaryIO, entry: zipfile.ZipInfo, found: Contents, depth: int) -> None:
    pieces = _pieces(file, entry)
    first = next(pieces, b"")
    found.add(len(first))
    if depth == 0 and entry.filename == "mimetype":
        found.mimetype = first[:100].decode("ascii", "replace").strip()
    inner = io.BytesIO(first) if first.startswith(PACKED) else None
    for piece in pieces:
        found.add(len(piece))
        if inner:
            inner.seek(0, io.SEEK_END)
            inner.write(piece)
    if inner:
        _walk(inner, found, depth=depth + 1)


def _pieces(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unfold one entry by its bytes: the size written in its header may lie."""
    if entry.flag_bits & 1 or entry.compress_type not in (0, 8):
        raise Damaged
    file.seek(entry.header_offset + 26)
    name, extra = struct.unpack("<HH", file.read(4))
    file.seek(name + extra, io.SEEK_CUR)
    left, unfold = entry.compress_size, zlib.decompressobj(-15)
    while left > 0:
        raw = file.read(min(CHUNK, left))
        if not raw:
            raise Damaged
        left -= len(raw)
        if entry.compress_type == 0:
            yield raw
            continue
        while raw:
            yield unfold.decompress(raw, CHUNK)
            raw = unfold.unconsumed_tail
