"""The word `terril choice calibrate`."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from terril.choice.calibration.answer import Calibration, calibrate, calibrate_each
from terril.choice.calibration.disagreements import disagreement
from terril.choice.calibration.errors import CalibrationRefused
from terril.choice.calibration.influences import influence
from terril.choice.calibration.marks import Marks
from terril.choice.calibration.printing import printed
from terril.choice.calibration.reading import read_marks

ANSWERED, REFUSED, MISUSED = 0, 1, 2
DOSSIER = (
    "dossier",
    "raw",
    "calibrated",
    "rank_raw",
    "rank_calibrated",
    "rank_low",
    "rank_high",
    "p_top",
)
ENDS = """\
MARKS.csv has the columns dossier, reader, criterion, mark; an empty mark is a
question not answered, and leaves the score whole. High marks are good, rank 1 is
the best, positive severity is severe, a rank interval holds 90 %.

exit status: 0 answered, 1 refused (the reason is told), 2 wrong use
"""


def main(arguments: Sequence[str]) -> int:
    """Run `terril choice calibrate MARKS.csv [--top K] [--seed N] [--json]`."""
    asked = _parser().parse_args(arguments)
    try:
        marks = read_marks(asked.marks)
        found = calibrate(marks, top=asked.top, seed=asked.seed)
        more = _details(marks, asked.top, asked.seed) if asked.details else {}
    except OSError as error:
        sys.stderr.write(f"{asked.marks}: {error.strerror}\n")
        return MISUSED
    except CalibrationRefused as refusal:
        _tell_refusal(refusal, is_json=asked.is_json)
        return REFUSED
    if asked.is_json or more:
        sys.stdout.write(json.dumps(answer(found) | more, allow_nan=False) + "\n")
    else:
        sys.stdout.write(printed(found))
    return ANSWERED


def answer(found: Calibration) -> dict[str, object]:
    """Return a calibration as the published words of the command."""
    told: dict[str, object] = {
        "dossiers": [
            {name: getattr(one, name) for name in DOSSIER} for one in found.dossiers
        ],
        "readers": [
            {"reader": one.reader, "severity": one.severity} for one in found.readers
        ],
        "variance": asdict(found.variance),
    }
    return told | ({"caution": found.caution} if found.caution else {})


def _details(marks: Marks, top: int, seed: int) -> dict[str, object]:
    """Return what is asked for beside: each criterion, influence, disagreement."""
    return {
        "criteria": [
            {"criterion": one.criterion}
            | (answer(one.calibration) if one.calibration else {"refused": one.refused})
            for one in calibrate_each(marks, top=top, seed=seed)
        ],
        "influence": [
            asdict(one) | {"ranks": dict(one.ranks)}
            for one in influence(marks, top=top)
        ],
        "disagreement": [asdict(one) for one in disagreement(marks)],
    }


def _tell_refusal(refusal: CalibrationRefused, *, is_json: bool) -> None:
    if is_json:
        sys.stdout.write(json.dumps({"refused": refusal.reason}) + "\n")
    else:
        sys.stderr.write(f"Refused. {refusal.reason}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="terril choice calibrate",
        description="Rank dossiers beside their raw ranking, severity taken off.",
        epilog=ENDS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("marks", type=Path, metavar="MARKS.csv")
    parser.add_argument(
        "--top",
        type=_positive,
        default=1,
        metavar="K",
        help="p_top is the chance to be among the first K (1)",
    )
    parser.add_argument(
        "--seed", type=_natural, default=0, metavar="N", help="of the draws (0)"
    )
    parser.add_argument("--json", action="store_true", dest="is_json")
    parser.add_argument(
        "--details",
        action="store_true",
        help="in JSON, with each criterion, ranks without each reader, disagreement",
    )
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1 up")
    return int(text)


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 0 up")
    return int(text)
