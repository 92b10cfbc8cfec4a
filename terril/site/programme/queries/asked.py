"""Which questions show themselves to a dossier, where each stands, what closes it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from terril.site.places import queries as places
from terril.site.programme.models import Call, Question
from terril.site.programme.rules import conditions
from terril.site.programme.rules.completeness import (
    Completeness,
    Item,
    Reason,
    Section,
    anchor_of,
    mark_of,
)

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asked:
    """The questions that show themselves, and why the dossier may not apply."""

    shown: list[Question]
    ineligibilities: list[conditions.Ineligibility]

    @property
    def shown_keys(self) -> frozenset[str]:
        return frozenset(one.key for one in self.shown)


def questions_of(call: Call) -> list[Question]:
    """Return what a call asks, in order."""
    return list(call.questions.order_by("position", "pk"))


def asked_of(questions: list[Question], values: conditions.Values) -> Asked:
    """Sort out which questions show themselves, and what closes the call."""
    inside = _inside(questions, values)
    shown = conditions.shown(questions, values, inside)
    return Asked(shown, conditions.ineligibilities(shown, values, inside))


def completeness_of(
    asked: Asked, values: conditions.Values, *, saved_at: datetime | None = None
) -> Completeness:
    """Say where each question that shows itself stands, and what closes the call."""
    sections = [
        Section(name, f"section-{rank}", [_item(one, values) for one in questions])
        for rank, (name, questions) in enumerate(sections_of(asked.shown), 1)
    ]
    reasons = [
        Reason(one.reason, anchor_of(one.question)) for one in asked.ineligibilities
    ]
    return Completeness(sections, saved_at, reasons)


def sections_of(
    questions: Iterable[Question],
) -> Iterator[tuple[str, list[Question]]]:
    """Cut questions in sections, in the reader's language."""
    for name, asked in groupby(questions, lambda one: one.localised("section")):
        yield name, list(asked)


def _inside(questions: list[Question], values: conditions.Values) -> frozenset[str]:
    """Return the communes answered that are in the territory, if that matters."""
    codes = [
        one["code"]
        for one in values.values()
        if isinstance(one, dict) and "code" in one
    ]
    territory = places.territory() if codes else None
    if territory is None or not conditions.needs_the_territory(questions):
        return NONE
    found = places.communes_of(territory).filter(code__in=codes)
    return frozenset(found.values_list("code", flat=True))


def _item(question: Question, values: conditions.Values) -> Item:
    mark = mark_of(question, values.get(question.pk))
    label, anchor = question.localised("label"), anchor_of(question)
    return Item(label, anchor, mark, question.is_required)
