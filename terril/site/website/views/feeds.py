"""News of the register and of calls, for readers of feeds."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from terril.site.commons.pages import public_page
from terril.site.website.formats import feeds
from terril.site.website.queries.news import feed


@public_page
def atom(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the shape of views
    now = timezone.now()
    text = feeds.atom(feed("atom", at=now), at=now)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@public_page
def rss(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the shape of views
    now = timezone.now()
    text = feeds.rss(feed("rss", at=now), at=now)
    return HttpResponse(text, content_type="application/rss+xml; charset=utf-8")
