"""The team's desk: the list of an edition, one dossier, what is done with it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from terril.site.commons import documents
from terril.site.people.access import SignedRequest, for_roles
from terril.site.programme import actions
from terril.site.programme.forms.examination import (
    CompletionForm,
    DismissalForm,
    EditionFilterForm,
    OpinionForm,
    ReportForm,
)
from terril.site.programme.models import AnalysisReport, Call, Dossier, Opinion
from terril.site.programme.queries import (
    dossiers_seen_by,
    examination as queries,
    readers,
)
from terril.site.programme.queries.folders import folder
from terril.site.programme.queries.sheets import FORMATS, edition_file
from terril.site.programme.queries.sights import file_seen
from terril.site.programme.queries.states import edition_state, states
from terril.site.programme.rules import dossiers as rules
from terril.site.programme.rules.editions import regime_of
from terril.site.programme.rules.moves import is_possible
from terril.site.programme.views.rows import table_rows

READERS = ("agent", "secretary", "member")
VERBS = ("admit", "dismiss", "ask_completion", "examine", "present")


@for_roles(*READERS)
def edition(request: SignedRequest, code: str) -> HttpResponse:
    call = get_object_or_404(Call, code=code)
    found = _listed(request, call)
    asked = request.GET.urlencode()
    context = {
        "call": call,
        "key": found.key,
        "query": f"?{asked}" if asked else "",
        # Asked for only when the list is drawn: once until something happens.
        "list": partial(_list, found, request.GET),
        "example": call.is_example,
    }
    return render(request, "programme/edition.html", context)


@for_roles(*READERS)
def team_dossiers(request: SignedRequest) -> HttpResponse:  # noqa: ARG001 -- a view
    """Lead to the editions: dossiers are listed edition by edition."""
    return redirect("team_calls")


@for_roles("agent", "secretary")
def edition_export(request: SignedRequest, code: str, kind: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.select_related("regime"), code=code)
    if kind not in FORMATS:
        raise Http404
    _form, found = _narrowed(_listed(request, call), request.GET)
    made = edition_file(found, kind, request.build_absolute_uri())
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


@for_roles(*READERS)
def examined_dossier(request: SignedRequest, code: str) -> HttpResponse:
    found = _seen(request, code)
    reader = readers.reader(request.user, request.role, timezone.now())
    opened = folder(found, reader)
    context = {
        "folder": opened,
        "dossier": found,
        "state": rules.told(found.status, request.role),
        "state_label": rules.state_label(found.status, request.role),
        "may": [verb for verb in VERBS if is_possible(verb, found)],
        "example": found.is_example,
    }
    return render(request, "programme/examined_dossier.html", context)


@for_roles(*READERS)
def examined_file(request: SignedRequest, code: str, key: int) -> HttpResponse:
    reader = readers.reader(request.user, request.role, timezone.now())
    document = file_seen(_seen(request, code), key, reader)
    if document is None:
        raise Http404
    return documents.download(document)  # type: ignore[return-value]


@for_roles("agent")
@require_POST
def dossier_admit(request: SignedRequest, code: str) -> HttpResponse:
    found = _seen(request, code)
    actions.admit(found, by=request.user, at=timezone.now())
    messages.success(request, _("The dossier is admissible."))
    return redirect("examined_dossier", code)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def dossier_dismiss(request: SignedRequest, code: str) -> HttpResponse:
    found = _seen(request, code)
    form = DismissalForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "dossier": found, "example": found.is_example}
        return render(request, "programme/dossier_dismiss.html", context)
    actions.dismiss(found, **form.cleaned_data, by=request.user, at=timezone.now())
    messages.success(request, _("The dossier is not admissible. A letter is drafted."))
    return redirect("examined_dossier", code)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def completion_ask(request: SignedRequest, code: str) -> HttpResponse:
    found = _seen(request, code)
    form = CompletionForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "dossier": found, "example": found.is_example}
        return render(request, "programme/completion_ask.html", context)
    actions.ask_completion(
        found, **form.cleaned_data, by=request.user, at=timezone.now()
    )
    messages.success(request, _("The holder is told what is missing."))
    return redirect("examined_dossier", code)


@for_roles("agent")
@require_POST
def dossier_examine(request: SignedRequest, code: str) -> HttpResponse:
    found = _seen(request, code)
    actions.examine(found, by=request.user, at=timezone.now())
    messages.success(request, _("The examination is open: write the report."))
    return redirect("report", code)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def report(request: SignedRequest, code: str) -> HttpResponse:
    found = _seen(request, code)
    kept = AnalysisReport.objects.filter(dossier=found).first()
    form = ReportForm(request.POST or None, instance=kept)
    if not form.is_valid():
        context: dict[str, object] = {"form": form, "dossier": found, "report": kept}
        context["example"] = found.is_example
        return render(request, "programme/report.html", context)
    actions.write_report(found, form.draft(), by=request.user, at=timezone.now())
    messages.success(request, _("The report is kept."))
    return redirect("report", code)


@for_roles("agent")
@require_POST
def report_finish(request: SignedRequest, code: str) -> HttpResponse:
    found = _seen(request, code)
    actions.finish_report(found, by=request.user, at=timezone.now())
    messages.success(request, _("The report is finished: the committees can read it."))
    return redirect("examined_dossier", code)


@for_roles("secretary")
@require_http_methods(["GET", "POST"])
def opinion(request: SignedRequest, code: str, committee: str) -> HttpResponse:
    found = _seen(request, code)
    named = regime_of(found.call).committee(committee)
    kept = Opinion.objects.filter(dossier=found, committee=committee).first()
    form = OpinionForm(request.POST or None, instance=kept)
    if not form.is_valid():
        context: dict[str, object] = {
            "form": form,
            "dossier": found,
            "committee": named,
            "opinion": kept,
        }
        context["example"] = found.is_example
        return render(request, "programme/opinion.html", context)
    draft = form.draft(committee)
    actions.record_opinion(found, draft, by=request.user, at=timezone.now())
    messages.success(request, _("The opinion is recorded."))
    return redirect("examined_dossier", code)


@for_roles("secretary")
@require_POST
def dossier_present(request: SignedRequest, code: str) -> HttpResponse:
    found = _seen(request, code)
    actions.present(found, by=request.user, at=timezone.now())
    messages.success(request, _("The dossier goes before the body that decides."))
    return redirect("examined_dossier", code)


@for_roles("observer", "agent", "secretary", "administrator")
def edition_states(request: SignedRequest) -> HttpResponse:
    return render(request, "programme/edition_states.html", {"states": states()})


@for_roles("observer", "agent", "secretary", "administrator")
def edition_counts(request: SignedRequest, code: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.select_related("regime"), code=code)
    context = {"state": edition_state(call), "example": call.is_example}
    return render(request, "programme/edition_counts.html", context)


def _seen(request: SignedRequest, code: str) -> Dossier:
    seen = dossiers_seen_by(request.user, request.role)
    return get_object_or_404(seen.select_related("call__regime"), code=code)


def _listed(request: SignedRequest, call: Call) -> queries.Listed:
    return queries.listed(
        call, readers.reader(request.user, request.role, timezone.now())
    )


def _list(found: queries.Listed, asked: QueryDict) -> dict[str, object]:
    form, narrowed = _narrowed(found, asked)
    return {
        "form": form,
        "edition": narrowed,
        "heads": queries.HEADS,
        "sort": asked.get("sort", ""),
        "table_rows": table_rows(narrowed.rows),
    }


def _narrowed(
    found: queries.Listed, asked: QueryDict
) -> tuple[EditionFilterForm, queries.Edition]:
    form = EditionFilterForm(asked or None, communes=found.communes)
    return form, queries.edition(found, form.filters())
