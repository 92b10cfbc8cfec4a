"""Six walls round every view: cached public pages, refusals, reading is reading."""

import gzip
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
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
# A large page is kept once, not for every query that somebody may invent.
LARGEST_VARIANT = 200_000


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


class PublicPageMiddleware:
    """Serve public pages to strangers from memory, until something happens.

    The stamp of a page is made of the journal's head and of the calendar (what
    opens or closes by itself), so a page is renewed by events, never by age.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.stamp = import_string("terril.site.website.stamp.stamp")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        token = memory.current.set(self.stamp())
        try:
            if self._is_known(request) or self._is_partial(request):
                return self.get_response(request)
            return self._page(request)
        finally:
            memory.current.reset(token)

    def _is_known(self, request: HttpRequest) -> bool:
        return settings.SESSION_COOKIE_NAME in request.COOKIES

    def _is_partial(self, request: HttpRequest) -> bool:
        # Any of its headers may change what is drawn: never keep that for others.
        return any(name.startswith("HTTP_HX_") for name in request.META)

    def _page(self, request: HttpRequest) -> HttpResponse:
        etag = self._etag(request, memory.current.get())
        if request.headers.get("If-None-Match") == etag:
            return self._fresh(HttpResponseNotModified(), etag)
        kept = caches["pages"].get(etag)
        if kept is None:
            return self._first(request, etag)
        return self._fresh(self._answer(request, *kept), etag)

    def _etag(self, request: HttpRequest, stamp: str) -> str:
        text = f"{stamp}|{request.get_host()}|{request.get_full_path()}"
        return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'

    def _first(self, request: HttpRequest, etag: str) -> HttpResponse:
        response = self.get_response(request)
        if not getattr(response, "is_public_page", False) or response.cookies:
            return response
        if response.status_code != 200 or response.streaming:
            return response
        body = response.content
        if len(body) > LARGEST_VARIANT and request.GET:
            return response
        kept = (body, gzip.compress(body, 6, mtime=0), dict(response.items()))
        caches["pages"].set(etag, kept)
        return self._fresh(self._answer(request, *kept), etag)

    def _answer(
        self, request: HttpRequest, body: bytes, packed: bytes, headers: dict[str, str]
    ) -> HttpResponse:
        may_pack = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(packed if may_pack else body, headers=headers)
        if may_pack:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
        return response

    def _fresh(self, response: HttpResponse, etag: str) -> HttpResponse:
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
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
