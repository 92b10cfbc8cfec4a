"""Answers in words: as they are read on a page, and as they are typed in a form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from terril.site.commons.templatetags.format import HARD, day, money, siren
from terril.site.programme.models import Answer, Question
from terril.site.programme.rules.answers import is_empty, is_raw

K = Question.Kind
Words = str | list[str]


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
        raw = value["raw"]
        return raw if isinstance(raw, str) else ", ".join(one for one in raw if one)
    return READ.get(question.kind, str)(value) or choice_label(question, value)


def typed(question: Question, value: Any) -> Words:
    """Return an answer as it stands in the inputs of a form."""
    if is_raw(value):
        raw: Words = value["raw"]
        return raw
    if is_empty(value):
        return ["", ""] if question.kind in (K.POINT, K.ORGANISATION) else ""
    return TYPED.get(question.kind, str)(value)


def choice_label(question: Question, key: str) -> str:
    """Return a choice in the reader's language, or its key if it is gone."""
    for choice in question.choices:
        if choice["key"] == key:
            english = choice.get("label_en") if get_language() == "en" else ""
            return str(english or choice["label"])
    return key


def _commune(value: dict[str, str]) -> str:
    return f"{value['name']} ({value['code']})"


def _organisation(value: dict[str, str]) -> str:
    return f"{value['name']}, SIRET{HARD}{siren(value['siret'])}"


def _amount(value: str) -> str:
    return value if get_language() == "en" else value.replace(".", ",")


READ: dict[str, Callable[[Any], str]] = {
    K.CHOICE: lambda _value: "",
    K.AMOUNT: money,
    K.DATE: lambda value: day(date.fromisoformat(value)),
    K.COMMUNE: _commune,
    K.ORGANISATION: _organisation,
    K.POINT: lambda value: f"{value['latitude']}, {value['longitude']}",
}
TYPED: dict[str, Callable[[Any], Words]] = {
    K.AMOUNT: _amount,
    K.DATE: lambda value: day(date.fromisoformat(value), "short"),
    K.COMMUNE: _commune,
    K.ORGANISATION: lambda value: [siren(value["siret"]), value["name"]],
    K.POINT: lambda value: [str(value["latitude"]), str(value["longitude"])],
}
