"""Rules that a regime names for ties: read from a table, or drawn from a seed."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

from terril.choice.errors import ChoiceError, Spot
from terril.choice.tally.texts import delimiter_of, read_text, tidy

Groups = list[list[str]]
_ADVICE = (
    "A table of ties has a line a project; its first column is “project”, each other "
    "column is a rule named NAME:high or NAME:low, in the order in which they apply."
)


@dataclass(frozen=True)
class Rule:
    """One rule for ties: its name, and what ranks each project, the larger the better."""

    name: str
    ranks: Mapping[str, Any]


@dataclass(frozen=True)
class Use:
    """Where a rule was needed: the projects that tied, and how it left them."""

    rule: str
    tied: tuple[str, ...]
    left: tuple[tuple[str, ...], ...]


def drawn(projects: Sequence[str], seed: str) -> Rule:
    """Return the rule of the lot: projects in the order of a digest of seed and name.

    Anyone computes the lot again: SHA-256 of the seed, a line feed and the project's
    name in UTF-8; the larger digest comes first.
    """
    ranks = {
        project: hashlib.sha256(f"{seed}\n{project}".encode()).hexdigest()
        for project in projects
    }
    return Rule(f"draw with seed {seed}", ranks)


def read(path: Path) -> list[Rule]:
    """Read a table of ties: `project`, then one column a rule, `NAME:high` or `NAME:low`.

    Values are numbers, or dates and times in ISO 8601. Raises `ChoiceError` where the
    table is not that.
    """
    text = read_text(path)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter_of(text)))
    if len(rows) < 2 or len(rows[0]) < 2:
        raise ChoiceError("no rule stands here", spot=Spot(path.name), advice=_ADVICE)
    heads = [tidy(head) for head in rows[0]]
    columns: list[dict[str, Any]] = [{} for _ in heads[1:]]
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            _add(columns, [tidy(cell) for cell in row], Spot(path.name, number))
    return [
        _rule(head, column, path)
        for head, column in zip(heads[1:], columns, strict=True)
    ]


def _add(columns: Sequence[dict[str, Any]], row: list[str], spot: Spot) -> None:
    if len(row) != len(columns) + 1:
        raise ChoiceError(
            f"{len(row)} cells, {len(columns) + 1} expected", spot=spot, advice=_ADVICE
        )
    for column, cell in zip(columns, row[1:], strict=True):
        if row[0] in column:
            raise ChoiceError(f"“{row[0]}” is there twice", spot=spot)
        column[row[0]] = _value(cell, spot)


def _rule(head: str, column: dict[str, Any], path: Path) -> Rule:
    name, _, direction = head.rpartition(":")
    if direction not in ("high", "low") or not name.strip():
        raise ChoiceError(
            f"the column “{head}” does not say which end wins",
            spot=Spot(path.name, 1),
            advice=_ADVICE,
        )
    values = list(column.values())
    if len({isinstance(value, datetime) for value in values}) > 1:
        raise ChoiceError(
            f"the column “{head}” mixes numbers and dates", spot=Spot(path.name)
        )
    order = sorted(set(values), reverse=direction == "low")
    places = {value: place for place, value in enumerate(order)}
    return Rule(head, {project: places[value] for project, value in column.items()})


def _value(cell: str, spot: Spot) -> Any:
    try:
        return Fraction(Decimal(cell.replace(",", ".")))
    except (InvalidOperation, ValueError, OverflowError):
        pass
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError as error:
        raise ChoiceError(
            f"“{cell}” is neither a number nor a date", spot=spot, advice=_ADVICE
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def broken(groups: Groups, rules: Sequence[Rule]) -> tuple[Groups, list[Use]]:
    """Apply rules in order to groups of tied projects; what they cannot tell stays tied.

    Returns the finer groups and where each rule was used. Raises `ChoiceError` when a
    rule says nothing of a project that ties.
    """
    used: list[Use] = []
    for rule in rules:
        finer: Groups = []
        for group in groups:
            parts = list(_parts(group, rule)) if len(group) > 1 else [group]
            if len(group) > 1:
                left = tuple(map(tuple, parts))
                used.append(Use(rule.name, tuple(group), left))
            finer += parts
        groups = finer
    return groups, used


def _parts(group: list[str], rule: Rule) -> Iterator[list[str]]:
    for project in group:
        if project not in rule.ranks:
            raise ChoiceError(
                f"“{project}” ties, and the rule “{rule.name}” says nothing of it"
            )
    ordered = sorted(group, key=rule.ranks.__getitem__, reverse=True)
    for _, part in groupby(ordered, key=rule.ranks.__getitem__):
        yield sorted(part)
