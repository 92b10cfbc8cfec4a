"""The front page and each person's desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from terril.site.commons.pages import public_page
from terril.site.people.access import SignedRequest


@public_page
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "website/home.html")


def desk(request: SignedRequest) -> HttpResponse:
    return render(request, "website/desk.html")
