"""The doors of the demonstration: one click for each persona."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from terril.site.people import queries
from terril.site.people.views.account import next_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """Show who one may be."""
    _check_demonstration()
    personas = queries.personas(on=timezone.localdate())
    context = {"personas": personas, "next": request.GET.get("next", "")}
    return render(request, "people/demo.html", context)


@login_not_required
@require_POST
def demo_enter(request: HttpRequest, key: int) -> HttpResponse:
    """Sign in as a persona, and as nobody else."""
    _check_demonstration()
    person = get_object_or_404(queries.personas(on=timezone.localdate()), pk=key)
    login(request, person, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    return redirect(next_of(request, "desk"))


def _check_demonstration() -> None:
    # The addresses are not even drawn without the flag: this is the second lock.
    if not settings.DEMO:
        raise Http404
