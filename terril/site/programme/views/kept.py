"""What was typed when the session ended: kept through the sign-in, then shown again."""

from collections.abc import Callable
from functools import wraps

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

View = Callable[..., HttpResponse]
KEY = "typed"
# Strangers may send forms too: what is kept for them has an end, in size and in time.
LONGEST = 120_000
SECONDS = 60 * 60


def keeps_what_was_typed(view: View) -> View:
    """Lead to the sign-in page without losing the form that was sent.

    The anonymous session holds the text until the person is back; signing in
    carries it over. Files cannot be kept: the page says to choose them again.
    Each browser fills one place, and one address opens few (ACCOUNT_RATE_LIMITS).
    """

    @login_not_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        refusal = _keep(request) if request.method == "POST" else None
        return refusal or redirect_to_login(request.get_full_path())

    return wrapped


def _keep(request: HttpRequest) -> HttpResponse | None:
    """Keep the form that was sent, or refuse whoever sends from too many browsers."""
    sent = request.POST.copy()
    sent.pop("csrfmiddlewaretoken", None)
    text = sent.urlencode()
    if len(text) > LONGEST:
        return None
    if KEY not in request.session:
        refusal = consume_or_429(request, action="keep_typed")
        if refusal:
            return refusal  # type: ignore[no-any-return]
    request.session[KEY] = {"path": request.path, "form": text}
    request.session.set_expiry(SECONDS)
    return None


def typed_before(request: HttpRequest) -> QueryDict | None:
    """Return what was typed on this page before the session ended."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    return QueryDict(kept["form"])


def forget(request: HttpRequest) -> None:
    """Let go of what was kept, now that it is saved."""
    request.session.pop(KEY, None)
