"""Prefilled links: what one would write, shown first; and the page that makes them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from terril.site.people.access import SESSION_KEY, SignedRequest, for_roles
from terril.site.people.roles import HOLDER
from terril.site.programme import actions
from terril.site.programme.forms.dossiers import DossierForm, Sent
from terril.site.programme.forms.prefill import prefilled, query_of
from terril.site.programme.queries.asked import questions_of
from terril.site.programme.queries.calls import calls_of_team
from terril.site.programme.queries.public import published_calls
from terril.site.programme.rules.dossiers import check_opening
from terril.site.programme.rules.prefill import check_length, may_be_prefilled
from terril.site.programme.views.scope import received_at


@login_not_required
@require_http_methods(["GET", "POST"])
def begin_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the link would write; open the dossier when the button is pressed."""
    call, at = get_object_or_404(published_calls(), code=code), received_at(request)
    check_length(request.META["QUERY_STRING"])
    check_opening(call, at=at)
    found = prefilled(questions_of(call), request.GET)
    if request.method != "POST":
        known = {"call": call, "found": found, "path": request.get_full_path()}
        known["example"] = call.is_example
        return render(request, "programme/begin_dossier.html", known)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    opened = actions.open_dossier(call, found.given, by=request.user, at=at)
    request.session[SESSION_KEY] = HOLDER.key
    return redirect("dossier_edit", opened.code)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def prefill_link(request: SignedRequest, code: str) -> HttpResponse:
    """Make a link from answers that are typed; nothing of them is kept."""
    call = get_object_or_404(calls_of_team(), code=code)
    asked = [one for one in questions_of(call) if may_be_prefilled(one)]
    typed = Sent(request.POST) if request.method == "POST" else None
    query = query_of(asked, request.POST)
    check_length(query)
    path = reverse("begin_dossier", args=[call.code])
    known = {
        "call": call,
        "sections": DossierForm.for_call(asked, {}, typed).needing().previewed(None),
        "link": f"{settings.SITE_URL}{path}?{query}" if query else "",
        "is_open": call.is_open(timezone.now()),
        "example": call.is_example,
    }
    return render(request, "programme/prefill_link.html", known)
