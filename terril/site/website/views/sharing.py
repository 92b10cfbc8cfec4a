"""The pictures shown where a page is shared."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from terril.site.commons.pages import public_page
from terril.site.projects.queries import project_page
from terril.site.website import cards


@public_page
def project_card(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 -- the shape of views
    page = project_page(slug, on=timezone.localdate())
    if page is None:
        raise Http404
    return HttpResponse(cards.of_project(page), content_type="image/png")


@public_page
def site_card(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the shape of views
    return HttpResponse(cards.of_site(), content_type="image/png")
