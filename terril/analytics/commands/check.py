"""The word `terril check`: every number of a text, with its verdict."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from terril.analytics.commands.release import folder
from terril.analytics.geography.addresses import PlaceError
from terril.analytics.geography.atlas import atlas
from terril.analytics.store import Store
from terril.analytics.texts import Speech, Unreadable, read
from terril.analytics.verdicts import ALARMS, CODES, Checked, Grounds, Reading, check
from terril.analytics.verdicts.binding import Observatory
from terril.analytics.verdicts.holding import with_suffix
from terril.analytics.verdicts.places import gazetteer

TERRITORY = "territory:pma"


def main(arguments: Sequence[str]) -> int:
    """Run `terril check FILE [--territory KEY] [--published DATE] [--json]`.

    Return 0, 1 when a number is in `gap` or `stale`, 2 when the file cannot be read.
    """
    asked = _parser().parse_args(arguments)
    try:
        speech = read(asked.file)
    except Unreadable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    grounds = Grounds(
        Observatory(Store(asked.releases).answering),
        gazetteer(asked.territory),
        territory=asked.territory,
        published_on=asked.published,
    )
    checked = check(speech.text, grounds, asked.language)
    told = answer(speech, checked) if asked.json else table(speech, checked)
    sys.stdout.write(f"{told}\n")
    return int(any(one.verdict.code in ALARMS for one in checked))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="terril check",
        description="List every number of a text, the figure it seems to speak of, "
        "and whether it holds. Exit 1 when one does not, 2 when the file is not read.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--territory",
        type=_territory,
        default=TERRITORY,
        metavar="KEY",
        help="whom “le territoire” means (territory:pma)",
    )
    parser.add_argument(
        "--published",
        type=_day,
        default="",
        metavar="YYYY-MM-DD",
        help="the day the text was published: what was exact then may be stale now",
    )
    parser.add_argument("--language", choices=("", "fr", "en"), default="")
    parser.add_argument("--releases", type=Path, default=folder(), metavar="FOLDER")
    parser.add_argument("--json", action="store_true", help="for machines")
    return parser


def _territory(text: str) -> str:
    key = text if ":" in text else f"territory:{text}"
    try:
        return str(atlas().place(key).address)
    except PlaceError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _day(text: str) -> str:
    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise argparse.ArgumentTypeError("a day is written YYYY-MM-DD") from error


def answer(speech: Speech, checked: Sequence[Checked]) -> str:
    """Return the rows as JSON; offsets are those of `text`."""
    told = {
        "file": speech.name,
        "sha256": speech.sha256,
        "text_sha256": sha256(speech.text.encode()).hexdigest(),
        "notes": speech.notes,
        "quantities": [row(one, speech.text) for one in checked],
        "text": speech.text,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def row(one: Checked, text: str) -> dict[str, Any]:
    """Return a checked quantity as one row of the answer."""
    quantity, proposal, verdict = one.quantity, one.proposal, one.verdict
    return {
        "start": quantity.span.start,
        "end": quantity.span.end,
        "text": quantity.text,
        "sentence": text[quantity.sentence.start : quantity.sentence.end],
        "value": _number(quantity.value),
        "low": _number(quantity.interval.low),
        "high": _number(quantity.interval.high),
        "unit": quantity.unit,
        "qualifier": quantity.qualifier,
        "status_word": quantity.status_word,
        "note": quantity.note,
        "indicator": proposal.indicator,
        "place": proposal.place,
        "period": proposal.period,
        "verdict": verdict.code,
        "computed": _computed(verdict.computed),
        "edition": verdict.computed.edition if verdict.computed else "",
        "reason": verdict.reason,
        "missing": list(dict.fromkeys((*verdict.missing, *proposal.missing))),
        "readings": [_reading(found) for found in verdict.readings],
        "tried": verdict.tried,
        "warning": verdict.warning,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _computed(reading: Reading | None) -> int | float | list[int | float | None] | None:
    if reading is None:
        return None
    if reading.is_point:
        return _number(reading.low)
    return [_number(reading.low), _number(reading.high)]


def _reading(found: Reading) -> dict[str, Any]:
    return {
        "label": found.label,
        "place": found.place,
        "period": found.period,
        "low": _number(found.low),
        "high": _number(found.high),
        "unit": found.unit,
        "status": found.status,
        "status_word": found.status_word,
        "edition": found.edition,
        "published_on": found.published_on,
    }


def table(speech: Speech, checked: Sequence[Checked]) -> str:
    """Return the rows for people: one number a block, its verdict first."""
    lines = [f"{speech.name} : {len(checked)} nombre(s)"]
    lines += [f"  ({note})" for note in speech.notes]
    for one in checked:
        line = speech.text.count("\n", 0, one.quantity.span.start) + 1
        lines += ["", f"l. {line}  {_shown(one.quantity.text)}", *_told(one)]
    return "\n".join(lines)


def _told(one: Checked) -> list[str]:
    proposal, verdict = one.proposal, one.verdict
    figure = " · ".join(
        part for part in (proposal.indicator, proposal.place, proposal.period) if part
    )
    lines = [f"    {CODES[verdict.code]} — {verdict.reason}"]
    if figure:
        lines.append(f"    parle de : {figure}")
    if verdict.missing:
        lines.append(f"    manque : {', '.join(verdict.missing)}")
    lines += [f"    · {found.label} : {_value(found)}" for found in verdict.readings]
    if verdict.warning:
        lines.append(f"    attention : {verdict.warning}")
    return lines


def _value(found: Reading) -> str:
    low, high = (with_suffix(end, found.unit) for end in (found.low, found.high))
    return low if found.is_point else f"{low} à {high}"


def _shown(text: str) -> str:
    return " ".join(text.split())
