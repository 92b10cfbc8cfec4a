"""Scales of grades: said by the table, by the command, or known without doubt."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

from terril.choice.errors import ChoiceError
from terril.choice.tally.texts import folded, tidy

Kind = Literal["words", "numbers", "ranks"]
# Best first. The words of the experiments of 2007 and 2012 and of Mieux Voter, the
# letters of schools, and the two answers of an approval ballot.
KNOWN: tuple[tuple[str, ...], ...] = (
    ("Très bien", "Bien", "Assez bien", "Passable", "Insuffisant", "À rejeter"),
    (
        "Excellent",
        "Très bien",
        "Bien",
        "Assez bien",
        "Passable",
        "Insuffisant",
        "À rejeter",
    ),
    ("Excellent", "Very good", "Good", "Acceptable", "Poor", "To reject"),
    ("Excellent", "Very good", "Good", "Acceptable", "Poor", "Reject"),
    ("Outstanding", "Excellent", "Very good", "Good", "Fair", "Poor", "To reject"),
    ("Excellent", "Very good", "Good", "Fair", "Poor", "To reject"),
    ("Excellent", "Very good", "Good", "Fair", "Poor", "Reject"),
    ("Excellent", "Very good", "Good", "Passable", "Inadequate", "Poor", "To reject"),
    ("Excellent", "Good", "Fair", "Poor"),
    ("A", "B", "C", "D", "E", "F"),
    ("A", "B", "C", "D", "F"),
    ("Oui", "Non"),
    ("Yes", "No"),
    ("Pour", "Contre"),
    ("True", "False"),
    ("Vrai", "Faux"),
)
# What says that a ballot says nothing of a project.
SILENT = frozenset(
    {"", "-", "–", "—", "blank", "blanc", "abstention", "no opinion"}
    | {"sans avis", "sans opinion", "n/a", "nsp", "nspp"}
)
ADVICE = (
    "Begin the file with a line such as “# grades: Excellent, Good, Fair, Poor” (best "
    "first), “# numbers” (the larger the better) or “# ranks” (1 is the best), or give "
    "--grades, --numbers or --ranks."
)
_DECLARED = re.compile(
    r"^(?P<mark>#\s*)?(?P<what>grade|mention|number|note|score|rank|rang)(?P<many>s?)\b"
    r"\s*(?P<colon>:)?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_KINDS: Mapping[str, Kind] = {
    "number": "numbers",
    "note": "numbers",
    "score": "numbers",
    "rank": "ranks",
    "rang": "ranks",
}


@dataclass(frozen=True)
class Scale:
    """What cells mean: words in order, numbers, or ranks; grades go best first.

    It is whole when its last grade is known to be the worst that could be given.
    """

    kind: Kind
    grades: tuple[str, ...] = ()
    is_whole: bool = True


class Unread(Exception):
    """A cell means nothing on the scale: whoever reads the table says where it is."""

    def __init__(self, cell: str, problem: str) -> None:
        super().__init__(cell, problem)
        self.cell = cell
        self.problem = problem


def declared(line: str) -> Scale | None:
    """Return the scale that a first line states, or nothing if it is not such a line.

    It begins with `#`, or names grades, numbers or ranks before a colon, or is that one
    word alone, or that word and a known scale: no header of projects looks like it.
    """
    found = _DECLARED.match(line.strip().strip(",;\t"))
    if not found:
        return None
    rest = found["rest"].strip()
    kind = _KINDS.get(found["what"].casefold(), "words")
    is_said = found["mark"] or found["colon"] or (found["many"] and not rest)
    if kind == "words" and rest:
        is_list = found["colon"] or _is_scale(rest, is_known=not found["mark"])
        return listed(rest.lstrip(",;\t")) if is_list else None
    # What follows “# notes” is a note, unless it explains between brackets.
    return Scale(kind) if is_said and rest[:1] in ("", "(") else None


def _is_scale(rest: str, *, is_known: bool) -> bool:
    """Tell whether what follows the word “grades” lists grades, and no projects."""
    if is_known and rest[0] not in ",;":
        return False
    try:
        found = listed(rest.lstrip(",;\t"))
        return not is_known or bool(guessed(found.grades))
    except ChoiceError:
        return False


def listed(text: str) -> Scale:
    """Return the scale of grades listed best first, between commas, `;`, tabs or `>`."""
    parts = [tidy(part).strip('"') for part in re.split(r"[;>\t]|,(?!\d)|,\s", text)]
    grades = tuple(part for part in parts if part)
    if len(grades) < 2:
        grades = tuple(part for part in re.split(r"\s*,\s*", tidy(text)) if part)
    if len({folded(grade) for grade in grades}) != len(grades) or len(grades) < 2:
        raise ChoiceError(
            f"“{tidy(text)}” is not a list of grades, each once, best first",
            advice=ADVICE,
        )
    numbers = [value for value in map(number, grades) if value is not None]
    if len(numbers) == len(grades) and numbers != sorted(numbers, reverse=True):
        raise ChoiceError(
            f"the grades “{tidy(text)}” are numbers, not from best to worst",
            advice="If 1 is the best, they are ranks: begin the file with “# ranks”.",
        )
    return Scale("words", grades)


def guessed(cells: Collection[str]) -> Scale:
    """Return the one scale that these cells can be on; refuse when there is a doubt.

    `cells` are the different cells seen, without silent ones. Numbers are numbers; words
    must all be of one known scale, or of several that agree on their order.
    """
    if all(number(cell) is not None for cell in cells):
        return Scale("numbers")
    seen = {folded(cell) for cell in cells}
    if seen == {"x"}:
        return Scale("words", ("x", "-"))
    fitting = [scale for scale in KNOWN if seen <= {folded(grade) for grade in scale}]
    orders = {
        tuple(folded(grade) for grade in scale if folded(grade) in seen)
        for scale in fitting
    }
    if len(orders) != 1:
        told = ", ".join(f"“{cell}”" for cell in sorted(cells)[:8])
        what = "no known scale has" if not orders else "several known scales have"
        raise ChoiceError(f"{what} the grades {told}", advice=ADVICE)
    ends = {folded(scale[-1]) for scale in fitting}
    return Scale("words", min(fitting, key=len), is_whole=len(ends) == 1)


def number(cell: str) -> Fraction | None:
    """Return the number that a cell is, with a decimal point or comma, or nothing."""
    try:
        value = Decimal(cell.replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        return None
    return Fraction(value) if value.is_finite() else None


def written(value: Fraction) -> str:
    """Write a number as a grade: without useless zeros."""
    if value.denominator == 1:
        return str(value.numerator)
    return format((Decimal(value.numerator) / Decimal(value.denominator)).normalize())


def places_of(scale: Scale, cells: Collection[str]) -> dict[str, int]:
    """Map each cell to the place of its grade in the scale, best first (0).

    Raises `Unread` with the first cell that is not on the scale.
    """
    places = {folded(grade): place for place, grade in enumerate(scale.grades)}
    values = {number(grade): place for place, grade in enumerate(scale.grades)}
    found = {}
    for cell in sorted(cells):
        value = number(cell)
        place = places.get(folded(cell), None if value is None else values.get(value))
        if place is None:
            raise Unread(cell, f"is not one of the grades ({', '.join(scale.grades)})")
        found[cell] = place
    return found


def completed(scale: Scale, cells: Collection[str], projects: int) -> Scale:
    """Return the scale with its grades: numbers are those seen, ranks go to the last.

    Raises `ChoiceError` for a cell that is no number, or no rank among the projects.
    """
    if scale.grades:
        return scale
    if scale.kind == "ranks":
        ranks = tuple(str(rank) for rank in range(1, projects + 1))
        return replace(scale, grades=ranks)
    values = {cell: number(cell) for cell in cells}
    for cell in sorted(cells):
        if values[cell] is None:
            raise Unread(cell, "is not a number")
    known = sorted({value for value in values.values() if value is not None})
    return Scale("numbers", tuple(map(written, known[::-1])), is_whole=False)


def points_of(scale: Scale, projects: int) -> tuple[Fraction, ...] | None:
    """Return the numbers that grades stand for, or nothing when they are words.

    A rank stands for the projects it leaves behind (Borda 1784).
    """
    values = [number(grade) for grade in scale.grades]
    if scale.kind == "ranks":
        return tuple(projects - value for value in values if value is not None)
    known = tuple(value for value in values if value is not None)
    return known if len(known) == len(values) else None
