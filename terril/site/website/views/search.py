"""One box, everything the reader may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from terril.site.commons.pages import public_page
from terril.site.website.queries.search import answer_to


@public_page
def search(request: HttpRequest) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    words = request.GET.get("q", "")
    found = answer_to(
        words,
        person=person,
        role=getattr(request, "role", None),
        kind=request.GET.get("dans", ""),
    )
    is_partial = request.headers.get("HX-Target") == "found"
    template = "website/search.html#found" if is_partial else "website/search.html"
    return render(request, template, {"answer": found, "search_words": words})
