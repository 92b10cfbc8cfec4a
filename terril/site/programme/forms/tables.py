"""The field of a table of lines: as many inputs as cells, a list of lines out."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from terril.site.commons.errors import Refused
from terril.site.programme.forms.plain import (
    AmountAnswer,
    DateAnswer,
    Draft,
    NumberAnswer,
    TextAnswer,
)
from terril.site.programme.models import Question
from terril.site.programme.rules import tables as rules
from terril.site.programme.rules.answers import Limit
from terril.site.programme.rules.tables import CellKind, Column

LONGEST_CELL = 250
# Lines read past the limit, to say that there are too many; the rest is noise.
BEYOND = 5
Lines = list[list[str]]


class LinesWidget(forms.Widget):
    """A table of inputs; a line left empty is no line, but keeps its place."""

    template_name = "programme/widgets/lines.html"
    use_fieldset = True
    # Without script, so many empty lines are offered under those that are filled.
    spare = 2
    # What an empty line begins with; nothing, unless it is said.
    blank: list[str] = []

    def __init__(self, columns: list[Column], most: int) -> None:
        self.columns, self.most = columns, most
        super().__init__()

    def id_for_label(self, id_: str) -> str:  # noqa: ARG002 -- a fieldset has none
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Lines:  # noqa: ARG002
        lines: Lines = [
            [str(data.get(self.name_of(name, rank, one), "")) for one in self]
            for rank in range(self._count(data, name))
        ]
        while lines and _is_blank(lines[-1]):
            lines.pop()
        return lines

    def spread(self, name: str, typed: Any) -> dict[str, str]:
        """Return the inputs that hold some lines."""
        return {
            self.name_of(name, rank, column): cell
            for rank, cells in enumerate(typed or [])
            for column, cell in zip(self, cells, strict=False)
        }

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        filled: Lines = value or []
        count = min(self.most, len(filled) + self.spare)
        blank = self.blank or ["" for _column in self.columns]
        lines = [*filled, *([blank] * (count - len(filled)))]
        context["widget"] |= {
            "columns": self.columns,
            "lines": [self._line(name, rank, one) for rank, one in enumerate(lines)],
            "most": self.most,
        }
        return context

    def name_of(self, name: str, rank: int, column: Column) -> str:
        return f"{name}_{rank}_{column.key}"

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def _line(self, name: str, rank: int, cells: list[str]) -> list[dict[str, Any]]:
        label = _("%(column)s, line %(rank)s")
        return [
            {
                "name": self.name_of(name, rank, column),
                "label": label % {"column": column, "rank": rank + 1},
                "value": cell,
                "column": column,
            }
            for column, cell in zip(self.columns, cells, strict=True)
        ]

    def _count(self, data: Any, name: str) -> int:
        """Return how many lines were sent, even beyond the limit: it is said after."""
        start = f"{name}_"
        sent = [
            str(key).removeprefix(start)
            for key in data
            if str(key)[: len(start)] == start
        ]
        ranks = [one.partition("_")[0] for one in sent]
        known = [int(rank) for rank in ranks if rank.isdecimal() and len(rank) < 4]
        return min(max(known, default=-1) + 1, self.most + BEYOND)


class TableAnswer(Draft):
    """Lines of cells; every cell that is amiss is named by its line and column."""

    def __init__(self, question: Question, **options: Any) -> None:
        self.question, self.columns = question, rules.columns_of(question)
        widget = LinesWidget(self.columns, rules.most_lines(question))
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> list[dict[str, str]] | None:
        lines: list[dict[str, str]] = []
        faults: list[str] = []
        for rank, cells in enumerate(value or [], 1):
            if not _is_blank(cells):
                lines.append(self._line(rank, cells, faults))
        try:
            rules.check_lines_count(self.question, len(lines))
        except Refused as refusal:
            faults.append(f"{refusal.sentence} {refusal.next_step}")
        if faults:
            raise forms.ValidationError(faults, code="refused")
        return lines or None

    def _line(self, rank: int, cells: list[str], faults: list[str]) -> dict[str, str]:
        line = {}
        for column, cell in zip(self.columns, cells, strict=True):
            line[column.key] = self._cell(rank, column, cell, faults)
        try:
            rules.check_first_cell(self.columns[0], rank, line)
        except Refused as refusal:
            if cells[0].strip() == "":
                faults.append(str(refusal.sentence))
        return {key: cell for key, cell in line.items() if cell}

    def _cell(self, rank: int, column: Column, cell: str, faults: list[str]) -> str:
        try:
            return CELLS[CellKind(column.kind)]().clean(cell.strip()) or ""
        except forms.ValidationError as problem:
            faults.extend(
                _("Line %(rank)s, %(column)s: %(fault)s")
                % {"rank": rank, "column": column, "fault": fault}
                for fault in problem.messages
            )
            return ""


def _is_blank(cells: list[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def _text() -> forms.Field:
    return TextAnswer(limit=Limit(LONGEST_CELL), is_long=False, required=False)


CELLS: dict[CellKind, Callable[[], forms.Field]] = {
    CellKind.TEXT: _text,
    CellKind.AMOUNT: lambda: AmountAnswer(required=False),
    CellKind.NUMBER: lambda: NumberAnswer(required=False),
    CellKind.DATE: lambda: DateAnswer(required=False),
}
