"""The projects to be matured, where the rules of an edition make them public."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from terril.site.commons.pages import public_page
from terril.site.programme.queries.maturing import (
    is_maturing_public,
    projects_maturing,
)


@public_page
def maturing(request: HttpRequest) -> HttpResponse:
    """List them; where no rule says so, the page does not exist."""
    if not is_maturing_public():
        raise Http404
    found = projects_maturing()
    context = {"projects": found, "example": any(one.is_example for one in found)}
    return render(request, "projects/maturing.html", context)
