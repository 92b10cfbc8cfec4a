"""How a place is written: `com:62498`, `epci:246200364`, `fr:metro`, `territory:pma`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


class PlaceError(Exception):
    """What was asked is no place: which text, why, and what was probably meant."""

    def __init__(self, text: str, problem: str, proposal: str = "") -> None:
        super().__init__(problem)
        self.text = text
        self.problem = problem
        self.proposal = proposal

    def __str__(self) -> str:
        hint = f" Did you mean {self.proposal}?" if self.proposal else ""
        return f"“{self.text}”: {self.problem}.{hint}"


class UnknownPlace(PlaceError):
    """No place bears this code at this level, on any day."""


class AmbiguousPlace(PlaceError):
    """The text names several places of different levels."""


class WrongLevel(PlaceError):
    """The code is written as that of another level."""


class NotThen(PlaceError):
    """The place exists, but not on that day."""


COMMUNE, EPCI, DEPARTMENT, REGION = "commune", "epci", "department", "region"
ZONE, COUNTRY, TERRITORY = "employment_zone", "country", "territory"
# The prefix of an address, and the level it stands for.
LEVELS: Mapping[str, str] = {
    "com": COMMUNE,
    "epci": EPCI,
    "dep": DEPARTMENT,
    "reg": REGION,
    "ze": ZONE,
    "fr": COUNTRY,
    "territory": TERRITORY,
}
PREFIXES: Mapping[str, str] = {level: prefix for prefix, level in LEVELS.items()}
SHAPES: Mapping[str, re.Pattern[str]] = {
    COMMUNE: re.compile(r"\d[\dAB]\d{3}", re.ASCII),
    EPCI: re.compile(r"\d{9}", re.ASCII),
    DEPARTMENT: re.compile(r"\d{2}|2[AB]|97\d", re.ASCII),
    REGION: re.compile(r"\d{2}", re.ASCII),
    ZONE: re.compile(r"\d{4}", re.ASCII),
    COUNTRY: re.compile(r"|metro|hors-mayotte"),
    TERRITORY: re.compile(r"[a-z0-9-]+"),
}
NOT_WRITTEN = "no place is written so"
# Places that are also written bare, when nothing else has that shape.
BARE = (COMMUNE, EPCI)


@dataclass(frozen=True, order=True)
class Address:
    """A level and a code; the code of the whole country is empty."""

    level: str
    code: str

    def __str__(self) -> str:
        prefix = PREFIXES[self.level]
        return f"{prefix}:{self.code}" if self.code else prefix


def address(text: str) -> Address:
    """Return the address that a text writes.

    Raises `AmbiguousPlace` for a bare code that several levels use, `WrongLevel`
    for the code of another level, `UnknownPlace` for what is no code at all; each
    with a proposal when one is likely.
    """
    prefix, colon, code = text.strip().partition(":")
    if not colon and prefix != "fr":
        return _bare(text.strip())
    if prefix not in LEVELS:
        raise UnknownPlace(
            text, f"a place begins with one of {', '.join(LEVELS)}, then a colon"
        )
    return _checked(text, LEVELS[prefix], _cased(prefix, code))


def _cased(prefix: str, code: str) -> str:
    """Write the A and B of Corsica as its codes do."""
    return code.upper() if prefix in ("com", "dep") else code


def _bare(text: str) -> Address:
    fits = [level for level, shape in SHAPES.items() if shape.fullmatch(text.upper())]
    coded = [level for level in fits if level not in (COUNTRY, TERRITORY)]
    written = [f"{PREFIXES[level]}:{text.upper()}" for level in coded]
    if len(coded) == 1 and coded[0] in BARE:
        return Address(coded[0], text.upper())
    if coded:
        raise AmbiguousPlace(
            text, "a code alone does not say its level", " or ".join(written)
        )
    raise UnknownPlace(text, NOT_WRITTEN)


def _checked(text: str, level: str, code: str) -> Address:
    if SHAPES[level].fullmatch(code):
        return Address(level, code)
    prefix = PREFIXES[level]
    padded = f"0{code}"
    if code[:1].isdigit() and SHAPES[level].fullmatch(padded):
        raise UnknownPlace(text, "the code lost its leading zero", f"{prefix}:{padded}")
    others = [
        f"{PREFIXES[other]}:{code}"
        for other, shape in SHAPES.items()
        if other not in (COUNTRY, TERRITORY) and shape.fullmatch(code)
    ]
    if others:
        raise WrongLevel(text, "this is the code of another level", " or ".join(others))
    raise UnknownPlace(text, f"no code of this level ({level}) is written so")
