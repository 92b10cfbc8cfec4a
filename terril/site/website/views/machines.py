"""What other programs ask of the site."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import never_cache

from terril.site.commons import journal
from terril.site.commons.pages import public_page
from terril.site.places import queries as places
from terril.site.website.formats.sitemaps import sitemap as written
from terril.site.website.queries.sitemap import public_pages


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the shape of views
    return HttpResponse(written(public_pages()), content_type="application/xml")


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    known = {"demo": settings.DEMO, "site_url": settings.SITE_URL}
    return render(request, "website/robots.txt", known, content_type="text/plain")


@public_page
def security(request: HttpRequest) -> HttpResponse:
    # The file must expire; it is drawn anew each day (RFC 9116).
    expires = timezone.localdate() + timedelta(days=180)
    known = {"legal": settings.LEGAL, "expires": expires, "url": settings.SITE_URL}
    return render(request, "website/security.txt", known, content_type="text/plain")


@public_page
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the shape of views
    found = places.territory()
    said = {
        "name": found.name if found else "Terril",
        "short_name": found.short_name if found else "Terril",
        "lang": "fr",
        "start_url": "/",
        "display": "browser",
        "background_color": "#f6f2ea",
        "theme_color": "#1d2023",
        "icons": [{"src": static("img/favicon.svg"), "sizes": "any"}],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@never_cache
@login_not_required
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- the shape of views
    try:
        number, _ = journal.head()
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False}, status=503)
    return JsonResponse({"ok": True, "database": True, "journal": number})
