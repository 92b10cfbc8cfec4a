"""What was typed when the session ended: kept through the sign-in, then shown again."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

View = Callable[..., HttpResponse]
KEY = "typed"
# Strangers may send forms too: what is kept for them has an end.
LONGEST = 300_000


def keeps_what_was_typed(view: View) -> View:
    """Lead to the sign-in page without losing the form that was sent.

    The anonymous session holds the text until the person is back; signing in
    carries it over. Files cannot be kept: the page says to choose them again.
    """

    @login_not_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            sent = request.POST.copy()
            sent.pop("csrfmiddlewaretoken", None)
            text = sent.urlencode()
            if len(text) <= LONGEST:
                request.session[KEY] = {"path": request.path, "form": text}
        return redirect_to_login(request.get_full_path())

    return wrapped


def typed_before(request: HttpRequest) -> QueryDict | None:
    """Return what was typed on this page before the session ended."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return None
    return QueryDict(kept["form"])


def forget(request: HttpRequest) -> None:
    """Let go of what was kept, now that it is saved."""
    request.session.pop(KEY, None)
