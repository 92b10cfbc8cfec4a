"""The words of the `terril` command that choose: `choice …` and `recount`."""

import sys
from collections.abc import Sequence
from importlib import import_module

# A word, the part of the library that knows it, and what it does.
WORDS = {
    "assign": ("assignment", "Give each dossier its readers."),
    "calibrate": ("calibration", "See what severe and lenient readers hide."),
    "tally": ("tally", "Count ballots: majority judgment, approval or score."),
    "select": ("selection", "Find the best set under quotas, and what they cost."),
    "bundle": ("bundle", "Put a result in a ZIP that anyone can compute again."),
}


def main(arguments: Sequence[str]) -> int:
    """Hand `choice WORD …` or `recount …` over to the part that knows it."""
    first, *rest = arguments
    if first == "recount":
        return _run("bundle", "recount", rest)
    word, *words = rest or ["--help"]
    if word in WORDS:
        return _run(WORDS[word][0], "main", words)
    sys.stdout.write(f"{_summary()}\n")
    return 0 if word in ("help", "--help", "-h") else 2


def _run(part: str, name: str, words: Sequence[str]) -> int:
    """Load one part of the library and nothing else: solvers are slow to start."""
    module = import_module(f"terril.choice.{part}.words")
    return int(getattr(module, name)(words))


def _summary() -> str:
    told = [f"  {word:<12}{what}" for word, (_, what) in WORDS.items()]
    return "\n".join(["terril choice WORD …    (WORD --help says more)\n", *told])
