"""Write in a dossier: answers one by one, files. Drafts are versions, not lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from terril.site.commons import documents, journal
from terril.site.commons.errors import Refused
from terril.site.commons.models import Document
from terril.site.commons.text import one_line
from terril.site.people.actions import create_organisation
from terril.site.people.models import Organisation, Person
from terril.site.people.queries import organisation_of_siret
from terril.site.people.rules import Details
from terril.site.places import queries as places
from terril.site.programme.models import Answer, Dossier, Question
from terril.site.programme.queries.answers import answers_of
from terril.site.programme.queries.locks import lock
from terril.site.programme.rules import answers as rules
from terril.site.programme.rules.answers import Given
from terril.site.programme.rules.dossiers import check_edit
from terril.site.programme.rules.search import search_text_of
from terril.site.programme.rules.wording import Conflict

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

F = Question.Fills


@dataclass(frozen=True)
class _Pen:
    """Who writes, when."""

    by: Person
    at: datetime


@dataclass(frozen=True)
class Content:
    """What a dossier on paper says: answers, and the files scanned for each key."""

    given: list[Given]
    files: Mapping[str, list["UploadedFile[bytes]"]] = field(default_factory=dict)


@transaction.atomic
def answer(
    dossier: Dossier, given: Iterable[Given], *, by: Person, at: datetime
) -> list[Conflict]:
    """Save what is given; what somebody else changed meanwhile stays, and is returned.

    Draft saves are versions of the answers: the one verb without a journal line.
    """
    lock(dossier)
    check_edit(dossier, at=at)
    kept, pen = answers_of(dossier), _Pen(by, at)

    conflicts = []
    for one in given:
        known = kept.get(one.question.pk)
        if not _is_change(one, known):
            continue
        if known and known.revision != one.revision:
            conflicts.append(Conflict(one.question, known, one.value))
            continue
        _write(dossier, one.question, one.value, pen)
    return conflicts


@transaction.atomic
def attach(
    dossier: Dossier,
    question: Question,
    uploads: Iterable["UploadedFile[bytes]"],
    *,
    by: Person,
    at: datetime,
) -> list[Refused]:
    """Keep the files that can be, and return why the others are not."""
    lock(dossier)
    check_edit(dossier, at=at)
    keys, refusals = _keys(dossier, question), []

    for upload in uploads:
        try:
            rules.check_files_count(question, len(keys) + 1)
            document = documents.keep(upload, about=dossier, by=by, at=at)
        except Refused as refusal:
            refusals.append(refusal)
            continue
        keys.append(document.pk)
        journal.record(
            "document.added", about=dossier, by=by, at=at, note=document.name
        )
    _write(dossier, question, keys, _Pen(by, at))
    return refusals


@transaction.atomic
def copy_out(dossier: Dossier, content: Content, *, by: Person, at: datetime) -> None:
    """Write what a paper says; a file that cannot be kept undoes the whole."""
    pen = _Pen(by, at)
    for one in content.given:
        if one.value:
            _write(dossier, one.question, one.value, pen)
    for question in dossier.call.questions.filter(key__in=content.files):
        uploads, keys = content.files[question.key], []
        rules.check_files_count(question, len(uploads))
        for upload in uploads:
            document = documents.keep(upload, about=dossier, by=by, at=at)
            keys.append(document.pk)
            journal.record(
                "document.added", about=dossier, by=by, at=at, note=document.name
            )
        _write(dossier, question, keys, pen)


@transaction.atomic
def detach(dossier: Dossier, document: Document, *, by: Person, at: datetime) -> None:
    """Take a file away; once handed in, its bytes stay as evidence."""
    lock(dossier)
    check_edit(dossier, at=at)

    documents.remove(document, at=at, erase=dossier.submitted_at is None)
    for question in dossier.call.questions.filter(kind=Question.Kind.FILES):
        keys = _keys(dossier, question)
        if document.pk in keys:
            keys.remove(document.pk)
            _write(dossier, question, keys, _Pen(by, at))

    journal.record("document.removed", about=dossier, by=by, at=at, note=document.name)


def _is_change(given: Given, known: Answer | None) -> bool:
    if given.is_untouched:
        return False
    stored = known.value if known else None
    return rules.fingerprint(given.value) != rules.fingerprint(stored)


def _keys(dossier: Dossier, question: Question) -> list[int]:
    found = dossier.answers.filter(question=question).first()
    return list(found.value or []) if found else []


def _write(dossier: Dossier, question: Question, value: Any, pen: _Pen) -> None:
    """Write the next version of one answer, and the column it feeds."""
    written, is_new = Answer.objects.get_or_create(
        dossier=dossier,
        question=question,
        defaults={"value": value, "updated_at": pen.at, "updated_by": pen.by},
    )
    if not is_new:
        written.value, written.revision = value, written.revision + 1
        written.updated_at, written.updated_by = pen.at, pen.by
        written.save(update_fields=["value", "revision", "updated_at", "updated_by"])
    if question.fills:
        _fill(dossier, question, None if rules.is_raw(value) else value, pen)


def _fill(dossier: Dossier, question: Question, value: Any, pen: _Pen) -> None:
    """Copy a valid answer to the column of the dossier that it feeds."""
    if question.fills == F.POINT:
        point = value or {}
        dossier.latitude = point.get("latitude")
        dossier.longitude = point.get("longitude")
    elif question.fills == F.COMMUNE:
        dossier.commune = places.commune(value["code"]) if value else None
    elif question.fills == F.ORGANISATION:
        dossier.organisation = _organisation(value, pen) if value else None
    elif question.fills == F.TITLE:
        dossier.title = one_line(value or "")
    else:
        setattr(dossier, question.fills, value or "")
    dossier.search_text = search_text_of(dossier)
    dossier.save()


def _organisation(value: dict[str, str], pen: _Pen) -> Organisation:
    """Find the organisation by its SIRET, or write it in the directory."""
    known = organisation_of_siret(value["siret"])
    details = Details(name=value["name"], siret=value["siret"])
    return known or create_organisation(details, by=pen.by, at=pen.at)
