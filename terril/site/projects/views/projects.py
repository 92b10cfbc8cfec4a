"""The page of a project, its twin for programs, its certificate."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from terril.site.commons.pages import public_page
from terril.site.projects import certificates, queries
from terril.site.projects.queries import ProjectPage


@public_page
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all that is public of a project."""
    found = _found(slug)
    context = {"project": found, "label": found.label, "example": found.is_example}
    return render(request, "projects/project.html", context)


@public_page
def project_json(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give the same as the page, for programs."""
    return JsonResponse(
        _found(slug).as_dict(), json_dumps_params={"ensure_ascii": False}
    )


@public_page
def certificate(_request: HttpRequest, slug: str) -> HttpResponse:
    """Give the certificate of a label decided here, as a tagged PDF."""
    found = _found(slug)
    if not found.has_certificate:
        raise Http404
    response = HttpResponse(certificates.pdf(found), content_type="application/pdf")
    name = f"certificat-{found.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _found(slug: str) -> ProjectPage:
    found = queries.project_page(slug, on=timezone.localdate())
    if found is None:
        raise Http404
    return found
