"""Where releases are kept: written beside, renamed at once, published by a pointer."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from terril.analytics.errors import DataError, Spot
from terril.analytics.releases import MANIFEST, SHIPPED, Release
from terril.analytics.snapshots import digest

LIVE, LOCK, DRAFT = "live", ".lock", ".draft-"


@dataclass(frozen=True)
class Store:
    """A folder of releases, each a folder named by its number."""

    folder: Path

    def releases(self) -> list[Release]:
        """Return the releases in order; what was cut in the middle is not there."""
        if not self.folder.is_dir():
            return []
        found = [path for path in self.folder.iterdir() if path.name.isdigit()]
        return [Release(path, int(path.name)) for path in sorted(found)]

    def release(self, number: int) -> Release:
        """Return one release; `DataError` when there is none of that number."""
        for one in self.releases():
            if one.number == number:
                return one
        raise DataError(
            "no release bears this number",
            spot=Spot(str(self.folder)),
            example=number,
            advice="`terril release list` tells those at hand.",
        )

    @property
    def live(self) -> Release | None:
        """Return the release that answers, if one was published."""
        pointer = self.folder / LIVE
        return self.release(int(pointer.read_text())) if pointer.exists() else None

    @property
    def answering(self) -> Release:
        """Return the live release, or the one that ships when none was published."""
        return self.live or Release(SHIPPED)

    def write(self, files: Mapping[str, bytes]) -> Release:
        """Write a release, whole or not at all; the same content is written once.

        Two builds at once wait for each other. What a build killed in the middle
        left behind is swept by the next one.
        """
        manifest = {"files": {name: digest(raw) for name, raw in files.items()}}
        text = json.dumps(manifest, indent=1, sort_keys=True) + "\n"
        with self._locked():
            for one in self.releases():
                if one.manifest["files"] == manifest["files"]:
                    return one
            draft = self.folder / f"{DRAFT}{os.getpid()}"
            try:
                write_folder(draft, {**files, MANIFEST: text.encode()})
            except OSError as error:
                shutil.rmtree(draft, ignore_errors=True)
                raise _unwritten(self.folder, error) from error
            number = max((one.number for one in self.releases()), default=0) + 1
            final = self.folder / f"{number:04}"
            draft.rename(final)
            _sync(self.folder)
        return Release(final, number)

    def publish(self, number: int) -> Release:
        """Make a release the one that answers, once all its files are verified."""
        chosen = self.release(number)
        chosen.verify()
        with self._locked():
            fresh = self.folder / f"{LIVE}.new"
            _write(fresh, f"{number}\n".encode())
            fresh.replace(self.folder / LIVE)
            _sync(self.folder)
        return chosen

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in self.folder.glob(f"{DRAFT}*"):
                shutil.rmtree(left)
            yield


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder, all on the disk when this returns."""
    folder.mkdir()
    for name, raw in files.items():
        _write(folder / name, raw)
    _sync(folder)


def _write(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritten(folder: Path, error: OSError) -> DataError:
    return DataError(
        f"the release could not be written: {error.strerror}",
        spot=Spot(str(folder)),
        advice="Nothing was published; make room, then build again.",
    )
