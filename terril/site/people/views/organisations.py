"""The directory of organisations, for those who keep it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from terril.site.commons.paging import page_of
from terril.site.people import actions, queries
from terril.site.people.access import SignedRequest, for_roles
from terril.site.people.forms import MandateForm, OrganisationForm
from terril.site.people.models import Mandate, Organisation
from terril.site.people.views.account import next_of

KEEPERS = ("agent", "administrator")


@for_roles(*KEEPERS)
@require_safe
def directory(request: SignedRequest) -> HttpResponse:
    """List the organisations, or those whose name or code is looked for."""
    text = request.GET.get("q", "")
    found = queries.organisations_named(text)
    page = page_of(found, request.GET.get("page", ""))
    return render(request, "people/directory.html", {"page": page, "text": text})


@for_roles(*KEEPERS)
def add_organisation(request: SignedRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        added = actions.create_organisation(form.details(), by=request.user, at=now)
        sentence = _("%(name)s is now in the directory.") % {"name": added}
        messages.success(request, sentence)
        return redirect("change_organisation", added.slug)
    return render(request, "people/organisation_form.html", {"form": form})


@for_roles(*KEEPERS)
def change_organisation(request: SignedRequest, slug: str) -> HttpResponse:
    """Correct an organisation; say who is what in it."""
    found = get_object_or_404(queries.organisations(), slug=slug)
    form = OrganisationForm(request.POST or None, organisation=found)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        actions.change_organisation(found, form.details(), by=request.user, at=now)
        messages.success(request, _("The organisation is saved."))
        return redirect("change_organisation", found.slug)
    context = {
        "form": form,
        "organisation": found,
        "mandates": queries.mandates_in(found),
        "mandate_form": MandateForm().fixed("organisation", found),
    }
    return render(request, "people/organisation_form.html", context)


@for_roles(*KEEPERS)
@require_POST
def grant_mandate(request: SignedRequest) -> HttpResponse:
    """Say what a person is in an organisation, from the page of either."""
    form = MandateForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "next": next_of(request, reverse("directory"))}
        return render(request, "people/mandate.html", context, status=422)
    person, organisation = form.parties()
    now = timezone.now()
    actions.grant_mandate(person, organisation, form.term(), by=request.user, at=now)
    messages.success(request, _("The mandate is written down."))
    return redirect(next_of(request, _page_of(organisation)))


@for_roles(*KEEPERS)
@require_POST
def end_mandate(request: SignedRequest, key: int) -> HttpResponse:
    mandate = get_object_or_404(Mandate.objects.select_related("organisation"), pk=key)
    actions.end_mandate(mandate, by=request.user, at=timezone.now())
    messages.success(request, _("The mandate ends today."))
    return redirect(next_of(request, _page_of(mandate.organisation)))


def _page_of(organisation: Organisation) -> str:
    return reverse("change_organisation", args=[organisation.slug])
