"""The front page, the label and how it works, and each person's desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from terril.site.commons.pages import public_page
from terril.site.people.access import SignedRequest
from terril.site.website.queries.desks import desk_of
from terril.site.website.queries.front import front, label_page


@public_page
def home(request: HttpRequest) -> HttpResponse:
    page = front(at=timezone.now())
    known = {"page": page, "example": page.has_examples}
    return render(request, "website/home.html", known)


@public_page
def label(request: HttpRequest) -> HttpResponse:
    return render(request, "website/label.html", {"page": label_page()})


def desk(request: SignedRequest) -> HttpResponse:
    if request.role is None:
        return render(request, "website/no-role.html")
    found = desk_of(request.user, request.role, at=timezone.now())
    return render(request, "website/desk.html", {"desk": found})
