"""Reads about what a dossier answers: its completeness, its content, its versions."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property

from terril.site.commons import documents
from terril.site.commons.models import Document
from terril.site.people.models import Person
from terril.site.places import queries as places
from terril.site.places.models import Place
from terril.site.places.rules import search_name
from terril.site.programme.models import Answer, Dossier, DossierMember, Question
from terril.site.programme.queries.asked import (
    Asked,
    asked_of,
    completeness_of,
    questions_of,
    sections_of,
)
from terril.site.programme.queries.dossiers import team_of
from terril.site.programme.rules import wording
from terril.site.programme.rules.answers import is_raw
from terril.site.programme.rules.completeness import Completeness
from terril.site.programme.rules.tables import Table, table_of


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


def answers_of(dossier: Dossier) -> dict[int, Answer]:
    """Return the answers of a dossier by question."""
    return {answer.question_id: answer for answer in dossier.answers.order_by()}


def files_of(dossier: Dossier) -> dict[int, Document]:
    """Return the files that are still in a dossier, by key."""
    return {document.pk: document for document in documents.kept_about(dossier)}


class Reading:
    """A dossier read at one moment: what is asked, answered and joined, once each."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier

    @cached_property
    def questions(self) -> list[Question]:
        return questions_of(self.dossier.call)

    @cached_property
    def answers(self) -> dict[int, Answer]:
        return answers_of(self.dossier)

    @cached_property
    def files(self) -> dict[int, Document]:
        return files_of(self.dossier)

    @cached_property
    def values(self) -> dict[int, object]:
        return {key: answer.value for key, answer in self.answers.items()}

    @cached_property
    def asked(self) -> Asked:
        """The questions that show themselves, and what closes the call."""
        return asked_of(self.dossier.call, self.questions, self.values)

    @cached_property
    def members(self) -> list[DossierMember]:
        return list(team_of(self.dossier))

    def part_of(self, person: Person) -> str | None:
        """Return what a person is in the dossier: its holder, or another, or nothing."""
        parts = {member.person_id: member.part for member in self.members}
        return parts.get(person.pk)

    @property
    def completeness(self) -> Completeness:
        """What is done, missing or wrong, section by section."""
        instants = (answer.updated_at for answer in self.answers.values())
        saved_at = max(instants, default=None)
        return completeness_of(self.asked, self.values, saved_at=saved_at)

    @property
    def parts(self) -> list[Part]:
        """Every question shown and its answer, in the language in which one reads."""
        return [
            Part(name, [self._line(one) for one in asked])
            for name, asked in sections_of(self.asked.shown)
        ]

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of what the dossier says, its files included by theirs."""
        lines = [[one.key, one.label, self._bare(one)] for one in self.asked.shown]
        text = json.dumps(
            lines, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def _value(self, question: Question) -> object:
        answer = self.answers.get(question.pk)
        return answer.value if answer else None

    def _line(self, question: Question) -> Line:
        value = self._value(question)
        return Line(
            question,
            question.localised("label"),
            wording.read(question, value),
            is_wrong=is_raw(value),
            files=self._joined(question),
            table=_table(question, value),
        )

    def _bare(self, question: Question) -> object:
        if question.kind == Question.Kind.FILES:
            return [[one.name, one.sha256] for one in self._joined(question)]
        return self._value(question)

    def _joined(self, question: Question) -> list[Document]:
        """Return the files of an answer; without any, nothing is asked for."""
        value = self._value(question)
        is_joined = question.kind == Question.Kind.FILES and value
        return files_among(question, value, self.files) if is_joined else []


def completeness(dossier: Dossier) -> Completeness:
    """Say what is done, missing or wrong, section by section."""
    return Reading(dossier).completeness


def content(dossier: Dossier) -> list[Part]:
    """Return the dossier as it is read: every question, every answer."""
    return Reading(dossier).parts


def content_digest(dossier: Dossier) -> str:
    """Return the SHA-256 of what a dossier says, its files included by theirs."""
    return Reading(dossier).digest


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
