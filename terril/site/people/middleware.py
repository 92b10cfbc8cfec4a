"""Say on each request which role the person acts in, and ask for the second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from terril.site.people import queries
from terril.site.people.access import SESSION_KEY
from terril.site.people.roles import Role

# What remains open to somebody whose second factor is still to be set up.
OPEN_PREFIXES = ("account_", "mfa_")
OPEN_NAMES = ("act_as", "demo", "demo_enter")


class RoleMiddleware:
    """Read the role kept in the session among those the person holds today.

    A role that needs a second factor is not taken before it is set up: until
    then the person acts in no role, and signed pages lead to setting it up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.role, request.roles = None, []  # type: ignore[attr-defined]
        request.waiting_role = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            self._take_role(request)
        return self.get_response(request)

    def _take_role(self, request: HttpRequest) -> None:
        held = queries.held_roles(request.user, on=timezone.localdate())  # type: ignore[arg-type]
        chosen = request.session.get(SESSION_KEY)
        role = next((one for one in held.roles if one.key == chosen), held.usual)
        request.roles = held.roles  # type: ignore[attr-defined]
        if lacks_second_factor(request, role):
            request.waiting_role = role  # type: ignore[attr-defined]
        else:
            request.role = role  # type: ignore[attr-defined]

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: object,
        _kwargs: object,
    ) -> HttpResponse | None:
        """Lead to the second factor before any page that asks to be signed in."""
        is_public = not getattr(view, "login_required", True)
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if request.waiting_role is None or is_public:  # type: ignore[attr-defined]
            return None
        if name.startswith(OPEN_PREFIXES) or name in OPEN_NAMES:
            return None
        return redirect("mfa_activate_totp")


def lacks_second_factor(request: HttpRequest, role: Role | None) -> bool:
    """Say whether the role must wait for a second factor; never in the demo."""
    if settings.DEMO or role is None or not role.needs_second_factor:
        return False
    return not is_mfa_enabled(request.user)
