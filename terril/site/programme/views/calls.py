"""Calls: read by anyone, written by the team until they are published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from terril.site.commons.pages import public_page
from terril.site.people.access import SignedRequest, for_roles
from terril.site.programme import actions
from terril.site.programme.forms.calls import CallForm, RegimeReplacementForm
from terril.site.programme.forms.dossiers import DossierForm, Sent
from terril.site.programme.forms.questions import QuestionForm
from terril.site.programme.models import Call, Question
from terril.site.programme.queries import calls as queries
from terril.site.programme.queries.asked import (
    asked_of,
    completeness_of,
    questions_of,
)
from terril.site.programme.queries.public import editions
from terril.site.programme.rules.calls import reasons_against, step_of


@public_page
def calls(request: HttpRequest) -> HttpResponse:
    found = queries.call_pages(timezone.now())
    return render(request, "programme/calls.html", {"pages": found})


@public_page
def call(request: HttpRequest, code: str) -> HttpResponse:
    now = timezone.now()
    page = queries.call_page(get_object_or_404(editions(), code=code), now)
    context = {"page": page, "now": now, "example": page.call.is_example}
    return render(request, "programme/call.html", context)


@for_roles("agent", "secretary", "member")
def team_calls(request: SignedRequest) -> HttpResponse:
    found = queries.calls_of_team()
    return render(request, "programme/team_calls.html", {"calls": found})


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def call_create(request: SignedRequest) -> HttpResponse:
    form = CallForm(request.POST or None)
    if not form.is_valid():
        return render(request, "programme/call_form.html", {"form": form})
    made = actions.create_call(form.draft(), by=request.user, at=timezone.now())
    messages.success(request, _("The call is prepared, with questions to start from."))
    return redirect("call_edit", made.code)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def call_change(request: SignedRequest, code: str) -> HttpResponse:
    found = get_object_or_404(queries.draft_calls(), code=code)
    form = CallForm(request.POST or None, instance=found)
    if not form.is_valid():
        context = {"form": form, "call": found, "example": found.is_example}
        return render(request, "programme/call_form.html", context)
    actions.change_call(found, form.draft(), by=request.user, at=timezone.now())
    messages.success(request, _("The call is changed."))
    return redirect("call_edit", code)


@for_roles("agent")
def call_edit(request: SignedRequest, code: str) -> HttpResponse:
    found = get_object_or_404(queries.calls_of_team(), code=code)
    page = queries.call_page(found, timezone.now())
    reasons = reasons_against(found, found.questions.all(), at=timezone.now())
    context = {"page": page, "reasons": reasons, "example": found.is_example}
    return render(request, "programme/call_edit.html", context)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def call_preview(request: SignedRequest, code: str) -> HttpResponse:
    """Show the form as an applicant sees it; try a deposit, of which nothing is kept."""
    found = get_object_or_404(queries.calls_of_team(), code=code)
    asked = questions_of(found)
    tried = Sent(request.POST) if request.method == "POST" else None
    form = DossierForm.for_call(asked, {}, tried)
    values = form.tried()
    told = asked_of(found, asked, values)
    context = {
        "call": found,
        "sections": form.previewed(told.shown_keys if tried else None),
        "trial": completeness_of(told, values) if tried else None,
        "example": found.is_example,
    }
    return render(request, "programme/call_preview.html", context)


@for_roles("agent")
@require_POST
def call_publish(request: SignedRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Call, code=code)
    actions.publish_call(found, by=request.user, at=timezone.now())
    messages.success(
        request, _("The call is published: it opens and closes by itself.")
    )
    return redirect(found)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def call_regime(request: SignedRequest, code: str) -> HttpResponse:
    """Give a published call new rules, with the reason that everybody reads."""
    found = get_object_or_404(queries.published_calls(), code=code)
    form = RegimeReplacementForm(request.POST or None, call=found)
    if not form.is_valid():
        context = {"form": form, "call": found, "example": found.is_example}
        return render(request, "programme/call_regime.html", context)
    regime, now = form.cleaned_data["regime"], timezone.now()
    actions.replace_regime(found, regime, form.why(), by=request.user, at=now)
    messages.success(request, _("The call has new rules; its page says why."))
    return redirect("call_edit", code)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def question_add(request: SignedRequest, code: str) -> HttpResponse:
    found = get_object_or_404(queries.draft_calls(), code=code)
    form = QuestionForm(request.POST or None, call=found)
    if not form.is_valid():
        context = {"form": form, "call": found, "example": found.is_example}
        return render(request, "programme/question_form.html", context)
    actions.add_question(found, form.draft(), by=request.user, at=timezone.now())
    messages.success(request, _("The question is added at the end."))
    return redirect("call_edit", code)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def question_edit(request: SignedRequest, code: str, key: str) -> HttpResponse:
    call = get_object_or_404(queries.draft_calls(), code=code)
    asked = get_object_or_404(call.questions, key=key)
    form = QuestionForm(request.POST or None, instance=asked, call=call)
    if not form.is_valid():
        context: dict[str, object] = {"form": form, "call": call, "question": asked}
        context["example"] = call.is_example
        return render(request, "programme/question_form.html", context)
    actions.change_question(asked, form.draft(), by=request.user, at=timezone.now())
    messages.success(request, _("The question is changed."))
    return redirect("call_edit", code)


@for_roles("agent")
@require_POST
def question_move(request: SignedRequest, code: str, key: str) -> HttpResponse:
    asked = _question(code, key)
    step = step_of(request.POST.get("step", ""))
    actions.move_question(asked, step, by=request.user, at=timezone.now())
    return redirect("call_edit", code)


@for_roles("agent")
@require_POST
def question_remove(request: SignedRequest, code: str, key: str) -> HttpResponse:
    asked = _question(code, key)
    actions.remove_question(asked, by=request.user, at=timezone.now())
    messages.success(request, _("The question is no longer asked."))
    return redirect("call_edit", code)


def _question(code: str, key: str) -> Question:
    drafts = Question.objects.filter(call__in=queries.draft_calls())
    return get_object_or_404(drafts.select_related("call"), call__code=code, key=key)
