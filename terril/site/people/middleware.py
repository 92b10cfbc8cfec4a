"""Say on each request which role the person acts in, and ask for the second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from terril.site.people import queries

SESSION_KEY = "role"


class RoleMiddleware:
    """Read the role kept in the session among those the person holds today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.role, request.roles = None, []  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            self._take_role(request)
        return self.get_response(request)

    def _take_role(self, request: HttpRequest) -> None:
        roles = queries.roles_of(request.user)  # type: ignore[arg-type]
        chosen = request.session.get(SESSION_KEY)
        request.roles = roles  # type: ignore[attr-defined]
        request.role = next(  # type: ignore[attr-defined]
            (role for role in roles if role.key == chosen),
            roles[0] if roles else None,
        )

    def process_view(
        self, request: HttpRequest, view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Lead to the second factor before any view of a role that needs one."""
        role = request.role  # type: ignore[attr-defined]
        if not (role and role.needs_second_factor and getattr(view, "roles", None)):
            return None
        if settings.DEMO or is_mfa_enabled(request.user):
            return None
        return redirect(reverse("mfa_activate_totp"))
