"""Regimes: read by anyone once published, written by the team before."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from terril.site.commons.pages import public_page
from terril.site.people.access import SignedRequest, for_roles
from terril.site.programme import actions
from terril.site.programme.forms.calls import RegimeKeyForm, RegimeTextForm
from terril.site.programme.forms.regimes import RegimeForm
from terril.site.programme.models import Regime
from terril.site.programme.queries import calls as queries
from terril.site.programme.queries.public import published_regimes


@public_page
def regimes(request: HttpRequest) -> HttpResponse:
    found = [queries.regime_page(one) for one in published_regimes()]
    return render(request, "programme/regimes.html", {"pages": found})


@public_page
def regime(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(published_regimes(), key=key)
    return render(
        request, "programme/regime.html", {"page": queries.regime_page(found)}
    )


@for_roles("agent")
def team_regimes(request: SignedRequest) -> HttpResponse:
    found = Regime.objects.all()
    return render(request, "programme/team_regimes.html", {"regimes": found})


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def regime_copy(request: SignedRequest) -> HttpResponse:
    form = RegimeKeyForm(request.POST or None)
    if not form.is_valid():
        return render(request, "programme/regime_copy.html", {"form": form})
    text = queries.regime_source(form.cleaned_data["source"])
    key = form.cleaned_data["key"]
    made = actions.create_regime(key, text, by=request.user, at=timezone.now())
    messages.success(request, _("The copy is ready: change its text, then publish it."))
    return redirect("regime_edit", made.key)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def regime_edit(request: SignedRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Regime, key=key)
    form = RegimeForm.of(found.text, request.POST or None)
    if not form.is_valid():
        context = {"form": form, "page": queries.regime_page(found)}
        return render(request, "programme/regime_edit.html", context)
    actions.write_regime(found, form.text(), by=request.user, at=timezone.now())
    messages.success(request, _("The text is kept."))
    return redirect("regime_edit", key)


@for_roles("agent")
@require_http_methods(["GET", "POST"])
def regime_source(request: SignedRequest, key: str) -> HttpResponse:
    """Show the whole text as a file, and take it back."""
    found = get_object_or_404(Regime, key=key)
    text = json.dumps(found.text, ensure_ascii=False, indent=2)
    form = RegimeTextForm(request.POST or None, initial={"text": text})
    if not form.is_valid():
        context = {"form": form, "page": queries.regime_page(found)}
        return render(request, "programme/regime_source.html", context)
    written = form.cleaned_data["text"]
    actions.write_regime(found, written, by=request.user, at=timezone.now())
    messages.success(request, _("The text is kept."))
    return redirect("regime_edit", key)


@for_roles("agent")
def regime_preview(request: SignedRequest, key: str) -> HttpResponse:
    """Show what each role knows of the rules."""
    page = queries.regime_page(get_object_or_404(Regime, key=key))
    return render(request, "programme/regime_preview.html", {"page": page})


@for_roles("agent")
@require_POST
def regime_publish(request: SignedRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Regime, key=key)
    actions.publish_regime(found, by=request.user, at=timezone.now())
    messages.success(request, _("The regime is published: its text is sealed."))
    return redirect(found)
