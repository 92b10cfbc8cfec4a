"""Inputs without names: readers become R1, R2 … and what is not asked for goes."""

import csv
import io
import json
import re
from collections.abc import Sequence
from random import Random
from typing import Any

from terril.choice.bundle.errors import BundleError
from terril.choice.tally.texts import decode, delimiter_of

MARKS = ("dossier", "reader", "criterion", "mark")
# What the word asks of an instance, and nothing more: a name beside it is left out.
INSTANCE = ("dossiers", "readers", "fit", "conflicts", "apart", "fixed", "seed")
DOSSIER = ("id", "demand", "disciplines")
READER = ("id", "min", "max", "disciplines")
_MAIL = re.compile(rb"[\w.+-]+@[\w-]+\.[\w.-]+")
_PERSON = re.compile(
    r"^(first|last|full|sur)?_?name$|^e?-?mails?$|^(tele)?phone$|^(pre)?nom$|^courriel$"
)


def numbered(names: Sequence[str], numbers: Random) -> dict[str, str]:
    """Give each name a number at random: the order of a list tells nothing of them."""
    found = list(dict.fromkeys(names))
    places = list(range(1, len(found) + 1))
    numbers.shuffle(places)
    return {name: f"R{place}" for name, place in zip(found, places, strict=True)}


def marks(raw: bytes, numbers: Random) -> tuple[bytes, dict[str, str]]:
    """Return marks with numbered readers and the four columns that are asked for.

    Raises `BundleError` when a column is missing or an address stands in the file.
    """
    refuse_mail(raw)
    text = decode(raw, "marks")
    delimiter = delimiter_of(text)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    heads = [head.strip().casefold() for head in rows[0]] if rows else []
    if not set(MARKS) <= set(heads):
        raise BundleError(f"marks have the columns {', '.join(MARKS)}")
    places = [heads.index(name) for name in MARKS]
    kept = [[row[at] for at in places] for row in rows[1:] if len(row) == len(heads)]
    key = numbered([row[1].strip() for row in kept], numbers)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\n")
    writer.writerow(MARKS)
    writer.writerows([row[0], key[row[1].strip()], *row[2:]] for row in kept)
    return written.getvalue().encode(), key


def instance(raw: bytes, numbers: Random) -> tuple[bytes, dict[str, str]]:
    """Return an instance of assignment with numbered readers, and only what is asked for.

    Raises `BundleError` when it is no instance or an address stands in it.
    """
    refuse_mail(raw)
    told = _object(raw)
    try:
        names = [str(reader["id"]) for reader in told["readers"]]
        key = numbered(names, numbers)
        kept: dict[str, Any] = {name: told[name] for name in INSTANCE if name in told}
        kept["dossiers"] = [_kept(one, DOSSIER) for one in told["dossiers"]]
        kept["readers"] = [
            _kept(one, READER) | {"id": key[str(one["id"])]} for one in told["readers"]
        ]
        for name in ("conflicts", "fixed"):
            kept[name] = [[one, key[str(who)]] for one, who in told.get(name, [])]
        kept["apart"] = [
            [key[str(who)] for who in pair] for pair in told.get("apart", [])
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(f"it is no instance of assignment ({error})") from error
    return f"{json.dumps(kept, ensure_ascii=False)}\n".encode(), key


def _object(raw: bytes) -> dict[str, Any]:
    try:
        told = json.loads(raw)
    except ValueError as error:
        raise BundleError("it is not JSON") from error
    if not isinstance(told, dict):
        raise BundleError("it is not an object of JSON")
    return told


def _kept(one: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: one[name] for name in names if name in one}


def refuse_mail(raw: bytes) -> None:
    """Refuse an input in which an e-mail address stands."""
    found = _MAIL.search(raw)
    if found:
        raise BundleError("an e-mail address stands in the input: no name is published")


def refuse_persons(raw: bytes) -> None:
    """Refuse a JSON input that has addresses, or keys for names of persons."""
    refuse_mail(raw)
    waiting: list[Any] = [_object(raw)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            named = [key for key in one if _PERSON.search(key.casefold())]
            if named:
                raise BundleError(
                    f"the input has the key “{named[0]}”: no name is published"
                )
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
