"""Decisions, prepared in secret; the register's room publishes them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terril.site.people.access import SignedRequest, for_roles
from terril.site.programme import actions
from terril.site.programme.forms.decisions import (
    DecisionForm,
    LiftForm,
    ReservationFormSet,
    drafts_in,
    reservations_of,
)
from terril.site.programme.models import Dossier, Reservation
from terril.site.programme.queries import decisions as queries, dossiers_seen_by
from terril.site.programme.queries.folders import folder
from terril.site.programme.queries.readers import reader
from terril.site.programme.queries.secrecy import calls_at_distance, decisions_seen_by
from terril.site.programme.rules.editions import regime_of


@for_roles("secretary", "agent")
def decisions(request: SignedRequest, code: str) -> HttpResponse:
    call = get_object_or_404(calls_at_distance(request.user), code=code)
    seen = dossiers_seen_by(request.user, request.role)
    context = {"board": queries.board(call, seen), "example": call.is_example}
    return render(request, "programme/decisions.html", context)


@for_roles("secretary")
@require_http_methods(["GET", "POST"])
def decision(request: SignedRequest, code: str) -> HttpResponse:
    found = _decided_by(request, code)
    kept, regime = queries.decision_of(found), regime_of(found.call)
    form = DecisionForm(request.POST or None, regime=regime, decision=kept)
    # What is sent is read as it is, not as a change to what was there.
    initial = None if request.POST else reservations_of(kept)
    lines = ReservationFormSet(request.POST or None, initial=initial, prefix="reserve")
    if not (form.is_valid() and lines.is_valid()):
        opened = folder(found, reader(request.user, request.role, timezone.now()))
        context = {"form": form, "lines": lines, "folder": opened, "decision": kept}
        context["example"] = found.is_example
        return render(request, "programme/decision.html", context)
    draft = form.draft(drafts_in(lines))
    actions.prepare_decision(found, draft, by=request.user, at=timezone.now())
    messages.success(request, _("The decision is prepared. It stays secret."))
    return redirect("decisions", found.call.code)


@for_roles("agent", "secretary")
@require_http_methods(["GET", "POST"])
def reservation_lift(request: SignedRequest, code: str, key: int) -> HttpResponse:
    found = _seen(request, code)
    read = decisions_seen_by(request.user, request.role).filter(dossier=found)
    named = get_object_or_404(Reservation, pk=key, decision__in=read)
    form = LiftForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "dossier": found, "reservation": named}
        context["example"] = found.is_example
        return render(request, "programme/reservation_lift.html", context)
    evidence = form.cleaned_data["evidence"]
    actions.lift_reservation(named, evidence, by=request.user, at=timezone.now())
    messages.success(request, _("The reservation is lifted."))
    return redirect("examined_dossier", code)


def _decided_by(request: SignedRequest, code: str) -> Dossier:
    found = _seen(request, code)
    get_object_or_404(calls_at_distance(request.user), pk=found.call_id)
    return found


def _seen(request: SignedRequest, code: str) -> Dossier:
    seen = dossiers_seen_by(request.user, request.role)
    return get_object_or_404(seen.select_related("call__regime"), code=code)
