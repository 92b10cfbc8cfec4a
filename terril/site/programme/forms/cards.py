"""A list written as cards: one card a line, one input a column; used by the regime."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from terril.site.programme.forms.tables import LinesWidget
from terril.site.programme.rules.tables import Column

ORDER = "order"


@dataclass(frozen=True)
class Slot(Column):
    """One thing to write on a card: a text, a day, a number, yes or no, a choice."""

    # text, long, number, date, yes, choice, or hidden
    kind: str = "text"
    choices: tuple[tuple[str, str | Promise], ...] = ()

    @property
    def is_ticked(self) -> bool:
        return self.kind == "yes"


class CardsWidget(LinesWidget):
    """Cards of inputs; one without any text is no card."""

    template_name = "programme/widgets/cards.html"
    spare = 1

    def __init__(self, slots: list[Slot], most: int, title: Any) -> None:
        self.title = title
        super().__init__(
            [*slots, Slot(ORDER, gettext_lazy("Order"), kind="number")], most
        )

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        lines = [
            {"cells": cells, "title": _title(cells)}
            for cells in context["widget"]["lines"]
        ]
        context["widget"] |= {"title": self.title, "lines": lines}
        return context


def _title(cells: list[dict[str, Any]]) -> str:
    """Return what a card is called when it is folded: its first text."""
    texts = (one["value"] for one in cells if one["column"].kind in ("text", "long"))
    return next((text for text in texts if text), "")


class CardsField(forms.Field):
    """Cards in, the lines of a part of a regime out, in the order that is written."""

    def __init__(
        self,
        slots: list[Slot],
        *,
        title: Any,
        most: int = 20,
        blank: dict[str, Any] | None = None,
    ) -> None:
        self.slots = slots
        # What a card begins with, before anything is written on it.
        self.blank = self._cells(blank or {})
        widget = CardsWidget(slots, most, title)
        widget.blank = [*self.blank, ""]
        super().__init__(required=False, label=title, widget=widget)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        faults: list[str] = []
        ranked = [
            (self._rank(cells, rank), self._line(cells, rank, faults))
            for rank, cells in enumerate(value or [], 1)
            if self._is_written(cells)
        ]
        most = self.widget.most
        if len(ranked) > most:
            faults.append(
                _("%(title)s: %(most)s at most.") % {"title": self.label, "most": most}
            )
        if faults:
            raise forms.ValidationError(faults)
        return [line for _rank, line in sorted(ranked, key=lambda one: one[0])]

    def typed(self, lines: list[dict[str, Any]]) -> list[list[str]]:
        """Return lines as they stand in the inputs."""
        return [[*self._cells(line), str(rank)] for rank, line in enumerate(lines, 1)]

    def _cells(self, line: dict[str, Any]) -> list[str]:
        return [self._typed(slot, line.get(slot.key)) for slot in self.slots]

    def _typed(self, slot: Slot, value: Any) -> str:
        if slot.is_ticked:
            return "on" if value else ""
        return "" if value is None else str(value)

    def _is_written(self, cells: list[str]) -> bool:
        texts = zip(self.slots, cells, self.blank, strict=False)
        return any(
            cell.strip() and cell.strip() != blank
            for slot, cell, blank in texts
            if slot.kind not in ("yes", "choice", "hidden")
        )

    def _rank(self, cells: list[str], rank: int) -> tuple[int, int]:
        order = cells[-1].strip()
        return (int(order) if order.isdecimal() and len(order) < 6 else rank, rank)

    def _line(self, cells: list[str], rank: int, faults: list[str]) -> dict[str, Any]:
        line: dict[str, Any] = {}
        for slot, cell in zip(self.slots, cells, strict=False):
            line[slot.key] = self._value(slot, cell.strip(), rank, faults)
        return {key: value for key, value in line.items() if value not in ("", None)}

    def _value(self, slot: Slot, cell: str, rank: int, faults: list[str]) -> Any:
        if slot.is_ticked:
            return bool(cell)
        if slot.kind != "number" or not cell:
            return cell.replace("\r\n", "\n").replace("\0", "")
        try:
            return int(cell)
        except ValueError:
            sentence = _("%(title)s, %(rank)s: “%(slot)s” is a whole number.")
            words = {"title": self.label, "rank": rank, "slot": slot}
            faults.append(sentence % words)
            return None
