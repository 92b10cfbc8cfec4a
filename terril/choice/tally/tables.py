"""Merit profiles as tables: one row a project, one column a grade, best first."""

import csv
import io
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from terril.choice.errors import ChoiceError, Spot
from terril.choice.tally.profiles import Count, Profile
from terril.choice.tally.scales import (
    Scale,
    declared,
    guessed,
    number,
    places_of,
    points_of,
)
from terril.choice.tally.texts import delimiter_of, read_text, tidy


def read_profile(path: Path) -> Profile:
    """Read a CSV of counts, one row a project and one column a grade, best first.

    Cells are counts of ballots, or shares: a table with a decimal or a percent sign is
    one of shares, whose totals may differ by what rounding explains. Raises
    `ChoiceError` with the line for anything else.
    """
    text = read_text(path)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter_of(text)))
    lines = [
        (number, [tidy(cell) for cell in row])
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row) and not row[0].startswith("#")
    ]
    if len(lines) < 2 or len(lines[0][1]) < 2:
        raise ChoiceError(
            "there is no profile",
            spot=Spot(path.name),
            advice="One row a project, one column a grade from best to worst.",
        )
    grades = tuple(lines[0][1][1:])
    if not any(row and declares_ranks(row[0]) for row in rows):
        _refuse_order(grades, Spot(path.name, lines[0][0]))
    names = tuple(row[0] for _, row in lines[1:])
    signs = [cell for _, row in lines[1:] for cell in row[1:]]
    counts = [_counts(row, grades, Spot(path.name, at)) for at, row in lines[1:]]
    are_shares = any("%" in sign for sign in signs) or any(
        count.denominator > 1 for row in counts for count in row
    )
    profile = _checked(grades, names, counts, path)
    return _shares(profile, signs, path) if are_shares else profile


def declares_ranks(cell: str) -> bool:
    """Tell whether a comment says that grades are ranks: 1 is the best of them."""
    said = declared(cell) if cell.startswith("#") else None
    return said is not None and said.kind == "ranks"


def _checked(
    grades: tuple[str, ...],
    names: tuple[str, ...],
    counts: Sequence[tuple[Count, ...]],
    path: Path,
) -> Profile:
    points = points_of(Scale("words", grades), len(names))
    try:
        return Profile(grades, names, tuple(counts), points=points)
    except ChoiceError as error:
        raise ChoiceError(error.problem, spot=Spot(path.name)) from error


def _counts(row: list[str], grades: Sequence[str], spot: Spot) -> tuple[Count, ...]:
    if len(row) != len(grades) + 1 or not row[0]:
        raise ChoiceError(
            f"{len(row)} cells, {len(grades) + 1} expected: a project and its counts",
            spot=spot,
        )
    found: list[Count] = []
    for grade, cell in zip(grades, row[1:], strict=True):
        value = number(cell.removesuffix("%").replace(" ", ""))
        if value is None or value < 0:
            raise ChoiceError(
                f"“{cell}” is not a count", spot=Spot(spot.file, spot.line, grade)
            )
        found.append(int(value) if value.denominator == 1 else value)
    return tuple(found)


def _refuse_order(grades: Sequence[str], spot: Spot) -> None:
    """Refuse grades that stand from worst to best, where that can be seen."""
    values = [value for value in map(number, grades) if value is not None]
    if len(values) == len(grades):
        is_turned = values != sorted(values, reverse=True)
    else:
        try:
            best_first = guessed(grades).grades
        except ChoiceError:
            return
        places = [
            places_of(Scale("words", best_first), [grade])[grade] for grade in grades
        ]
        is_turned = places != sorted(places)
    if is_turned:
        raise ChoiceError(
            "the grades do not stand from best to worst",
            spot=spot,
            advice="Turn the columns round: the best grade comes first.",
        )


def _shares(profile: Profile, signs: Sequence[str], path: Path) -> Profile:
    decimals = max(
        len(sign.rstrip("% ").replace(",", ".").partition(".")[2]) for sign in signs
    )
    slack = Fraction(len(profile.grades), 2 * 10**decimals)
    middle = Fraction(sum(profile.totals)) / len(profile.totals)
    for project, total in zip(profile.projects, profile.totals, strict=True):
        if abs(total - middle) > 2 * slack:
            raise ChoiceError(
                f"the shares of “{project}” add up to {float(total):g}, and those of "
                f"all to about {float(middle):g}",
                spot=Spot(path.name),
                advice="Rounding does not explain the difference.",
            )
    return Profile(
        profile.grades,
        profile.projects,
        profile.counts,
        profile.blanks,
        profile.points,
        are_shares=True,
    )
