"""`terril figure`: a figure with its proof, or why there is none."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from terril.analytics.answers import FigureRefused, Question
from terril.analytics.commands.release import folder
from terril.analytics.errors import DataError
from terril.analytics.figures import WrongUse, figure
from terril.analytics.geography.addresses import PlaceError
from terril.analytics.geography.atlas import atlas
from terril.analytics.store import Store
from terril.analytics.telling import in_words, told, told_refusal

VALUE, REFUSED, WRONG = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run `terril figure KEY --place PLACE --period PERIOD`; 0, 1 refused, 2 wrong."""
    asked = _parser().parse_args(arguments)
    question = Question(
        asked.key,
        asked.place,
        asked.period,
        asked.as_of or "",
        asked.edition,
        asked.decimals,
    )
    try:
        found = told(figure(Store(asked.releases).answering, atlas(), question))
    except (FigureRefused, PlaceError) as error:
        found = told_refusal(question, _refusal(error))
    except WrongUse as error:
        near = ", ".join(error.proposals)
        sys.stderr.write(f"{error}.{near and f' Did you mean {near}?'}\n")
        return WRONG
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    written = json.dumps(found, ensure_ascii=False, indent=1)
    sys.stdout.write(f"{written if asked.json else in_words(found)}\n")
    return REFUSED if "refused" in found else VALUE


def _refusal(error: FigureRefused | PlaceError) -> FigureRefused:
    if isinstance(error, FigureRefused):
        return error
    near = (error.proposal,) if error.proposal else ()
    return FigureRefused(str(error), status="unknown", proposals=near)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="terril figure", description="Tell a figure, its edition and its proof."
    )
    parser.add_argument("key", help="the key of an indicator: unemployment_rate")
    parser.add_argument("--place", required=True, help="com:62498, ze:3215, fr:metro")
    parser.add_argument(
        "--period", required=True, help="2022, 2022-T3, 2022-12 or 2012:2022"
    )
    parser.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD")
    parser.add_argument("--edition", default="", metavar="ID")
    parser.add_argument("--decimals", type=int, choices=range(7), metavar="N")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--releases", type=Path, default=folder(), metavar="FOLDER")
    return parser


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()
