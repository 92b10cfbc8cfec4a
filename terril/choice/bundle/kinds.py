"""What can be bundled: the words whose JSON is a result, and what they may be told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from terril.choice.bundle import anonymous, ballots
from terril.choice.bundle.errors import BundleError

Files = dict[str, bytes]
Prepare = Callable[["Inputs", Random], "Inputs"]


@dataclass(frozen=True)
class Inputs:
    """The words of a bundle and the files they name; `key` tells who was renamed."""

    words: tuple[str, ...]
    files: Mapping[str, bytes]
    key: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One word: the options a bundle may give it, and how its inputs lose their names.

    It is exact when it counts with whole numbers: no version excuses a difference.
    """

    options: frozenset[str]
    prepare: Callable[[Inputs, Random], Inputs]
    is_exact: bool = False


def _tally(inputs: Inputs, _numbers: Random) -> Inputs:
    words, files = ballots.published(inputs.words, inputs.files)
    return Inputs(words, files)


def _calibrate(inputs: Inputs, numbers: Random) -> Inputs:
    return _renamed(inputs, numbers, anonymous.marks)


def _assign(inputs: Inputs, numbers: Random) -> Inputs:
    return _renamed(inputs, numbers, anonymous.instance)


def _select(inputs: Inputs, _numbers: Random) -> Inputs:
    for raw in inputs.files.values():
        anonymous.refuse_persons(raw)
    return inputs


def _renamed(
    inputs: Inputs,
    numbers: Random,
    rename: Callable[[bytes, Random], tuple[bytes, dict[str, str]]],
) -> Inputs:
    if len(inputs.files) != 1:
        raise BundleError(f"one file is expected, {len(inputs.files)} are given")
    ((name, raw),) = inputs.files.items()
    renamed, key = rename(raw, numbers)
    return Inputs(inputs.words, {name: renamed}, key)


KINDS: Mapping[str, Kind] = {
    "tally": Kind(
        frozenset(
            {"--approved", "--blank", "--grades", "--method", "--numbers", "--points"}
            | {"--profile", "--ranks", "--seed", "--tie-break"}
        ),
        _tally,
        is_exact=True,
    ),
    "calibrate": Kind(frozenset({"--details", "--seed", "--top"}), _calibrate),
    "assign": Kind(frozenset({"--linked"}), _assign),
    "select": Kind(frozenset({"--seed"}), _select),
}


def kind_of(word: str) -> Kind:
    """Return what is known of a word; refuse a word that no bundle holds."""
    if word not in KINDS:
        raise BundleError(
            f"no bundle holds “{word}”", advice=f"One of {', '.join(KINDS)}."
        )
    return KINDS[word]


def refuse_words(word: str, words: Sequence[str], names: Sequence[str]) -> None:
    """Refuse an option that a bundle may not give, or a path out of it."""
    options = kind_of(word).options
    for one in words:
        if one.startswith("-") and one.partition("=")[0] not in options:
            raise BundleError(f"a bundle of “{word}” may not say “{one}”")
        if one not in names and any(sign in one for sign in "/\\"):
            raise BundleError(f"“{one}” is not a file of the bundle")
