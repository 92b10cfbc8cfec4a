"""The register and its map, for everybody."""

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from terril.site.commons.pages import public_page
from terril.site.programme.queries.maturing import is_maturing_public
from terril.site.projects import queries
from terril.site.projects.rules import filters


@public_page
def register(request: HttpRequest) -> HttpResponse:
    """Show a page of the register; htmx gets the results alone."""
    is_partial = _wants_results(request)
    asked, number = filters.read(request.GET), request.GET.get("page", "")
    today = timezone.localdate()
    found = queries.register_page(asked, number, on=today)
    context: dict[str, Any] = {"register": found, "page": found.page}
    if is_partial:
        response = render(request, "projects/register.html#results", context)
        patch_vary_headers(response, ["HX-Request"])
        return response
    context["coverage"] = queries.coverage(today)
    # Asked only when the head of the page is drawn, then remembered with it.
    context["has_maturing"] = is_maturing_public
    return render(request, "projects/register.html", context)


def _wants_results(request: HttpRequest) -> bool:
    """Tell whether htmx asks for the list alone; going back asks for it all."""
    is_going_back = "HX-History-Restore-Request" in request.headers
    return "HX-Request" in request.headers and not is_going_back


@public_page
def register_map(request: HttpRequest) -> HttpResponse:
    """Show the map of the register and the list that says the same."""
    asked = filters.read(request.GET)
    found = queries.map_page(asked, on=timezone.localdate())
    context = {
        "found": found,
        "map": found.map,
        "tiles": settings.TILES_URL,
        "attribution": settings.TILES_ATTRIBUTION,
    }
    return render(request, "projects/map.html", context)


@public_page
def map_points(request: HttpRequest) -> HttpResponse:
    """Give the points of the map, with what the map says of each."""
    asked = filters.read(request.GET)
    return _geojson(queries.map_features(asked, on=timezone.localdate()))


@public_page
def project_point(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give the point of one project, for the map of its page."""
    found = queries.point_of(slug, on=timezone.localdate())
    if found is None:
        raise Http404
    return _geojson(found)


def _geojson(features: dict[str, Any]) -> HttpResponse:
    text = json.dumps(features, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/geo+json")


@public_page
def coverage(request: HttpRequest) -> HttpResponse:
    """Show what the register covers, with its sources and its doubts."""
    context = {
        "coverage": queries.coverage(timezone.localdate()),
        "editions": queries.edition_lines(),
    }
    return render(request, "projects/coverage.html", context)
