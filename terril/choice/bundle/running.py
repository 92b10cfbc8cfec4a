"""Words run on the files of a bundle, away from everything else."""

import io
import json
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from terril.choice.bundle.errors import BundleError
from terril.choice.bundle.folders import laid
from terril.choice.bundle.kinds import refuse_words
from terril.choice.cli import WORDS


def answered(
    word: str, words: Sequence[str], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """Return what `terril choice WORD … --json` answers on these files.

    Files are laid in a folder of their own, which is then removed; `words` name them as
    the bundle does. Raises `BundleError` when the word is unknown here, misused or
    refuses its input.
    """
    refuse_words(word, words, list(files))
    try:
        module = import_module(f"terril.choice.{WORDS[word][0]}.words")
    except ModuleNotFoundError as error:
        raise BundleError(f"this Terril cannot compute “{word}” ({error})") from error
    out, complaint = io.StringIO(), io.StringIO()
    with TemporaryDirectory() as folder:
        spoken = laid(Path(folder), words, files)
        with redirect_stdout(out), redirect_stderr(complaint):
            try:
                code = module.main([*spoken, "--json"])
            except SystemExit as left:
                code = left.code
        told = complaint.getvalue().replace(f"{folder}/", "").strip()
    if code != 0:
        raise BundleError(f"“{word}” refuses the input: {told.splitlines()[-1:]}")
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer
