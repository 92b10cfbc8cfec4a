"""Seven walls round every view: cached public pages, refusals, reading is reading."""

import gzip
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from terril.site.commons import memory
from terril.site.commons.errors import Refused

Next = Callable[[HttpRequest], HttpResponse]
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE)\b", re.IGNORECASE)
# The machinery of sign-in keeps its own rows; they say nothing of the domain.
MACHINERY = re.compile(
    r"^\s*\w+\s+(INTO\s+|FROM\s+)?\"?(django_session|usersessions_|account_|mfa_)",
    re.IGNORECASE,
)
# Fonts and pictures are packed already.
PACKABLE = re.compile(r"^text/|javascript|svg|json")
# From this size on, telling whether two pages are the same costs less than packing.
LARGE = 100_000
# What a page may say to one visitor alone: who has signed in, what was just done.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")


class PackedStaticMiddleware(GZipMiddleware):
    """Pack the static files that nobody has packed beforehand, as in a demonstration."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_static = request.path.startswith(settings.STATIC_URL)
        if is_static and PACKABLE.search(response.get("Content-Type", "")):
            return super().process_response(request, response)
        return response


class ZeroCharacterMiddleware:
    """Refuse addresses with a zero character: PostgreSQL would fail on it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META["QUERY_STRING"]:
            raise BadRequest("A zero character in the address.")
        return self.get_response(request)


class Page(NamedTuple):
    """A public page as it is kept: packed, and with all its headers."""

    packed: bytes
    headers: dict[str, str]


class PublicPageMiddleware:
    """Serve public pages to strangers from memory, until something happens.

    The stamp of a page is made of the journal's head and of the calendar (what
    opens or closes by itself), so a page is renewed by events, never by age. It
    stands before all other middleware: what is kept is the answer as it leaves.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.stamp = import_string("terril.site.website.stamp.stamp")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or _is_static(request):
            return self.get_response(request)
        shelf = memory.shelf(self.stamp())
        token = memory.current.set(shelf)
        try:
            if _is_known(request) or _is_partial(request) or not _is_for_us(request):
                return self.get_response(request)
            return self._page(request, shelf)
        finally:
            memory.current.reset(token)

    def _page(self, request: HttpRequest, shelf: memory.Shelf) -> HttpResponse:
        address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
        etag = _etag(f"{shelf.stamp}|{address}")
        if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
            return _fresh(HttpResponseNotModified(), etag)
        kept = shelf.get(address)
        page = kept.thing if kept else None
        if page is None:
            response = self.get_response(request)
            if not _may_be_kept(response):
                return response
            page = Page(_packed(response.content), dict(response.items()))
            shelf.put(address, page, len(page.packed) + memory.ROW)
        return _fresh(_answer(request, page), etag)


def _is_static(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.STATIC_URL)


def _is_known(request: HttpRequest) -> bool:
    return any(name in request.COOKIES for name in PERSONAL_COOKIES)


def _is_partial(request: HttpRequest) -> bool:
    # Any of its headers may change what is drawn: never keep that for others.
    return any(name.startswith("HTTP_HX_") for name in request.META)


def _is_for_us(request: HttpRequest) -> bool:
    """Tell whether the host is ours; what is not is refused within, with its headers."""
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _etag(text: str) -> str:
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _may_be_kept(response: HttpResponse) -> bool:
    """Tell whether an answer is a whole public page, the same for every stranger."""
    is_public = getattr(response, "is_public_page", False)
    is_whole = response.status_code == 200 and not response.streaming
    return is_public and is_whole and not response.cookies


def _packed(body: bytes) -> bytes:
    """Pack a page; a large one is packed once, in however many ways it is asked for."""
    if len(body) < LARGE:
        return gzip.compress(body, 6, mtime=0)
    digest = hashlib.sha256(body).hexdigest()
    return memory.remembered(
        f"packed|{digest}", lambda: gzip.compress(body, 6, mtime=0)
    )


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    may_pack = _takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    body = page.packed if may_pack else gzip.decompress(page.packed)
    response = HttpResponse(body, headers=page.headers)
    if may_pack:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(body))
    return response


def _takes_gzip(accepted: str) -> bool:
    """Tell whether a reader takes packed pages: `gzip;q=0` refuses them."""
    asked = (one.replace(" ", "").lower() for one in accepted.split(","))
    return any(
        re.fullmatch(r"gzip(;q=(1|1\.0*|0?\.0*[1-9]\d*))?", one) for one in asked
    )


def _fresh(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


class PrivatePageMiddleware:
    """Leave no trace, on a shared computer, of what was shown to one person.

    Each answer to somebody who has signed in says so, unless its view has spoken.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class RefusalMiddleware:
    """Turn a refusal into a page that says what to do next."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        is_partial = bool(request.headers.get("HX-Request"))
        template = "409.html#refusal" if is_partial else "409.html"
        context = {"refusal": exception, "typed": typed(request)}
        return render(request, template, context, status=409)


def typed(request: HttpRequest) -> list[str]:
    """Return the texts that a refused form held, so that none has to be typed again."""
    if request.method != "POST":
        return []
    sent = (text for key in request.POST for text in request.POST.getlist(key))
    return [text for text in sent if any(mark.isspace() for mark in text.strip())]


class ReadOnlyMiddleware:
    """Let nothing be written while a page is only being read."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)


class WroteWhileReading(RuntimeError):
    """A bug: a page that reads tried to write."""


def refuse_writes(
    execute: Callable[..., Any],
    sql: str,
    params: Sequence[Any] | None,
    many: bool,  # noqa: FBT001 -- the shape Django calls
    context: dict[str, Any],
) -> Any:
    """Refuse the statements that write, but for the machinery of sign-in."""
    if WRITES.match(sql) and not MACHINERY.match(sql):
        raise WroteWhileReading(f"{get_language()}: {sql[:120]}")
    return execute(sql, params, many, context)
