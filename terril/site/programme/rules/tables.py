"""Tables of lines: partners, budget, milestones; what a cell holds, what adds up."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext

from terril.site.commons.templatetags.format import day, exact, money, number
from terril.site.programme.models import Question
from terril.site.programme.rules.answers import AnswerRefused

# What a table takes when its question sets no limit.
MOST_LINES = 30

Cells = Mapping[str, str]


class CellKind(TextChoices):
    """What one column of a table holds."""

    TEXT = "text", gettext_lazy("text")
    AMOUNT = "amount", gettext_lazy("amount")
    NUMBER = "number", gettext_lazy("number")
    DATE = "date", gettext_lazy("date")


C = CellKind
ADDED = (C.AMOUNT, C.NUMBER)


@dataclass(frozen=True)
class Column:
    """One column of a table, with its label in both languages."""

    key: str
    label: str | Promise
    kind: str = C.TEXT
    label_en: str = ""

    def __str__(self) -> str:
        is_english = bool(self.label_en) and get_language() == "en"
        return self.label_en if is_english else str(self.label)

    @property
    def is_figure(self) -> bool:
        return self.kind in ADDED

    def read(self, value: str) -> str:
        """Return a cell as a person reads it."""
        return READ[C(self.kind)](value) if value else ""


@dataclass(frozen=True)
class Cell:
    """One cell, as it is read."""

    column: Column
    words: str


@dataclass(frozen=True)
class Table:
    """A table as it is read: its columns, its lines, and the totals that make sense."""

    columns: list[Column]
    lines: list[list[Cell]]
    totals: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Return the table as lines of text, for paper and for exports."""
        lines = [
            " · ".join(one.words for one in line if one.words) for line in self.lines
        ]
        added = [
            f"{column} {total}"
            for column, total in zip(self.columns, self.totals, strict=False)
            if total
        ]
        if added:
            lines.append(_("Total: %(totals)s") % {"totals": ", ".join(added)})
        return "\n".join(lines)


def columns_of(question: Question) -> list[Column]:
    """Return the columns of a table."""
    return [Column(**one) for one in question.columns]


def most_lines(question: Question) -> int:
    """Return how many lines a table takes at most."""
    return min(question.limit or MOST_LINES, MOST_LINES)


def table_of(question: Question, lines: Iterable[Cells]) -> Table:
    """Return a table as it is read."""
    columns, found = columns_of(question), list(lines)
    read = [
        [Cell(one, one.read(line.get(one.key, ""))) for one in columns]
        for line in found
    ]
    return Table(columns, read, _totals(columns, found))


def total_of(column: Column, lines: Iterable[Cells]) -> Decimal:
    """Add up a column of amounts or numbers; an empty cell adds nothing."""
    values = (line.get(column.key, "") for line in lines)
    return sum((Decimal(one) for one in values if one), Decimal(0))


def check_lines_count(question: Question, count: int) -> None:
    """Refuse one line more than a table takes."""
    most = most_lines(question)
    if count > most:
        raise AnswerRefused(
            ngettext(
                "This table takes %(most)s line at most.",
                "This table takes %(most)s lines at most.",
                most,
            )
            % {"most": number(most)},
            next_step=_("Empty the others, or put two of them together."),
        )


def check_first_cell(column: Column, rank: int, cells: Cells) -> None:
    """Refuse a line that does not say what it is about."""
    if not cells.get(column.key):
        raise AnswerRefused(
            _("Line %(rank)s: “%(column)s” is missing.")
            % {"rank": number(rank), "column": column}
        )


def _totals(columns: list[Column], lines: list[Cells]) -> list[str]:
    """Return the total under each column, and nothing at all where none adds up."""
    totals = [
        one.read(str(total_of(one, lines))) if one.is_figure else "" for one in columns
    ]
    return totals if any(totals) and len(lines) > 1 else []


READ: dict[CellKind, Callable[[Any], str]] = {
    C.TEXT: str,
    C.AMOUNT: money,
    C.NUMBER: exact,
    C.DATE: lambda value: day(date.fromisoformat(value), "short"),
}
