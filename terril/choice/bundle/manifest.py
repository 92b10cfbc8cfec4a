"""The manifest of a bundle: what it holds, by which words and versions."""

import hashlib
import json
import platform
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from terril import __version__
from terril.choice.bundle.errors import BundleError

FORMAT = "terril-bundle"
FORMAT_VERSION = 1
NAME = "manifest.json"
RESULT = "result.json"
# Beside ours: what floating results stand on.
PACKAGES = ("numpy", "scipy", "highspy", "ortools")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Manifest:
    """What a bundle says of itself.

    `word` and `words` are the words of `terril choice` whose JSON is the result, files
    named as in the bundle; `files` maps each other file to its SHA-256; `versions` are
    those that computed the result.
    """

    word: str
    words: tuple[str, ...]
    files: Mapping[str, str]
    regime: str
    versions: Mapping[str, str] = field(default_factory=dict)
    format: str = FORMAT
    format_version: int = FORMAT_VERSION
    tolerance: float = 1e-6

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the names of the files that the words read."""
        return tuple(name for name in self.files if name.startswith("inputs/"))

    def as_bytes(self) -> bytes:
        """Return the manifest as JSON, the same bytes each time."""
        return as_json(asdict(self) | {"words": list(self.words)})


def as_json(value: object) -> bytes:
    """Write JSON as the files of a bundle hold it."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def digest(raw: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def here() -> dict[str, str]:
    """Return the versions that compute here: Terril, Python, the machine, packages."""
    found = {
        "terril": __version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found


def read(files: Mapping[str, bytes]) -> Manifest:
    """Return the manifest of a bundle.

    Raises `BundleError` when there is none, when its format is unknown, or when it names
    a file that is not there.
    """
    told = parsed(files, NAME)
    if told.get("format") != FORMAT or told.get("format_version") != FORMAT_VERSION:
        raise BundleError(
            f"the format is unknown: {told.get('format')} {told.get('format_version')}",
            advice=f"This Terril reads {FORMAT} {FORMAT_VERSION}.",
        )
    _refuse_shape(told)
    missing = [name for name in told["files"] if name not in files]
    extra = [name for name in files if name not in told["files"] and name != NAME]
    if missing or extra:
        what = "is missing" if missing else "is not in the manifest"
        raise BundleError(f"“{(missing or extra)[0]}” {what}")
    return Manifest(
        told["word"],
        tuple(told["words"]),
        told["files"],
        told["regime"],
        told["versions"],
    )


def parsed(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    """Return an object of JSON of the bundle; refuse what is not one."""
    if name not in files:
        raise BundleError(f"“{name}” is missing")
    try:
        told = json.loads(files[name])
    except ValueError as error:
        raise BundleError(f"“{name}” is not JSON") from error
    if not isinstance(told, dict):
        raise BundleError(f"“{name}” does not hold an object")
    return told


def _refuse_shape(told: dict[str, Any]) -> None:
    words, files = told.get("words"), told.get("files")
    versions = told.get("versions")
    is_sound = (
        isinstance(told.get("word"), str)
        and isinstance(told.get("regime"), str)
        and isinstance(words, list)
        and all(isinstance(one, str) for one in words)
        and isinstance(versions, dict)
        and isinstance(files, dict)
        and all(
            isinstance(one, str) and _DIGEST.fullmatch(one) for one in files.values()
        )
        and RESULT in files
    )
    if not is_sound:
        raise BundleError("the manifest does not say what it must")
