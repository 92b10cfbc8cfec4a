"""The words `terril choice bundle` and `terril recount`."""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from random import SystemRandom

from terril.choice.bundle.recounting import Recount, recount as compute_again
from terril.choice.bundle.writing import Request, write
from terril.choice.errors import ChoiceError

VERDICTS = {
    "same": "The same result.",
    "different": "Not the same result.",
    "unknown": "Nothing can be concluded.",
}
MAKES = """
After “--” stand the words of terril choice whose result is bundled, as in
  terril choice bundle OUT.zip --regime regime.json -- tally BALLOTS.csv --blank worst
Ballots are not bundled, their merit profile is; readers become R1, R2 … and --key FILE
keeps who they are, outside of the bundle.

Exit code: 0 when the bundle is written, 1 when an input is refused, 2 for misused words.
"""


def main(arguments: Sequence[str]) -> int:
    """Write the bundle of the result that other words give."""
    asked = _maker().parse_args(arguments)
    try:
        regime = asked.regime.read_bytes()
        request = Request(asked.word, tuple(asked.words), regime, asked.regime.name)
        written = write(asked.path, request, numbers=SystemRandom())
        if asked.key:
            _keep_key(asked.key, written.key)
    except (ChoiceError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    told = {"bundle": asked.path.name, "sha256": written.sha256}
    sys.stdout.write(
        f"{json.dumps(told | {'result': written.result}, ensure_ascii=False)}\n"
        if asked.json
        else f"{asked.path.name}: SHA-256 {written.sha256}\n"
    )
    return 0


def _maker() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="terril choice bundle",
        description="Put a result in a ZIP that anyone can compute again.",
        epilog=MAKES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("path", type=Path, metavar="OUT.zip")
    parser.add_argument("--regime", type=Path, required=True, metavar="FILE")
    parser.add_argument("--key", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("word", metavar="-- WORD")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…")
    return parser


def _keep_key(path: Path, key: object) -> None:
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["reader", "number"])
        writer.writerows(dict(key).items())  # type: ignore[call-overload]


def recount(arguments: Sequence[str]) -> int:
    """Compute the result of a bundle again, and say whether it is the same."""
    parser = argparse.ArgumentParser(
        prog="terril recount",
        description="Compute the result of a bundle again, without the site.",
        epilog="Exit code: 0 the same, 1 not the same, 2 nothing can be concluded.",
    )
    parser.add_argument("path", type=Path, metavar="BUNDLE.zip")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    found = compute_again(asked.path)
    text = (
        json.dumps(found.as_json(), ensure_ascii=False, indent=2)
        if asked.json
        else _told(found)
    )
    sys.stdout.write(f"{text}\n")
    return found.exit_code


def _told(found: Recount) -> str:
    lines = [VERDICTS[found.verdict], *found.reasons]
    lines += [
        f"  {one.where}: published {one.published}, computed {one.computed}"
        for one in found.differences[:20]
    ]
    if found.sha256:
        lines.append(f"SHA-256 of the bundle: {found.sha256}")
    return "\n".join(lines)
