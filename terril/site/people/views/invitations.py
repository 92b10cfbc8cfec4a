"""Links of invitation: sent by those who may, opened by those who got them."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from terril.site.commons.paging import page_of
from terril.site.people import actions, queries
from terril.site.people.access import SESSION_KEY, SignedRequest, for_roles
from terril.site.people.forms import InvitationForm, NamesForm
from terril.site.people.models import Invitation, Person


@for_roles("administrator", "agent")
def invitations(request: SignedRequest) -> HttpResponse:
    """List the invitations; send one."""
    held = [role.key for role in request.roles]
    form = InvitationForm(request.POST or None, given_by=held)
    if request.method == "POST" and form.is_valid():
        sent = actions.invite(form.offer(), by=request.user, at=timezone.now())
        sentence = _("The invitation has left for %(email)s.") % {"email": sent.email}
        messages.success(request, sentence)
        return redirect("invitations")
    page = page_of(queries.invitation_lines(at=timezone.now()), _page(request))
    return render(request, "people/invitations.html", {"form": form, "page": page})


@for_roles("administrator", "agent")
@require_POST
def withdraw_invitation(request: SignedRequest, key: int) -> HttpResponse:
    found = get_object_or_404(queries.invitations(), pk=key)
    actions.withdraw_invitation(found, by=request.user, at=timezone.now())
    messages.success(request, _("The link no longer opens."))
    return redirect("invitations")


@login_not_required
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Open a link: say what it offers, or why it does not open."""
    person = request.user if isinstance(request.user, Person) else None
    welcome = queries.welcome_of(token, by=person, at=timezone.now())
    names = {"given_name": welcome.given_name, "family_name": welcome.family_name}
    form = NamesForm(request.POST or None, initial=names)
    is_ready = request.method == "POST" and welcome.opens
    if is_ready and welcome.invitation and (person or form.is_valid()):
        return _accept(request, welcome.invitation, () if person else form.names())
    context = {"welcome": welcome, "form": form}
    return render(request, "people/invitation.html", context, status=welcome.status)


def _accept(
    request: HttpRequest, found: Invitation, names: tuple[str, ...]
) -> HttpResponse:
    person = request.user if isinstance(request.user, Person) else None
    joined = actions.accept_invitation(found, names, by=person, at=timezone.now())
    address = queries.subject_address(found) or reverse("desk")
    messages.success(request, _("The invitation is accepted."))
    request.session[SESSION_KEY] = found.role
    if person:
        return redirect(address)
    # The link has just proved who one is: a second factor may be set up at once.
    record_authentication(request, joined, method="invitation")
    return perform_login(request, joined, redirect_url=address)  # type: ignore[no-any-return]


def _page(request: HttpRequest) -> str:
    return request.GET.get("page", "")
