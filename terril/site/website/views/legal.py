"""The pages that the law asks for, and where things come from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from terril.site.commons.pages import public_page
from terril.site.programme.queries.maturing import is_maturing_public
from terril.site.website import navigation
from terril.site.website.queries import legal, sources as origins


@public_page
def notice(request: HttpRequest) -> HttpResponse:
    return render(request, "website/legal.html", {"legal": legal.publisher()})


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    known = {"lines": legal.processing_register(), "legal": legal.publisher()}
    return render(request, "website/privacy.html", known)


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    known = {
        "state": legal.accessibility(timezone.localdate()),
        "checks": legal.AUTOMATIC_CHECKS,
        "legal": legal.publisher(),
    }
    return render(request, "website/accessibility.html", known)


@public_page
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "website/contact.html", {"legal": legal.publisher()})


@public_page
def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "website/sources.html", {"sources": origins.sources()})


@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    known = {
        "public": navigation.links(navigation.PUBLIC),
        "about": navigation.links(navigation.FOOTER),
        "has_maturing": is_maturing_public(),
    }
    return render(request, "website/site-map.html", known)
