"""Who may open a view: the role one acts in, and a second factor where it must be."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from terril.site.people.models import Person
from terril.site.people.roles import Role

# Where the session keeps the role one acts in.
SESSION_KEY = "role"


class SignedRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: Person
    role: Role | None
    roles: list[Role]


class OtherRoleNeeded(PermissionDenied):
    """The person holds a role that would do, but acts in another."""

    def __init__(self, roles: list[Role]) -> None:
        super().__init__()
        self.roles = roles


View = Callable[..., HttpResponse]


def for_roles(*keys: str) -> Callable[[View], View]:
    """Open a view to those who act in one of these roles."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(
            request: SignedRequest, *args: object, **kwargs: object
        ) -> HttpResponse:
            if request.role and request.role.key in keys:
                return view(request, *args, **kwargs)
            raise OtherRoleNeeded([role for role in request.roles if role.key in keys])

        wrapped.roles = frozenset(keys)  # type: ignore[attr-defined]
        return wrapped

    return decorate
