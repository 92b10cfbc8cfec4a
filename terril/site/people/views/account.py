"""One's own account: name, roles, sessions, and the role one acts in."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from terril.site.people import actions, queries
from terril.site.people.access import SESSION_KEY, SignedRequest
from terril.site.people.forms import PersonForm


def account(request: SignedRequest) -> HttpResponse:
    """Show one's account; change one's name and language."""
    form = PersonForm.of(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        names, language = form.names(), form.cleaned_data["language"]
        now = timezone.now()
        actions.change_person(request.user, names, language, by=request.user, at=now)
        messages.success(request, _("Your details are saved."))
        return redirect("account")
    page = queries.account_page(request.user, on=timezone.localdate())
    return render(request, "people/account.html", {"form": form, "page": page})


@require_POST
def act_as(request: SignedRequest) -> HttpResponse:
    """Act in another of the roles one holds."""
    wanted = request.POST.get("role", "")
    role = next((one for one in request.roles if one.key == wanted), None)
    if role:
        request.session[SESSION_KEY] = role.key
        messages.success(request, _("You now act as: %(role)s.") % {"role": role})
    else:
        messages.error(request, _("You do not hold this role. Nothing has changed."))
    return redirect(next_of(request, "desk"))


@require_safe
def sessions(request: SignedRequest) -> HttpResponse:
    """List the devices on which one is signed in."""
    found = UserSession.objects.purge_and_list(request.user)
    found.sort(key=lambda one: one.created_at, reverse=True)
    return render(request, "people/sessions.html", {"sessions": found})


@require_POST
def end_session(request: SignedRequest, key: int) -> HttpResponse:
    """Sign one of one's devices out."""
    get_object_or_404(UserSession, pk=key, user=request.user).end()
    messages.success(request, _("This device is signed out."))
    return redirect("sessions")


@require_POST
def end_other_sessions(request: SignedRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    others = UserSession.objects.filter(user=request.user)
    for one in others.exclude(session_key=request.session.session_key):
        one.end()
    messages.success(request, _("Your other devices are signed out."))
    return redirect("sessions")


def next_of(request: HttpRequest, default: str) -> str:
    """Return the page of this site that a form asks to come back to."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else default
