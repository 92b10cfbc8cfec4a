"""Anybody may ask what a certificate is worth."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from terril.site.commons.pages import public_page
from terril.site.projects import queries
from terril.site.projects.rules import labels


@public_page
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code, then lead to its page."""
    code = labels.canonical(request.GET.get("code", ""))
    if code:
        return redirect("verification", code=code)
    is_asked = "code" in request.GET
    return render(request, "projects/verify.html", {"is_asked": is_asked})


@public_page
def verification(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the certificate of a code is worth today."""
    canonical = labels.canonical(code)
    if canonical and canonical != code:
        return redirect("verification", code=canonical)
    today = timezone.localdate()
    found = queries.verification(code, on=today)
    readable = labels.in_fours(canonical)
    if found is None:
        page = "projects/unknown_code.html"
        return render(request, page, {"code": readable}, status=404)
    context = {
        "found": found,
        "label": found.label,
        "code": readable,
        "today": today,
        "example": found.is_example,
    }
    return render(request, "projects/verification.html", context)
