"""Handing in: the last check, the deposit, its receipt, the papers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from terril.site.commons import pdf
from terril.site.people.access import SignedRequest, for_roles
from terril.site.places.queries import territory
from terril.site.programme import actions, papers
from terril.site.programme.models import Dossier
from terril.site.programme.queries.pages import dossier_page
from terril.site.programme.queries.readers import reader
from terril.site.programme.queries.sights import parts_seen
from terril.site.programme.queries.story import Receipt, receipt_of
from terril.site.programme.views.scope import MINE, bare, received_at, seen


@for_roles(*MINE)
def dossier_submit(request: SignedRequest, code: str) -> HttpResponse:
    """Show what is missing, or that nothing is; hand in."""
    if request.method == "POST":
        handed_in = bare(request, code)
        actions.submit(handed_in, by=request.user, at=received_at(request))
        messages.success(request, _("Your dossier is in. A receipt is on its way."))
        return redirect("receipt", handed_in.code)
    found = seen(request, code)
    page = dossier_page(found, request.user, request.role, at=timezone.now())
    if not (page.is_draft or page.completion):
        return redirect(found)
    known = {"page": page, "dossier": found, "example": found.is_example}
    return render(request, "programme/dossier_submit.html", known)


@for_roles(*MINE)
@require_POST
def dossier_complete(request: SignedRequest, code: str) -> HttpResponse:
    """Send the answer to a request of completion."""
    found = seen(request, code)
    actions.complete(found, by=request.user, at=received_at(request))
    messages.success(request, _("Your answer has been sent to the team."))
    return redirect(found)


@for_roles(*MINE)
@require_GET
def receipt(request: SignedRequest, code: str) -> HttpResponse:
    """Show the proof of the deposit."""
    found = seen(request, code)
    known = {
        "dossier": found,
        "receipt": _receipt(found),
        "example": found.is_example,
    }
    return render(request, "programme/receipt.html", known)


@for_roles(*MINE)
@require_GET
def receipt_pdf(request: SignedRequest, code: str) -> HttpResponse:
    """Give the proof of the deposit on paper."""
    found = seen(request, code)
    proof = _receipt(found)
    data = papers.receipt(found, proof, publisher=str(territory() or ""))
    return _paper("receipt", data, f"recepisse-{proof.number}.pdf")


@require_GET
def dossier_pdf(request: SignedRequest, code: str) -> HttpResponse:
    """Give the whole dossier on paper to whoever may see it."""
    found = seen(request, code)
    by = reader(request.user, request.role, timezone.now())
    parts = parts_seen(found, by)
    data = papers.dossier(found, parts, publisher=str(territory() or ""))
    return _paper("dossier", data, f"dossier-{found.receipt or found.code}.pdf")


def _receipt(dossier: Dossier) -> Receipt:
    found = receipt_of(dossier)
    if found is None:
        raise Http404
    return found


def _paper(template: str, data: dict[str, object], name: str) -> HttpResponse:
    response = HttpResponse(pdf.render(template, data), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
