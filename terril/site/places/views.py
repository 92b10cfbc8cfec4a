"""Public pages of places."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from terril.site.commons.pages import public_page
from terril.site.places import queries


@public_page
def territory(request: HttpRequest) -> HttpResponse:
    """Show the territory: its members, its communes, its perimeter."""
    found = queries.territory()
    if found is None:
        raise Http404
    page = queries.territory_page(found)
    return render(request, "places/territory.html", {"page": page})


@public_page
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """Show a commune, and what bore its code before."""
    page = queries.commune_page(code)
    if page is None:
        raise Http404
    return render(request, "places/commune.html", {"page": page})


@public_page
def epci(request: HttpRequest, code: str) -> HttpResponse:
    """Show an EPCI and its communes."""
    page = queries.epci_page(code)
    if page is None:
        raise Http404
    return render(request, "places/epci.html", {"page": page})


@public_page
def outlines(_request: HttpRequest) -> HttpResponse:
    """Give the outlines of the territory as GeoJSON, for maps."""
    found = queries.territory()
    if found is None:
        raise Http404
    text = queries.outlines_geojson(queries.outlines_of(found))
    return HttpResponse(text, content_type="application/geo+json")
