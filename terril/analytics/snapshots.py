"""Find an original file in a folder and prove that its bytes are the declared ones."""

import hashlib
from pathlib import Path

from terril.analytics.catalogue import Edition
from terril.analytics.errors import DataError, Spot


def snapshot(edition: Edition, folder: Path) -> bytes:
    """Return the bytes of an edition's file, wherever it is under a folder."""
    found = sorted(folder.rglob(edition.file))
    if not found:
        raise DataError(
            "the file is not in the folder",
            spot=Spot(edition.file),
            example=folder,
            advice="Get it from the address of its recipe and put it there.",
        )
    for path in found:
        raw = path.read_bytes()
        if digest(raw) == edition.sha256:
            return raw
    raise DataError(
        "this is not the declared file: its sha256 is another",
        spot=Spot(edition.file),
        example=digest(found[0].read_bytes()),
        advice=f"Declared: {edition.sha256}. If the producer has published a new "
        "edition, declare it beside the old one; never replace a digest.",
    )


def snapshots(edition: Edition, folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file of an edition, by name.

    An edition in many files is declared by a pattern, and its digest is that of
    the list of their digests, as `sha256sum FILES | sha256sum` prints it.
    """
    if "*" not in edition.file:
        return {edition.file: snapshot(edition, folder)}
    found = {
        path.name: path.read_bytes() for path in sorted(folder.rglob(edition.file))
    }
    listed = "".join(f"{digest(raw)}  {name}\n" for name, raw in found.items())
    if digest(listed.encode()) != edition.sha256:
        raise DataError(
            "these are not the declared files: the digest of their list is another",
            spot=Spot(edition.file),
            count=len(found),
            example=digest(listed.encode()),
            advice=f"Declared: {edition.sha256}. Put all the files of the edition, and "
            "no other of the same name, in the folder.",
        )
    return found


def digest(raw: bytes) -> str:
    """Return the sha256 of some bytes, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()
