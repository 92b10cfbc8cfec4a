"""What an answer leads to: a question that shows itself, a dossier that may not apply.

A question is shown if an earlier answer says so (`shown_if`), and may refuse the
dossier for what is answered to it (`refuses`). Both wait for a valid answer: an empty
one never hides, and never refuses. What is hidden keeps its answer, asks nothing and
refuses nobody.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language, gettext_lazy as _

from terril.site.programme.models import Question
from terril.site.programme.rules.answers import is_empty, is_raw

K = Question.Kind
Values = Mapping[int, Any]


class Verb(TextChoices):
    """What is asked of an answer."""

    IS = "is", _("is one of")
    IS_NOT = "is_not", _("is none of")
    GIVEN = "given", _("is given")
    AT_LEAST = "at_least", _("is at least, or not before")
    AT_MOST = "at_most", _("is at most, or not after")
    INSIDE = "inside", _("is in the territory")
    OUTSIDE = "outside", _("is outside the territory")


V = Verb
AMONG, BETWEEN, WHERE = (V.IS, V.IS_NOT), (V.AT_LEAST, V.AT_MOST), (V.INSIDE, V.OUTSIDE)
# What may be asked of each kind of answer, besides being given.
SUITS: dict[str, tuple[Verb, ...]] = {
    K.CHOICE: AMONG,
    K.MANY: AMONG,
    K.AMOUNT: BETWEEN,
    K.NUMBER: BETWEEN,
    K.DATE: BETWEEN,
    K.COMMUNE: WHERE,
}
NO_VALUE = (V.GIVEN, *WHERE)


@dataclass(frozen=True)
class Condition:
    """Something that an answer says or does not say."""

    verb: Verb
    values: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: Mapping[str, Any]) -> "Condition":
        return cls(Verb(text["verb"]), tuple(text.get("values", ())))

    def holds(self, value: Any, inside: Collection[str]) -> bool:
        """Tell whether a valid answer says so; `inside` are the territory's communes."""
        if is_empty(value) or is_raw(value):
            return False
        return HOLDS[self.verb](value, self.values, inside)


@dataclass(frozen=True)
class Ineligibility:
    """Why a dossier may not apply, and the answer that says so."""

    question: Question
    reason: str


def is_suited(verb: str, kind: str) -> bool:
    """Tell whether something may be asked of a kind of answer."""
    return verb == V.GIVEN or verb in SUITS.get(kind, ())


def shown(
    questions: Iterable[Question], values: Values, inside: Collection[str]
) -> list[Question]:
    """Return the questions that show themselves, given what is answered."""
    kept: dict[str, Question] = {}
    for question in questions:
        if _is_shown(question, kept, values, inside):
            kept[question.key] = question
    return list(kept.values())


def ineligibilities(
    questions: Iterable[Question], values: Values, inside: Collection[str]
) -> list[Ineligibility]:
    """Return why a dossier may not apply, among questions that show themselves."""
    return [
        Ineligibility(question, reason_of(question))
        for question in questions
        if question.refuses
        and Condition.of(question.refuses).holds(values.get(question.pk), inside)
    ]


def reason_of(question: Question) -> str:
    """Return why an answer closes the call to a dossier, in the reader's language."""
    english = question.refuses.get("reason_en") if get_language() == "en" else ""
    return str(english or question.refuses["reason"])


def needs_the_territory(questions: Iterable[Question]) -> bool:
    """Tell whether any condition asks where a commune is."""
    verbs = {
        rule["verb"]
        for question in questions
        for rule in (question.shown_if, question.refuses)
        if rule
    }
    return bool(verbs & set(WHERE))


def dependents(question: Question, questions: Iterable[Question]) -> list[Question]:
    """Return the questions that show themselves by the answer to another."""
    return [one for one in questions if one.shown_if.get("question") == question.key]


def misplaced(questions: Iterable[Question]) -> list[Question]:
    """Return the questions that depend on one which does not come before them."""
    found, before = [], set()
    for question in questions:
        if question.shown_if and question.shown_if["question"] not in before:
            found.append(question)
        before.add(question.key)
    return found


def _is_shown(
    question: Question,
    kept: Mapping[str, Question],
    values: Values,
    inside: Collection[str],
) -> bool:
    if not question.shown_if:
        return True
    asked = kept.get(question.shown_if["question"])
    if asked is None:
        return False
    return Condition.of(question.shown_if).holds(values.get(asked.pk), inside)


def _keys(value: Any) -> set[str]:
    return set(value) if isinstance(value, list) else {str(value)}


def _compared(value: Any, other: str) -> int:
    """Return −1, 0 or 1; dates are kept in an order that text keeps too."""
    is_date = str(other).count("-") == 2
    mine, theirs = (
        (str(value), other) if is_date else (Decimal(str(value)), Decimal(other))
    )
    return (mine > theirs) - (mine < theirs)  # type: ignore[operator]


Holds = Callable[[Any, tuple[str, ...], Collection[str]], bool]
HOLDS: dict[Verb, Holds] = {
    V.GIVEN: lambda _value, _values, _inside: True,
    V.IS: lambda value, values, _inside: bool(_keys(value) & set(values)),
    V.IS_NOT: lambda value, values, _inside: not _keys(value) & set(values),
    V.AT_LEAST: lambda value, values, _inside: _compared(value, values[0]) >= 0,
    V.AT_MOST: lambda value, values, _inside: _compared(value, values[0]) <= 0,
    V.INSIDE: lambda value, _values, inside: value["code"] in inside,
    V.OUTSIDE: lambda value, _values, inside: value["code"] not in inside,
}
