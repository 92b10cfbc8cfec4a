"""ZIP files that hold no trap: the same bytes each time, and nothing hidden inside."""

import io
import re
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

from terril.choice.bundle.errors import BundleError
from terril.choice.errors import Spot

MAX_FILE = 256 << 20
MAX_ALL = 512 << 20
MAX_MEMBERS = 64
MAX_RATIO = 200
# What is small may shrink as it likes: a table of zeros does.
FREE_RATIO = 1 << 20
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)?")
THEN = (1980, 1, 1, 0, 0, 0)


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of files: the same files in the same order give the same bytes.

    Nothing is compressed, for compressors differ between machines. Raises `BundleError`
    for a name that no bundle may hold.
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name, raw in files.items():
            if not NAME.fullmatch(name):
                raise BundleError(f"“{name}” is not a name for a file of a bundle")
            member = zipfile.ZipInfo(name, THEN)
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, raw)
    return whole.getvalue()


def unpacked(path: Path) -> dict[str, bytes]:
    """Return the files of a ZIP, each read once, none too large.

    Raises `BundleError` for what is no ZIP, is corrupt or encrypted, for a name that
    leads elsewhere or comes twice, a link, too many files, or a file that swells.
    """
    try:
        if path.stat().st_size > MAX_ALL:
            raise BundleError("the file is too large for a bundle", spot=_spot(path))
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _refuse_members(members, path)
            return {one.filename: _read(archive, one, path) for one in members}
    except OSError as error:
        raise BundleError(f"it cannot be read: {error}", spot=_spot(path)) from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise BundleError(
            f"it is not a sound ZIP ({error})", spot=_spot(path)
        ) from error


def _spot(path: Path, name: str = "") -> Spot:
    return Spot(path.name, column=name)


def _refuse_members(members: list[zipfile.ZipInfo], path: Path) -> None:
    if len(members) > MAX_MEMBERS:
        raise BundleError(f"{len(members)} files are too many", spot=_spot(path))
    if sum(one.file_size for one in members) > MAX_ALL:
        raise BundleError("it would fill more than 512 MB", spot=_spot(path))
    seen: set[str] = set()
    for one in members:
        problem = _problem(one)
        if one.filename.casefold() in seen:
            problem = "a file is there twice"
        if problem:
            raise BundleError(f"{problem} (“{one.filename}”)", spot=_spot(path))
        seen.add(one.filename.casefold())


def _problem(one: zipfile.ZipInfo) -> str:
    """Say what is wrong with a member before it is opened, if anything is."""
    kind = stat.S_IFMT(one.external_attr >> 16)
    swells = one.file_size > max(FREE_RATIO, MAX_RATIO * one.compress_size)
    reasons = {
        "a name leads out of the bundle": not NAME.fullmatch(one.filename),
        "a file is encrypted": bool(one.flag_bits & 1),
        "a link or a device is no file": kind not in (0, stat.S_IFREG),
        "a file is larger than 256 MB": one.file_size > MAX_FILE,
        "a file swells too much when it is unpacked": swells,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _read(archive: zipfile.ZipFile, one: zipfile.ZipInfo, path: Path) -> bytes:
    """Read a member up to the size it declares: what says more is a trap."""
    with archive.open(one) as member:
        raw = member.read(one.file_size + 1)
    if len(raw) != one.file_size:
        raise BundleError("a file is not of the size it says", spot=_spot(path))
    return raw
