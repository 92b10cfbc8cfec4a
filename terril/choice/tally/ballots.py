"""From ballots to a merit profile: in a file, or in bytes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from terril.choice.errors import ChoiceError
from terril.choice.tally.blocks import count_values
from terril.choice.tally.counting import (
    Urn,
    counted,
    line_of,
    rows_of,
)
from terril.choice.tally.profiles import UNEQUAL, Profile
from terril.choice.tally.scales import (
    ADVICE,
    SILENT,
    Scale,
    Unread,
    completed,
    guessed,
    number,
    places_of,
    points_of,
)
from terril.choice.tally.texts import folded, tidy

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray


def read_ballots(
    path: Path, scale: Scale | None = None, *, are_blanks_refused: bool = False
) -> Profile:
    """Read a CSV of ballots, one row a ballot and one column a project.

    The first line may state the scale (see `scales.declared`); `scale`, when given,
    prevails. Without either, the scale is guessed where there is no doubt. Empty cells
    and words such as “abstention” are absent judgements, counted in `blanks`.

    Raises `ChoiceError` with the line for anything that is not a ballot on the scale.
    """
    urn = counted(path)
    columns = [_tidied(tallied) for tallied in urn.cells]
    _refuse_tail(urn, columns)
    columns = columns[: len(urn.projects)]
    said = scale or urn.scale
    words = {folded(grade) for grade in said.grades} if said else set()
    spoken = {
        cell
        for column in columns
        for cell in column
        if folded(cell) in words or folded(cell) not in SILENT
    }
    try:
        final = _scale(urn, said, spoken)
        places = places_of(final, spoken)
    except Unread as error:
        line, project = line_of(urn, error.cell)
        raise ChoiceError(
            f"“{error.cell}” {error.problem}",
            spot=urn.spot(line, project),
            advice=ADVICE,
        ) from error
    except ChoiceError as error:
        raise ChoiceError(
            error.problem, spot=urn.spot(), advice=error.advice
        ) from error
    if are_blanks_refused:
        _refuse_blanks(urn, columns, places)
    return _profile(urn.projects, columns, final, places)


def _refuse_blanks(
    urn: Urn, columns: Sequence[Counter[str]], places: dict[str, int]
) -> None:
    silent = {cell for column in columns for cell in column if cell not in places}
    if silent:
        found = [line_of(urn, cell) for cell in silent]
        line, project = min(found)
        raise ChoiceError(
            "the ballot says nothing of this project",
            spot=urn.spot(line, project),
            advice=UNEQUAL,
        )


def _tidied(tallied: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for cell, many in tallied.items():
        found[tidy(cell)] += many
    return found


def _refuse_tail(urn: Urn, columns: Sequence[Counter[str]]) -> None:
    for column in columns[len(urn.projects) :]:
        for cell in column:
            if cell:
                raise ChoiceError(
                    f"“{cell}” stands in a column that has no project", spot=urn.spot()
                )


def _scale(urn: Urn, said: Scale | None, spoken: Iterable[str]) -> Scale:
    cells = set(spoken)
    if said is None or (said.kind == "words" and not said.grades):
        found = guessed(cells)
        if said is None and found.kind == "numbers":
            _refuse_ranks(urn, cells)
    else:
        found = said
    return completed(found, cells, len(urn.projects))


def _refuse_ranks(urn: Urn, cells: Iterable[str]) -> None:
    """Refuse numbers that could be ranks: the larger would be the worse."""
    values = {number(cell) for cell in cells}
    possible = {Fraction(rank) for rank in range(1, len(urn.projects) + 1)}
    if len(values) < 2 or not values <= possible:
        return
    with closing(rows_of(urn)) as rows:
        are_ranks = all(map(_ranks, rows))
    if are_ranks:
        raise ChoiceError(
            "the numbers could be grades (the larger the better) or ranks (1 the best)",
            spot=urn.spot(),
            advice=ADVICE,
        )


def _ranks(row: Sequence[str]) -> bool:
    """Tell whether a row can be a ranking, ties told either way (1, 1, 3 or 1, 1, 2)."""
    values = [number(tidy(cell)) for cell in row]
    given = sorted(value for value in values if value is not None)
    dense = [sorted(set(given)).index(value) + 1 for value in given]
    sparse = [given.index(value) + 1 for value in given]
    return given in (dense, sparse)


def _profile(
    projects: tuple[str, ...],
    columns: Sequence[Counter[str]],
    scale: Scale,
    places: dict[str, int],
) -> Profile:
    counts = []
    blanks = []
    for column in columns:
        row = [0] * len(scale.grades)
        for cell, many in column.items():
            if cell in places:
                row[places[cell]] += many
        counts.append(tuple(row))
        blanks.append(sum(column.values()) - sum(row))
    return Profile(
        scale.grades,
        projects,
        tuple(counts),
        tuple(blanks),
        points_of(scale, len(projects)),
        is_whole=scale.is_whole,
    )


def profile_of(
    ballots: "NDArray[uint8]", grades: Sequence[str], projects: Sequence[str]
) -> Profile:
    """Return the profile of ballots held as bytes, in about one pass over them.

    `ballots[v, i]` is the place, best first (0), in `grades` of what ballot `v` gives to
    `projects[i]`; shape (ballots, projects), dtype uint8. Raises `ChoiceError` when a
    byte is no place in `grades`.
    """
    found = count_values(ballots, range(len(grades))).T.tolist()
    for project, row in zip(projects, found, strict=True):
        if sum(row) != len(ballots):
            raise ChoiceError(f"“{project}” has a grade that is not one of the grades")
    return Profile(tuple(grades), tuple(projects), tuple(map(tuple, found)))
