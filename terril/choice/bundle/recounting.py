"""Reading a bundle, and computing its result again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from terril import __version__
from terril.choice.bundle import archive, manifest
from terril.choice.bundle.comparing import Difference, differences
from terril.choice.bundle.kinds import kind_of
from terril.choice.bundle.manifest import Manifest
from terril.choice.bundle.running import answered
from terril.choice.errors import ChoiceError


class Verdict(StrEnum):
    """What a recount concludes."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


EXITS = {Verdict.SAME: 0, Verdict.DIFFERENT: 1, Verdict.UNKNOWN: 2}


@dataclass(frozen=True)
class Bundle:
    """A bundle that was read: its manifest, its files, its published result."""

    manifest: Manifest
    files: Mapping[str, bytes]
    result: Mapping[str, Any]

    @property
    def altered(self) -> list[str]:
        """Return the files that are not those that were sealed."""
        return [
            name
            for name, digest in self.manifest.files.items()
            if manifest.digest(self.files[name]) != digest
        ]

    @property
    def inputs(self) -> dict[str, bytes]:
        """Return the files that the words read."""
        return {name: self.files[name] for name in self.manifest.inputs}


@dataclass(frozen=True)
class Recount:
    """The conclusion of a recount, with its reasons and each place that differs."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    word: str = ""
    sha256: str = ""
    versions: Mapping[str, str] | None = None

    @property
    def exit_code(self) -> int:
        """Return 0 for the same result, 1 for another, 2 when nothing is concluded."""
        return EXITS[self.verdict]

    def as_json(self) -> dict[str, object]:
        """Return the conclusion as `terril recount --json` prints it."""
        return asdict(self) | {
            "verdict": self.verdict.value,
            "exit": self.exit_code,
            "reasons": list(self.reasons),
            "differences": [asdict(one) for one in self.differences],
            "versions": {"published": self.versions, "here": manifest.here()},
        }


def read(path: Path) -> Bundle:
    """Read a bundle. Raises `BundleError` for what is no sound bundle of this format."""
    files = archive.unpacked(path)
    return Bundle(manifest.read(files), files, manifest.parsed(files, manifest.RESULT))


def recount(path: Path) -> Recount:
    """Compute the result of a bundle again, without the site and without a network.

    *Same*: every key agrees, numbers with a fraction to one millionth. *Different*: a
    file is not the one that was sealed, or the result is another though it is counted in
    whole numbers or the versions are the same. *Unknown*: the bundle cannot be read or
    computed here, or other versions compute another result with a fraction in it.
    """
    try:
        bundle = read(path)
        kind_of(bundle.manifest.word)
        sealed = manifest.digest(path.read_bytes())
    except (ChoiceError, OSError) as error:
        return Recount(Verdict.UNKNOWN, (str(error),))
    verdict, reasons, found = _computed(bundle)
    told = bundle.manifest
    return Recount(
        verdict, tuple(reasons), tuple(found), told.word, sealed, told.versions
    )


def _computed(bundle: Bundle) -> tuple[Verdict, list[str], list[Difference]]:
    """Compute the result again; return what is concluded, why, and what differs."""
    told = bundle.manifest
    reasons = [f"{name} is not the file that was sealed" for name in bundle.altered]
    try:
        computed = answered(told.word, told.words, bundle.inputs)
    except ChoiceError as error:
        verdict = Verdict.DIFFERENT if bundle.altered else Verdict.UNKNOWN
        return verdict, [*reasons, str(error)], []
    is_newer = told.versions.get("terril") != __version__
    found = differences(dict(bundle.result), computed, is_newer=is_newer)
    verdict = _verdict(bundle, found)
    if found:
        reasons.append(f"{len(found)} values differ, {found[0].where} first")
    if verdict is Verdict.UNKNOWN:
        reasons.append(_other_versions(told))
    return verdict, reasons, found


def _verdict(bundle: Bundle, found: list[Difference]) -> Verdict:
    if bundle.altered:
        return Verdict.DIFFERENT
    if not found:
        return Verdict.SAME
    is_exact = kind_of(bundle.manifest.word).is_exact
    if is_exact or bundle.manifest.versions == manifest.here():
        return Verdict.DIFFERENT
    return Verdict.UNKNOWN


def _other_versions(told: Manifest) -> str:
    here = manifest.here()
    other = [
        f"{name} {told.versions.get(name)} there, {found} here"
        for name, found in here.items()
        if told.versions.get(name) != found
    ]
    return f"other versions computed it ({'; '.join(other)}): install those to conclude"
