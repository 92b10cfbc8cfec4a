"""Answers in words: as they are read on a page, and as they are typed in a form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from terril.site.commons.templatetags.format import HARD, day, exact, money, siren
from terril.site.programme.models import Answer, Question
from terril.site.programme.rules.answers import is_empty, is_raw
from terril.site.programme.rules.tables import CellKind, columns_of, table_of

K = Question.Kind
Words = str | list[str] | list[list[str]]


@dataclass(frozen=True)
class Conflict:
    """Somebody saved another answer meanwhile: both are shown, to choose."""

    question: Question
    theirs: Answer
    mine: Any

    @property
    def their_words(self) -> str:
        return read(self.question, self.theirs.value)

    @property
    def my_words(self) -> str:
        return read(self.question, self.mine)


def read(question: Question, value: Any) -> str:
    """Return an answer as a person reads it; nothing when there is none."""
    if is_empty(value) or question.kind == K.FILES:
        return ""
    if is_raw(value):
        return _raw(value["raw"])
    return READ[K(question.kind)](question, value)


def typed(question: Question, value: Any) -> Words:
    """Return an answer as it stands in the inputs of a form."""
    if is_raw(value):
        raw: Words = value["raw"]
        return raw
    if is_empty(value):
        return ["", ""] if question.kind in (K.POINT, K.ORGANISATION) else ""
    return TYPED[K(question.kind)](question, value)


def choice_label(question: Question, key: str) -> str:
    """Return a choice in the reader's language, or its key if it is gone."""
    for choice in question.choices:
        if choice["key"] == key:
            english = choice.get("label_en") if get_language() == "en" else ""
            return str(english or choice["label"])
    return key


def _raw(raw: Any) -> str:
    """Return what was typed on one line, whatever its shape."""
    if isinstance(raw, str):
        return raw
    cells = [" · ".join(one) if isinstance(one, list) else one for one in raw]
    return ", ".join(one for one in cells if one)


def _cells(question: Question, line: dict[str, str]) -> list[str]:
    return [
        CELLS.get(column.kind, str)(line[column.key]) if line.get(column.key) else ""
        for column in columns_of(question)
    ]


def _commune(value: dict[str, str]) -> str:
    return f"{value['name']} ({value['code']})"


def _organisation(value: dict[str, str]) -> str:
    return f"{value['name']}, SIRET{HARD}{siren(value['siret'])}"


def _amount(value: str) -> str:
    return value if get_language() == "en" else value.replace(".", ",")


def _same(_question: Question, value: Any) -> str:
    return str(value)


def _day(value: str) -> str:
    return day(date.fromisoformat(value), "short")


READ: dict[Question.Kind, Callable[[Question, Any], str]] = {
    K.TEXT: _same,
    K.LONG_TEXT: _same,
    K.CHOICE: choice_label,
    K.MANY: lambda asked, keys: ", ".join(choice_label(asked, key) for key in keys),
    K.BOX: lambda _asked, _value: gettext("yes"),
    K.AMOUNT: lambda _asked, value: money(value),
    K.NUMBER: lambda _asked, value: exact(value),
    K.DATE: lambda _asked, value: day(date.fromisoformat(value)),
    K.COMMUNE: lambda _asked, value: _commune(value),
    K.ORGANISATION: lambda _asked, value: _organisation(value),
    K.POINT: lambda _asked, value: f"{value['latitude']}, {value['longitude']}",
    K.GROUP: lambda asked, lines: table_of(asked, lines).words,
}
TYPED: dict[Question.Kind, Callable[[Question, Any], Words]] = {
    K.TEXT: _same,
    K.LONG_TEXT: _same,
    K.CHOICE: _same,
    K.FILES: _same,
    K.MANY: lambda _asked, keys: list(keys),
    K.BOX: lambda _asked, _value: "on",
    K.AMOUNT: lambda _asked, value: _amount(value),
    K.NUMBER: lambda _asked, value: _amount(value),
    K.DATE: lambda _asked, value: _day(value),
    K.COMMUNE: lambda _asked, value: _commune(value),
    K.ORGANISATION: lambda _asked, value: [siren(value["siret"]), value["name"]],
    K.POINT: lambda _asked, value: [str(value["latitude"]), str(value["longitude"])],
    K.GROUP: lambda asked, lines: [_cells(asked, line) for line in lines],
}
CELLS: dict[str, Callable[[str], str]] = {
    CellKind.AMOUNT: _amount,
    CellKind.NUMBER: _amount,
    CellKind.DATE: _day,
}
