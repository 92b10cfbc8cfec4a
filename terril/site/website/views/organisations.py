"""Organisations that anyone may know."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from terril.site.commons.pages import public_page
from terril.site.people.queries.public import public_organisations
from terril.site.website.queries import organisations as queries


@public_page
def organisations(request: HttpRequest) -> HttpResponse:
    known = {"organisations": queries.organisations_with_labels()}
    return render(request, "website/organisations.html", known)


@public_page
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(public_organisations(), slug=slug)
    page = queries.organisation_page(found, on=timezone.localdate())
    known = {"page": page, "example": found.is_example}
    return render(request, "website/organisation.html", known)
