"""Codes after the closing: an agent gives them, an applicant enters one."""

from allauth.core.ratelimit import consume, respond_429
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from terril.site.people.access import SESSION_KEY, SignedRequest, for_roles
from terril.site.people.roles import HOLDER
from terril.site.programme import actions
from terril.site.programme.forms.access import AccessForm, EnterCodeForm
from terril.site.programme.models import AccessCode
from terril.site.programme.queries.access import codes_of
from terril.site.programme.queries.public import published_calls
from terril.site.programme.rules.access import check_needed
from terril.site.programme.views.scope import received_at


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def access_codes(request: SignedRequest, code: str) -> HttpResponse:
    """List the codes of a call; make one, whose text this answer alone shows."""
    call = get_object_or_404(published_calls(), code=code)
    form, now, text = AccessForm(request.POST or None, call=call), timezone.now(), ""
    if form.is_valid():
        _access, text = actions.give_code(call, form.draft(), by=request.user, at=now)
        form = AccessForm(call=call)
    known = {"call": call, "form": form, "text": text, "now": now}
    known |= {"codes": codes_of(call), "example": call.is_example}
    response = render(request, "programme/access_codes.html", known)
    response["Cache-Control"] = "private, no-store"
    return response


@for_roles("agent")
@require_POST
def access_revoke(request: SignedRequest, code: str, key: int) -> HttpResponse:
    """Let a code let nothing in any more."""
    access = get_object_or_404(AccessCode, call__code=code, pk=key)
    actions.revoke_code(access, by=request.user, at=timezone.now())
    messages.success(request, _("The code is revoked: it lets nothing in."))
    return redirect("access_codes", code)


@require_http_methods(["GET", "POST"])
def enter_code(request: SignedRequest, code: str) -> HttpResponse:
    """Take a code, and lead to the dossier it lets in."""
    call = get_object_or_404(published_calls(), code=code)
    at = received_at(request)
    check_needed(call, at=at)
    form = EnterCodeForm.of(call, request.user, request.POST or None)
    form.propose(request.GET.get("dossier", ""))
    if not form.is_valid():
        known = {"call": call, "form": form, "example": call.is_example}
        return render(request, "programme/enter_code.html", known)
    if not consume(request, action="access_code", user=request.user):
        return respond_429(request)  # type: ignore[no-any-return]
    typed, draft = form.cleaned_data["code"], form.cleaned_data["dossier"]
    found = actions.enter_code(call, typed, draft, by=request.user, at=at)
    request.session[SESSION_KEY] = HOLDER.key
    messages.success(request, _("The code lets this dossier in until it is used."))
    return redirect("dossier_edit", found.code)
