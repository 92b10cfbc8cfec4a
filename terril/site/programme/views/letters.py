"""The outbox of the programme: letters are read, then sent by a person."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from terril.site.commons.models import Letter
from terril.site.commons.paging import page_of
from terril.site.people.access import SignedRequest, for_roles
from terril.site.programme import actions
from terril.site.programme.forms.letters import (
    DiscardForm,
    LetterFilterForm,
    LetterForm,
    SelectionForm,
)
from terril.site.programme.models import Call
from terril.site.programme.queries import letters as queries
from terril.site.programme.queries.pages import dossier_page
from terril.site.programme.queries.previews import composition_page
from terril.site.programme.queries.secrecy import calls_at_distance
from terril.site.programme.views.scope import MINE, seen, tabs_of

TEAM = ("agent", "secretary")


@for_roles(*TEAM)
def letters(request: SignedRequest) -> HttpResponse:
    form = LetterFilterForm(request.GET or None)
    handled = queries.letters_at_distance(request.user, request.role)
    status = form.status_asked()
    found = handled.filter(status=status) if status else handled
    page: Any = page_of(found, request.GET.get("page", ""))
    context = {
        "form": form,
        "page": page,
        "calls": queries.calls_with_decisions(request.user),
        "example": queries.has_example(page),
    }
    return render(request, "programme/letters.html", context)


@for_roles(*TEAM)
def letter(request: SignedRequest, key: int) -> HttpResponse:
    found = _letter(request, key)
    context = {"letter": found, "example": queries.has_example([found])}
    return render(request, "programme/letter.html", context)


@for_roles(*TEAM)
@require_http_methods(["GET", "POST"])
def letter_edit(request: SignedRequest, key: int) -> HttpResponse:
    found = _letter(request, key)
    form = LetterForm(request.POST or None, instance=found)
    if not form.is_valid():
        context: dict[str, object] = {"form": form, "letter": found}
        context["example"] = queries.has_example([found])
        return render(request, "programme/letter_edit.html", context)
    words = form.cleaned_data["subject"], form.cleaned_data["body"]
    actions.edit_letter(found, *words, by=request.user, at=timezone.now())
    messages.success(request, _("The letter is changed."))
    return redirect("letter", key)


@for_roles(*TEAM)
@require_http_methods(["GET", "POST"])
def letter_discard(request: SignedRequest, key: int) -> HttpResponse:
    found = _letter(request, key)
    form = DiscardForm(request.POST or None)
    if not form.is_valid():
        context: dict[str, object] = {"form": form, "letter": found}
        context["example"] = queries.has_example([found])
        return render(request, "programme/letter_discard.html", context)
    reason = form.cleaned_data["reason"]
    actions.discard_letter(found, reason, by=request.user, at=timezone.now())
    messages.success(request, _("The letter is set aside."))
    return redirect("letter", key)


@for_roles(*TEAM)
@require_POST
def letter_send(request: SignedRequest, key: int) -> HttpResponse:
    sent = [_letter(request, key).pk]
    actions.send_letters(sent, by=request.user, at=timezone.now())
    return redirect("letter", key)


@for_roles(*TEAM)
@require_POST
def letter_retry(request: SignedRequest, key: int) -> HttpResponse:
    actions.retry_letter(_letter(request, key), by=request.user, at=timezone.now())
    return redirect("letter", key)


@for_roles(*TEAM)
def decision_letters(request: SignedRequest, code: str) -> HttpResponse:
    call = _call(request, code)
    context = {"page": composition_page(call), "example": call.is_example}
    return render(request, "programme/decision_letters.html", context)


@for_roles(*TEAM)
@require_POST
def letters_compose(request: SignedRequest, code: str) -> HttpResponse:
    call = _call(request, code)
    count = actions.compose_letters(call, by=request.user, at=timezone.now())
    words = ngettext(
        "%(count)s letter is drafted. Read it, then send it.",
        "%(count)s letters are drafted. Read them, then send them.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect("decision_letters", code)


@for_roles(*TEAM)
@require_POST
def letters_send(request: SignedRequest, code: str) -> HttpResponse:
    call = _call(request, code)
    keys = list(queries.drafts_of(call).values_list("pk", flat=True))
    chosen = SelectionForm(request.POST, keys=keys).chosen()
    count = actions.send_letters(chosen, by=request.user, at=timezone.now())
    words = ngettext("%(count)s letter left.", "%(count)s letters left.", count)
    messages.success(request, words % {"count": count})
    return redirect("decision_letters", code)


@for_roles(*MINE)
def dossier_letters(request: SignedRequest, code: str) -> HttpResponse:
    """Show the holder what was sent about the dossier."""
    found = seen(request, code)
    context = {
        "dossier": found,
        "page": dossier_page(found, request.user, request.role, at=timezone.now()),
        "letters": queries.letters_sent_about(found),
        "tabs": tabs_of(found, "dossier_letters"),
        "example": found.is_example,
    }
    return render(request, "programme/dossier_letters.html", context)


def _letter(request: SignedRequest, key: int) -> Letter:
    return get_object_or_404(
        queries.letters_at_distance(request.user, request.role), pk=key
    )


def _call(request: SignedRequest, code: str) -> Call:
    return get_object_or_404(calls_at_distance(request.user), code=code)
