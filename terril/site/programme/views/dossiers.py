"""The pages of one's dossiers: the list, the summary, the content, the history."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from terril.site.people.access import SESSION_KEY, SignedRequest, for_roles
from terril.site.people.roles import HOLDER
from terril.site.programme import actions
from terril.site.programme.queries.answers import content
from terril.site.programme.queries.dossiers import dossiers_of
from terril.site.programme.queries.pages import dossier_page, dossier_rows
from terril.site.programme.queries.public import call_of_the_day, published_calls
from terril.site.programme.queries.story import history
from terril.site.programme.views.scope import MINE, received_at, seen, tabs_of


@for_roles(*MINE)
@require_GET
def dossiers(request: SignedRequest) -> HttpResponse:
    """List one's own dossiers."""
    at = timezone.now()
    rows = dossier_rows(list(dossiers_of(request.user)), request.role, at=at)
    known = {"rows": rows, "call": call_of_the_day(at), "at": at}
    return render(request, "programme/dossiers.html", known)


@require_POST
def open_dossier(request: SignedRequest, code: str) -> HttpResponse:
    """Begin a draft in a call, and act as its holder from now on."""
    call = get_object_or_404(published_calls(), code=code)
    opened = actions.open_dossier(call, by=request.user, at=received_at(request))
    request.session[SESSION_KEY] = HOLDER.key
    return redirect("dossier_edit", opened.code)


@require_GET
def dossier(request: SignedRequest, code: str) -> HttpResponse:
    """Say where a dossier stands, what comes next, who writes it."""
    found = seen(request, code)
    if request.role and request.role.key not in MINE:
        return redirect("examined_dossier", code)
    page = dossier_page(found, request.user, request.role, at=timezone.now())
    known = {
        "page": page,
        "dossier": found,
        "tabs": tabs_of(found, "dossier"),
        "example": found.is_example,
    }
    return render(request, "programme/dossier.html", known)


@for_roles(*MINE)
@require_GET
def dossier_content(request: SignedRequest, code: str) -> HttpResponse:
    """Show everything the dossier says."""
    found = seen(request, code)
    known = {
        "dossier": found,
        "page": dossier_page(found, request.user, request.role, at=timezone.now()),
        "parts": content(found),
        "tabs": tabs_of(found, "dossier_content"),
        "example": found.is_example,
    }
    return render(request, "programme/dossier_content.html", known)


@for_roles(*MINE)
@require_GET
def dossier_history(request: SignedRequest, code: str) -> HttpResponse:
    """Tell what happened to the dossier, line by line."""
    found = seen(request, code)
    known = {
        "dossier": found,
        "page": dossier_page(found, request.user, request.role, at=timezone.now()),
        "lines": history(found),
        "tabs": tabs_of(found, "dossier_history"),
        "example": found.is_example,
    }
    return render(request, "programme/dossier_history.html", known)


@for_roles(*MINE)
def dossier_withdraw(request: SignedRequest, code: str) -> HttpResponse:
    """Ask whether one is sure, then withdraw."""
    found = seen(request, code)
    if request.method == "POST":
        actions.withdraw(found, by=request.user, at=received_at(request))
        messages.success(request, _("The dossier is withdrawn."))
        return redirect(found)
    page = dossier_page(found, request.user, request.role, at=timezone.now())
    known = {"page": page, "dossier": found, "example": found.is_example}
    return render(request, "programme/dossier_withdraw.html", known)
