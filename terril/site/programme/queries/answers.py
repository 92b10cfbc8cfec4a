"""Reads about what a dossier answers: its completeness, its content, its versions."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from terril.site.commons import documents
from terril.site.commons.models import Document
from terril.site.places import queries as places
from terril.site.places.models import Place
from terril.site.places.rules import search_name
from terril.site.programme.models import Answer, Call, Dossier, Question
from terril.site.programme.rules import conditions, wording
from terril.site.programme.rules.answers import is_raw
from terril.site.programme.rules.completeness import (
    Completeness,
    Item,
    Reason,
    Section,
    anchor_of,
    mark_of,
)
from terril.site.programme.rules.tables import Table, table_of

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asked:
    """The questions that show themselves, and why the dossier may not apply."""

    shown: list[Question]
    ineligibilities: list[conditions.Ineligibility]

    @property
    def shown_keys(self) -> frozenset[str]:
        return frozenset(one.key for one in self.shown)


@dataclass(frozen=True)
class Reading:
    """What a dossier was asked and answers, read once."""

    questions: list[Question]
    answers: dict[int, Answer]
    asked: Asked


@dataclass(frozen=True)
class Line:
    """A question, and what the dossier answers, in words."""

    question: Question
    label: str
    words: str
    is_wrong: bool = False
    files: list[Document] = field(default_factory=list)
    table: Table | None = None


@dataclass(frozen=True)
class Part:
    """A section of the dossier, as it is read."""

    name: str
    lines: list[Line]


def questions_of(call: Call) -> list[Question]:
    """Return what a call asks, in order."""
    return list(call.questions.order_by("position", "pk"))


def answers_of(dossier: Dossier) -> dict[int, Answer]:
    """Return the answers of a dossier by question."""
    answers = dossier.answers.select_related("updated_by")
    return {answer.question_id: answer for answer in answers}


def files_of(dossier: Dossier) -> dict[int, Document]:
    """Return the files that are still in a dossier, by key."""
    return {document.pk: document for document in documents.kept_about(dossier)}


def territory_codes(questions: Iterable[Question]) -> frozenset[str]:
    """Return the communes of the territory, if any condition asks where one is."""
    if not conditions.needs_the_territory(questions):
        return frozenset()
    found = places.territory()
    return frozenset(one.code for one in places.communes_of(found)) if found else NONE


def asked_of(questions: list[Question], values: conditions.Values) -> Asked:
    """Sort out which questions show themselves, and what closes the call."""
    inside = territory_codes(questions)
    shown = conditions.shown(questions, values, inside)
    return Asked(shown, conditions.ineligibilities(shown, values, inside))


def reading_of(dossier: Dossier) -> Reading:
    """Return what a dossier was asked and answers."""
    questions, answers = questions_of(dossier.call), answers_of(dossier)
    values = {key: answer.value for key, answer in answers.items()}
    return Reading(questions, answers, asked_of(questions, values))


def completeness(dossier: Dossier, reading: Reading | None = None) -> Completeness:
    """Say what is done, missing or wrong, section by section."""
    read = reading or reading_of(dossier)
    return completeness_of(
        read.asked,
        {key: answer.value for key, answer in read.answers.items()},
        saved_at=max((one.updated_at for one in read.answers.values()), default=None),
    )


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


def content(dossier: Dossier) -> list[Part]:
    """Return the dossier as it is read: every question shown, every answer."""
    read, files = reading_of(dossier), files_of(dossier)
    return [
        Part(name, [_line(one, read.answers.get(one.pk), files) for one in asked])
        for name, asked in sections_of(read.asked.shown)
    ]


def content_digest(dossier: Dossier) -> str:
    """Return the SHA-256 of what a dossier says, its files included by theirs."""
    read, files = reading_of(dossier), files_of(dossier)
    lines = [
        [one.key, one.label, _bare(one, read.answers.get(one.pk), files)]
        for one in read.asked.shown
    ]
    text = json.dumps(lines, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sections_of(
    questions: Iterable[Question],
) -> Iterator[tuple[str, list[Question]]]:
    """Cut questions in sections, in the reader's language."""
    for name, asked in groupby(questions, lambda one: one.localised("section")):
        yield name, list(asked)


def communes_called(text: str) -> list[Place]:
    """Return today's communes of that name, or those it looks like."""
    current = Place.objects.communes().current()
    same = list(current.filter(search_name=search_name(text)).order_by("code"))
    if same:
        return same
    found = places.places_found(text)
    return [place for place in found if place.level == Place.Level.COMMUNE]


def is_called(place: Place, text: str) -> bool:
    """Tell whether a text is the very name of a place."""
    return place.search_name == search_name(text)


def _item(question: Question, values: conditions.Values) -> Item:
    mark = mark_of(question, values.get(question.pk))
    label, anchor = question.localised("label"), anchor_of(question)
    return Item(label, anchor, mark, question.is_required)


def _line(
    question: Question, answer: Answer | None, files: dict[int, Document]
) -> Line:
    value = answer.value if answer else None
    return Line(
        question,
        question.localised("label"),
        wording.read(question, value),
        is_wrong=is_raw(value),
        files=files_among(question, value, files),
        table=_table(question, value),
    )


def _table(question: Question, value: object) -> Table | None:
    if question.kind != Question.Kind.GROUP or not isinstance(value, list):
        return None
    return table_of(question, value)


def files_among(
    question: Question, value: object, files: dict[int, Document]
) -> list[Document]:
    """Return the files that answer a question, in the order they came."""
    if question.kind != Question.Kind.FILES or not isinstance(value, list):
        return []
    return [files[key] for key in value if key in files]


def _bare(
    question: Question, answer: Answer | None, files: dict[int, Document]
) -> object:
    value = answer.value if answer else None
    if question.kind == Question.Kind.FILES:
        return [[one.name, one.sha256] for one in files_among(question, value, files)]
    return value
