"""Deposits made on paper: entered by an agent, taken over by their holder."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terril.site.people.access import SignedRequest, for_roles
from terril.site.programme import actions
from terril.site.programme.forms.dossiers import DossierForm, Sent
from terril.site.programme.forms.paper import HolderInvitationForm, PaperForm
from terril.site.programme.models import Question
from terril.site.programme.queries.asked import questions_of
from terril.site.programme.queries.public import published_calls
from terril.site.programme.rules.paper import check_paper
from terril.site.programme.views.scope import received_at, seen


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def paper_deposit(request: SignedRequest, code: str) -> HttpResponse:
    """Copy a dossier from paper, in its holder's name."""
    call = get_object_or_404(published_calls(), code=code)
    typed, at = Sent(request.POST) if request.POST else None, received_at(request)
    whole = DossierForm.for_call(questions_of(call), {}, typed)
    written = whole.needing(Question.Fills.TITLE)
    check = partial(check_paper, call, given=written.given(), at=at)
    form = PaperForm(request.POST or None, check=check)
    if not form.is_valid():
        known = {"call": call, "form": form, "sections": written.previewed(None)}
        known["example"] = call.is_example
        return render(request, "programme/paper_deposit.html", known)
    files = {key: request.FILES.getlist(key) for key in request.FILES}
    content = actions.Content(written.given(), files)
    made = actions.deposit_on_paper(call, form.paper(), content, by=request.user, at=at)
    messages.success(request, _("The dossier is entered, and has its number."))
    return redirect("examined_dossier", made.code)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def holder_invite(request: SignedRequest, code: str) -> HttpResponse:
    """Invite the holder of a dossier on paper to take it over."""
    found = seen(request, code)
    form = HolderInvitationForm(request.POST or None)
    if not form.is_valid():
        known = {"dossier": found, "form": form, "example": found.is_example}
        return render(request, "programme/holder_invite.html", known)
    email = form.cleaned_data["email"]
    actions.invite_holder(found, email, by=request.user, at=timezone.now())
    messages.success(request, _("The invitation has been sent."))
    return redirect("examined_dossier", code)
