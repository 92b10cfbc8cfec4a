"""Reads about what a dossier answers: its completeness, its content, its versions."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from terril.site.commons import documents
from terril.site.commons.models import Document
from terril.site.places import queries as places
from terril.site.places.models import Place
from terril.site.places.rules import search_name
from terril.site.programme.models import Answer, Call, Dossier, Question
from terril.site.programme.rules import wording
from terril.site.programme.rules.answers import is_raw
from terril.site.programme.rules.completeness import (
    Completeness,
    Item,
    Section,
    anchor_of,
    mark_of,
)


@dataclass(frozen=True)
class Line:
    """A question, and what the dossier answers, in words."""

    question: Question
    label: str
    words: str
    is_wrong: bool = False
    files: list[Document] = field(default_factory=list)


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


def completeness(dossier: Dossier) -> Completeness:
    """Say what is done, missing or wrong, section by section."""
    answers = answers_of(dossier)
    values = {key: answer.value for key, answer in answers.items()}
    sections = [
        Section(name, f"section-{rank}", [_item(one, values) for one in asked])
        for rank, (name, asked) in enumerate(sections_of(questions_of(dossier.call)), 1)
    ]
    instants = [answer.updated_at for answer in answers.values()]
    return Completeness(sections, max(instants, default=None))


def content(dossier: Dossier) -> list[Part]:
    """Return the dossier as it is read: every question, every answer."""
    answers, files = answers_of(dossier), files_of(dossier)
    return [
        Part(name, [_line(one, answers.get(one.pk), files) for one in asked])
        for name, asked in sections_of(questions_of(dossier.call))
    ]


def content_digest(dossier: Dossier) -> str:
    """Return the SHA-256 of what a dossier says, its files included by theirs."""
    answers, files = answers_of(dossier), files_of(dossier)
    lines = [
        [one.key, one.label, _bare(one, answers.get(one.pk), files)]
        for one in questions_of(dossier.call)
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


def _item(question: Question, values: dict[int, object]) -> Item:
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
    )


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
