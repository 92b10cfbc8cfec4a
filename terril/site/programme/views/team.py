"""Who writes a dossier: invite, remove, leave."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from terril.site.people.access import SignedRequest, for_roles
from terril.site.programme import actions
from terril.site.programme.forms.dossiers import InvitationForm
from terril.site.programme.queries.dossiers import team_of
from terril.site.programme.queries.pages import dossier_page
from terril.site.programme.views.scope import MINE, received_at, seen


@for_roles(*MINE)
def dossier_team(request: SignedRequest, code: str) -> HttpResponse:
    """List who writes the dossier; the holder invites somebody."""
    found = seen(request, code)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        at = received_at(request)
        actions.invite_collaborator(found, email, by=request.user, at=at)
        sentence = _("The invitation has left for %(email)s.") % {"email": email}
        messages.success(request, sentence)
        return redirect("dossier_team", found.code)
    page = dossier_page(found, request.user, request.role, at=timezone.now())
    known = {"page": page, "dossier": found, "form": form, "example": found.is_example}
    return render(request, "programme/dossier_team.html", known)


@for_roles(*MINE)
@require_POST
def remove_collaborator(request: SignedRequest, code: str, key: int) -> HttpResponse:
    """Let somebody write no more."""
    found = seen(request, code)
    member = get_object_or_404(team_of(found), pk=key)
    actions.remove_collaborator(member, by=request.user, at=received_at(request))
    messages.success(request, _("This person writes in the dossier no more."))
    return redirect("dossier_team", found.code)


@for_roles(*MINE)
@require_POST
def leave_dossier(request: SignedRequest, code: str) -> HttpResponse:
    """Write in the dossier no more."""
    found = seen(request, code)
    actions.leave_dossier(found, by=request.user, at=received_at(request))
    messages.success(request, _("You write in this dossier no more."))
    return redirect("dossiers")
