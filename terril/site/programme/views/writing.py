"""Writing a dossier: the form, saving as one types, files."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from terril.site.commons import documents
from terril.site.commons.templatetags.format import hour
from terril.site.people.access import SignedRequest, for_roles
from terril.site.programme import actions
from terril.site.programme.forms.dossiers import DossierForm, Sent, seen_of
from terril.site.programme.models import Dossier, Question
from terril.site.programme.queries.answers import (
    Reading,
    answers_of,
    files_of,
)
from terril.site.programme.queries.pages import WritingPage, writing_page
from terril.site.programme.queries.readers import reader
from terril.site.programme.queries.sights import file_seen
from terril.site.programme.rules.completeness import anchor_of
from terril.site.programme.rules.dossiers import may_edit
from terril.site.programme.rules.wording import Conflict
from terril.site.programme.views.kept import (
    forget,
    keeps_what_was_typed,
    typed_before,
)
from terril.site.programme.views.scope import MINE, received_at, seen


@keeps_what_was_typed
@for_roles(*MINE)
def dossier_edit(request: SignedRequest, code: str) -> HttpResponse:
    """Show the form with what was saved; save all that is sent."""
    found = seen(request, code)
    at = received_at(request)
    if request.method == "POST":
        return _save(request, found, at)
    if not may_edit(found, at=at):
        return redirect("dossier_content", found.code)
    typed = typed_before(request)
    return _form(request, writing_page(found), Sent.again(typed) if typed else None)


@for_roles(*MINE)
@require_POST
def answer(request: SignedRequest, code: str, key: str) -> HttpResponse:
    """Save one answer as it is typed."""
    found = seen(request, code)
    at = received_at(request)
    question = get_object_or_404(found.call.questions, key=key)
    form = DossierForm.for_call([question], answers_of(found), Sent(request.POST))
    conflicts = actions.answer(found, form.given(), by=request.user, at=at)
    read = Reading(found)
    told = {
        "state": "conflict" if conflicts else "saved",
        "at": hour(at),
        "error": form.refusal_of(key),
        "seen": seen_of(read.answers.get(question.pk)),
        "conflict": _told(request, conflicts[0]) if conflicts else "",
        **_consequences(request, read),
    }
    return JsonResponse(told, status=409 if conflicts else 200)


@for_roles(*MINE)
@require_POST
def answer_files(request: SignedRequest, code: str, key: str) -> HttpResponse:
    """Take files as they are chosen."""
    found = seen(request, code)
    at = received_at(request)
    question = get_object_or_404(found.call.questions, key=key, kind="files")
    sent = request.FILES.getlist(key)
    refusals = actions.attach(found, question, sent, by=request.user, at=at)
    page = writing_page(found)
    known = {"files": page.files_for(question), "dossier": found}
    told = {
        "at": hour(at),
        "refusals": [f"{one.sentence} {one.next_step}" for one in refusals],
        "files": render_to_string("programme/_dossier_files.html", known, request),
        "summary": _summary(request, Reading(found)),
    }
    return JsonResponse(told)


@require_GET
def dossier_document(request: SignedRequest, code: str, key: int) -> HttpResponse:
    """Give a file of a dossier that one may see."""
    found = seen(request, code)
    document = file_seen(found, key, reader(request.user, request.role, timezone.now()))
    if document is None:
        raise Http404
    return documents.download(document)  # type: ignore[return-value]


def _save(request: SignedRequest, dossier: Dossier, at: datetime) -> HttpResponse:
    """Save the whole form, files too; show it again where something remains."""
    sent, page = Sent(request.POST), writing_page(dossier)
    form = DossierForm.for_call(page.questions, page.answers, sent)
    conflicts = actions.answer(dossier, form.given(), by=request.user, at=at)
    refusals = _files(request, dossier, page.questions, at)
    forget(request)
    if conflicts or refusals:
        page = writing_page(dossier, conflicts=conflicts, refusals=refusals)
        keys = frozenset(one.question.key for one in conflicts)
        return _form(request, page, sent.only(keys), status=409)
    sentence = _("Saved at %(time)s.") % {"time": hour(at)}
    messages.success(request, sentence)
    return redirect(_next(request), dossier.code)


def _files(
    request: SignedRequest, dossier: Dossier, questions: list[Question], at: datetime
) -> dict[str, list[str]]:
    """Add and remove files; return the refusals by question."""
    removed = request.POST.get("remove", "")
    kept = {str(key): document for key, document in files_of(dossier).items()}
    document = kept.get(removed)
    if document:
        actions.detach(dossier, document, by=request.user, at=at)
    found = {}
    for question in (one for one in questions if one.key in request.FILES):
        sent = request.FILES.getlist(question.key)
        refusals = actions.attach(dossier, question, sent, by=request.user, at=at)
        found[question.key] = [f"{one.sentence} {one.next_step}" for one in refusals]
    return {key: sentences for key, sentences in found.items() if sentences}


def _next(request: SignedRequest) -> str:
    return "dossier_submit" if request.POST.get("then") == "check" else "dossier_edit"


def _form(
    request: SignedRequest,
    page: WritingPage,
    sent: Sent | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    form = DossierForm.for_call(page.questions, page.answers, sent)
    known = {
        "form": form,
        "sections": list(form.sections(page)),
        "page": page,
        "dossier": page.dossier,
        "is_back": sent is not None and sent.is_again,
        "example": page.dossier.is_example,
        "at": timezone.now(),
    }
    return render(request, "programme/dossier_edit.html", known, status=status)


def _summary(request: SignedRequest, read: Reading) -> str:
    known = {"completeness": read.completeness, "dossier": read.dossier}
    return render_to_string("programme/_dossier_summary.html", known, request)


def _consequences(request: SignedRequest, read: Reading) -> dict[str, object]:
    """Return what the whole form becomes: what hides, what closes the call."""
    shown = read.asked.shown_keys
    return {
        "summary": _summary(request, read),
        "hidden": [anchor_of(one) for one in read.questions if one.key not in shown],
        "reasons": {
            anchor_of(one.question): _notice(request, one.reason)
            for one in read.asked.ineligibilities
        },
    }


def _notice(request: SignedRequest, reason: str) -> str:
    known = {"reason": reason}
    return render_to_string("programme/_ineligible.html", known, request)


def _told(request: SignedRequest, conflict: Conflict) -> str:
    known = {"conflict": conflict}
    return render_to_string("programme/_dossier_conflict.html", known, request)
