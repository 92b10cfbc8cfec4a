"""Where agents and the secretary keep the meetings."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from terril.site.commons import pdf
from terril.site.meetings import actions, papers, queries
from terril.site.meetings.forms import BodyForm, HoldingForm, MeetingForm
from terril.site.people.access import SignedRequest, for_roles
from terril.site.places.queries import territory

KEEPERS = ("agent", "secretary", "administrator")


@for_roles(*KEEPERS)
@require_safe
def meetings(request: SignedRequest) -> HttpResponse:
    """List the bodies and their meetings."""
    return _meetings(request)


@for_roles(*KEEPERS)
@require_POST
def convene(request: SignedRequest) -> HttpResponse:
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _meetings(request, meeting_form=form)
    body, place = form.cleaned_data["body"], form.cleaned_data["place"]
    now = timezone.now()
    actions.convene(body, form.starts_at(), place, by=request.user, at=now)
    messages.success(request, _("The meeting is in the list."))
    return redirect("meetings")


@for_roles(*KEEPERS)
@require_POST
def create_body(request: SignedRequest) -> HttpResponse:
    form = BodyForm(request.POST)
    if not form.is_valid():
        return _meetings(request, body_form=form)
    actions.create_body(**form.cleaned_data, by=request.user, at=timezone.now())
    messages.success(request, _("The body is in the list."))
    return redirect("meetings")


@for_roles(*KEEPERS)
@require_POST
def hold(request: SignedRequest, key: int) -> HttpResponse:
    meeting = get_object_or_404(queries.meetings(), pk=key)
    form = HoldingForm(request.POST)
    if not form.is_valid():
        return _meetings(request, holding_form=form)
    reference = form.cleaned_data["reference"]
    actions.hold(meeting, reference, by=request.user, at=timezone.now())
    messages.success(request, _("The meeting is marked as held."))
    return redirect("meetings")


@for_roles(*KEEPERS)
@require_safe
def minutes(request: SignedRequest, key: int) -> HttpResponse:  # noqa: ARG001 -- a view
    """Give the sheet of a meeting that was held, with the head of the journal."""
    meeting = get_object_or_404(queries.meetings(), pk=key, held_at__isnull=False)
    proof = queries.proof_of(meeting)
    if proof is None:
        raise Http404
    publisher, agenda = str(territory() or ""), queries.agenda_of(meeting)
    data = papers.minutes(meeting, proof, agenda=agenda, publisher=publisher)
    response = HttpResponse(pdf.render("receipt", data), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="seance-{meeting.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _meetings(
    request: SignedRequest, **forms: BodyForm | MeetingForm | HoldingForm
) -> HttpResponse:
    """Draw the page, with the form that was refused if one was."""
    context = {
        "bodies": queries.bodies(),
        "meeting_form": MeetingForm(),
        "body_form": BodyForm(),
        "now": timezone.now(),
        **forms,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/meetings.html", context, status=status)
