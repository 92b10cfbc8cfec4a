"""Making a bundle: inputs without names, the result they give, and how to verify it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files as resources
from pathlib import Path
from random import Random
from typing import Any

from terril.choice.bundle import archive, manifest
from terril.choice.bundle.errors import BundleError
from terril.choice.bundle.kinds import Inputs, kind_of
from terril.choice.bundle.running import answered
from terril.choice.errors import Spot

README = """\
Ce dossier permet de recalculer un résultat sans le site qui l’a publié.
  regime/       le texte du régime publié
  inputs/       les données du calcul, sans nom : les lecteurs sont R1, R2…
  result.json   le résultat publié
  manifest.json les mots du calcul, les versions, les empreintes SHA-256
  verify.py     vérifie, avec Python 3.9 ou plus et rien d’autre, les empreintes et ce
                qui se compte en nombres entiers :  python3 verify.py FICHIER.zip
Tout recalculer :  terril recount FICHIER.zip

This folder lets anyone compute a result again without the site that published it.
verify.py checks, with Python 3.9 or later and nothing else, the digests and whatever
is counted in whole numbers; “terril recount FILE.zip” computes all of it again.
"""


@dataclass(frozen=True)
class Request:
    """What to bundle: a word of `terril choice`, its words, and the published regime.

    `words` name files by their paths here; `regime` is the text as it was published.
    """

    word: str
    words: tuple[str, ...]
    regime: bytes
    regime_name: str = "regime"


@dataclass(frozen=True)
class Written:
    """A bundle as it was written: its SHA-256, its result, and who each number is.

    `key` maps readers to their numbers: it is not in the bundle and must stay secret.
    """

    sha256: str
    result: Mapping[str, Any]
    key: Mapping[str, str]


def write(path: Path, request: Request, *, numbers: Random) -> Written:
    """Write the bundle of a result; the same request and numbers give the same bytes.

    `numbers` draws the numbers of readers, and is not kept: give it a secret seed. The
    result is computed from the inputs of the bundle, without names. Raises `BundleError`
    or `ChoiceError` when the word refuses them.
    """
    kind = kind_of(request.word)
    prepared = kind.prepare(_inputs(request.words), numbers)
    result = answered(request.word, prepared.words, prepared.files)
    regime = f"regime/{_safe(request.regime_name)}"
    files = {
        "README": README.encode(),
        regime: request.regime,
        **dict(sorted(prepared.files.items())),
        manifest.RESULT: manifest.as_json(result),
        "verify.py": resources(__package__).joinpath("verify.py").read_bytes(),
    }
    told = manifest.Manifest(
        request.word,
        prepared.words,
        {name: manifest.digest(raw) for name, raw in files.items()},
        regime,
        manifest.here(),
    )
    raw = archive.packed({manifest.NAME: told.as_bytes(), **files})
    _keep(path, raw)
    return Written(manifest.digest(raw), result, prepared.key)


def _inputs(words: Sequence[str]) -> Inputs:
    """Read the files that words name, and give them names that tell nothing."""
    spoken: list[str] = []
    found: dict[str, bytes] = {}
    for word in words:
        path = Path(word)
        if path.suffix.lower() not in (".csv", ".json") or word.startswith("-"):
            spoken.append(word)
            continue
        name = f"inputs/{len(found) + 1}{path.suffix.lower()}"
        try:
            found[name] = path.read_bytes()
        except OSError as error:
            raise BundleError(
                f"it cannot be read: {error.strerror}", spot=Spot(path.name)
            ) from error
        spoken.append(name)
    return Inputs(tuple(spoken), found)


def _safe(name: str) -> str:
    """Return the name of a regime as a bundle may hold it."""
    suffix = Path(name).suffix.lower()
    return f"regime{suffix}" if archive.NAME.fullmatch(f"regime{suffix}") else "regime"


def _keep(path: Path, raw: bytes) -> None:
    """Write a whole file or none."""
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(raw)
    half.replace(path)
