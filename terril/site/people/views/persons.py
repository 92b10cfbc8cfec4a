"""The directory of persons, for administrators: roles, mandates, invitations."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from terril.site.commons.paging import page_of
from terril.site.people import actions, queries
from terril.site.people.access import SignedRequest, for_roles
from terril.site.people.forms import (
    InvitationForm,
    MandateForm,
    NamesForm,
    PersonForm,
    RoleForm,
)
from terril.site.people.models import Person, RoleGrant
from terril.site.people.views.account import next_of


@for_roles("administrator")
@require_safe
def persons(request: SignedRequest) -> HttpResponse:
    """List everybody, or those whose name holds the words looked for."""
    text = request.GET.get("q", "")
    found = queries.persons(on=timezone.localdate(), text=text)
    page = page_of(found, request.GET.get("page", ""))
    context = {"page": page, "text": text, "form": NamesForm()}
    return render(request, "people/persons.html", context)


@for_roles("administrator", "agent")
def add_person(request: SignedRequest) -> HttpResponse:
    """Write somebody down who needs no account."""
    form = NamesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = actions.add_person(*form.names(), by=request.user, at=timezone.now())
        sentence = _("%(person)s is now in the directory.") % {"person": added}
        messages.success(request, sentence)
        default = (
            added.get_absolute_url() if _is_administrator(request) else "directory"
        )
        return redirect(next_of(request, default))
    wanted = request.POST.get("next", request.GET.get("next", ""))
    return render(request, "people/add_person.html", {"form": form, "next": wanted})


@for_roles("administrator")
def person(request: SignedRequest, key: int) -> HttpResponse:
    """Show somebody; correct their details."""
    found = get_object_or_404(Person, pk=key, is_active=True)
    form = PersonForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        names, language = form.names(), form.cleaned_data["language"]
        now = timezone.now()
        actions.change_person(found, names, language, by=request.user, at=now)
        messages.success(request, _("These details are saved."))
        return redirect(found)
    return _person(request, found, form=form)


@for_roles("administrator")
@require_POST
def grant_role(request: SignedRequest, key: int) -> HttpResponse:
    found = get_object_or_404(Person, pk=key, is_active=True)
    form = RoleForm(request.POST, given_by=_held(request))
    if not form.is_valid():
        return _person(request, found, role_form=form)
    role, committee = form.cleaned_data["role"], form.cleaned_data["committee"]
    actions.grant_role(found, role, committee, by=request.user, at=timezone.now())
    messages.success(request, _("The role is granted, from today."))
    return redirect(found)


@for_roles("administrator")
@require_POST
def end_role(request: SignedRequest, key: int) -> HttpResponse:
    grant = get_object_or_404(RoleGrant.objects.select_related("person"), pk=key)
    actions.end_role(grant, by=request.user, at=timezone.now())
    messages.success(request, _("The role ends today."))
    return redirect(grant.person)


@for_roles("administrator")
@require_POST
def invite_person(request: SignedRequest, key: int) -> HttpResponse:
    """Offer an account to somebody who is in the directory without one."""
    found = get_object_or_404(Person, pk=key, email=None)
    form = InvitationForm(request.POST, given_by=_held(request))
    if not form.is_valid():
        return _person(request, found, invitation_form=form)
    sent = actions.invite(form.offer(found), by=request.user, at=timezone.now())
    sentence = _("The invitation has left for %(email)s.") % {"email": sent.email}
    messages.success(request, sentence)
    return redirect(found)


def _person(
    request: SignedRequest, found: Person, **forms: NamesForm | RoleForm
) -> HttpResponse:
    """Draw the page of a person, with the form that was refused if one was."""
    held = _held(request)
    context = {
        "page": queries.person_page(found),
        "form": PersonForm.of(found),
        "role_form": RoleForm(given_by=held),
        "invitation_form": InvitationForm(given_by=held),
        "mandate_form": MandateForm().fixed("person", found),
        **forms,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/person.html", context, status=status)


def _held(request: SignedRequest) -> list[str]:
    return [role.key for role in request.roles]


def _is_administrator(request: SignedRequest) -> bool:
    return bool(request.role and request.role.key == "administrator")
