"""What the team and the secretary do with the register."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from terril.site.people.access import SignedRequest, for_roles
from terril.site.projects import actions, queries
from terril.site.projects.forms import CorrectionForm, EndingForm, EventForm


@for_roles("secretary")
def publish_decisions(request: SignedRequest, call: str) -> HttpResponse:
    """Show exactly what would become public, then publish it all together."""
    found = get_object_or_404(queries.calls_to_publish(request.user), code=call)
    if request.method != "POST":
        context = {"plan": queries.plan_of(found), "example": found.is_example}
        return render(request, "projects/publish.html", context)
    confirmed = request.POST.get("fingerprint", "")
    done = actions.publish_all(found, confirmed, by=request.user, at=timezone.now())
    messages.success(request, _published(len(done)))
    return redirect("register")


def _published(count: int) -> str:
    text = ngettext(
        "The decisions are public. %(n)s project has entered the register.",
        "The decisions are public. %(n)s projects have entered the register.",
        count,
    )
    return text % {"n": count}


@for_roles("agent", "secretary")
def to_register(request: SignedRequest) -> HttpResponse:
    """List the published labels that wait for their place in the register."""
    context = {"decisions": queries.decisions_to_register()}
    return render(request, "projects/to_register.html", context)


@require_POST
@for_roles("agent", "secretary")
def register_label(request: SignedRequest, code: str) -> HttpResponse:
    """Enter one published label in the register."""
    decision = get_object_or_404(queries.published_decisions(), dossier__code=code)
    project = actions.register(decision, by=request.user, at=timezone.now())
    messages.success(request, _("The project is in the register."))
    return redirect(project)


def _given(request: SignedRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@for_roles("agent")
def correct(request: SignedRequest, slug: str) -> HttpResponse:
    """Correct what the register says of a project."""
    project = get_object_or_404(queries.all_projects(), slug=slug)
    form = CorrectionForm.of(project, _given(request))
    if not form.is_valid():
        context = {"form": form, "project": project, "example": project.is_example}
        return render(request, "projects/correct.html", context)
    actions.correct(project, form.correction, by=request.user, at=timezone.now())
    messages.success(request, _("The correction is public."))
    return redirect(project)


@for_roles("agent")
def add_event(request: SignedRequest, slug: str) -> HttpResponse:
    """Add a line to the public history of a project."""
    project = get_object_or_404(queries.all_projects(), slug=slug)
    form = EventForm(_given(request))
    if not form.is_valid():
        context = {"form": form, "project": project, "example": project.is_example}
        return render(request, "projects/add_event.html", context)
    actions.add_event(project, form.event, by=request.user, at=timezone.now())
    messages.success(request, _("The event is in the public history."))
    return redirect(project)


@for_roles("secretary")
def end_label(request: SignedRequest, slug: str) -> HttpResponse:
    """End a label which has run its time."""
    return _ending(request, slug, is_withdrawal=False)


@for_roles("secretary")
def withdraw_label(request: SignedRequest, slug: str) -> HttpResponse:
    """Withdraw a label by an act of the deciding body."""
    return _ending(request, slug, is_withdrawal=True)


def _ending(request: SignedRequest, slug: str, *, is_withdrawal: bool) -> HttpResponse:
    project = get_object_or_404(queries.all_projects(), slug=slug)
    form = EndingForm(_given(request))
    if not form.is_valid():
        context = {"form": form, "project": project, "is_withdrawal": is_withdrawal}
        return render(request, "projects/ending.html", context)
    act = actions.withdraw_label if is_withdrawal else actions.end_label
    act(project, form.ending, by=request.user, at=timezone.now())
    messages.success(request, _("The register and the public history say so."))
    return redirect(project)
