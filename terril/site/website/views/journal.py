"""The journal, as administrators read it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from terril.site.commons import journal as chain
from terril.site.commons.paging import page_of
from terril.site.people import queries as people
from terril.site.people.access import SignedRequest, for_roles
from terril.site.website.queries.journal import lines_read_by, lines_told


@for_roles("administrator")
@require_safe
def journal(request: SignedRequest) -> HttpResponse:
    """Show the lines, newest first; on demand, read the whole chain."""
    asked = {name: request.GET.get(name, "").strip() for name in ("verb", "about")}
    found = lines_read_by(request.user, **asked)
    page = page_of(found, request.GET.get("page", ""), per_page=50)
    verdict = chain.verify() if "verify" in request.GET else None
    context = {
        "page": page,
        "lines": lines_told(page.object_list),
        "verbs": people.recorded_verbs(),
        "asked": asked,
        "head": chain.head(),
        "verdict": verdict,
        "reason": people.reason_of(verdict) if verdict else "",
    }
    return render(request, "website/journal.html", context)
