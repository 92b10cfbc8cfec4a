"""A few views that behave, and misbehave, for the tests of the walls round views."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from terril.config.urls import urlpatterns as real
from terril.site.commons import journal
from terril.site.commons.errors import Refused
from terril.site.commons.pages import public_page

CALLS: list[str] = []


@public_page
def page(request: HttpRequest) -> HttpResponse:
    CALLS.append(request.get_full_path())
    return HttpResponse(f"<p>{len(CALLS)} {'é' * 500}</p>")


@public_page
def same_words(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the same, however one asks. " * 4000)


@public_page
def missing(request: HttpRequest) -> HttpResponse:
    CALLS.append(request.path)
    return HttpResponse("nothing", status=404)


@public_page
def flowing(request: HttpRequest) -> StreamingHttpResponse:
    CALLS.append(request.path)
    return StreamingHttpResponse([b"drop by drop"])


@public_page
def with_cookie(request: HttpRequest) -> HttpResponse:
    CALLS.append(request.path)
    response = HttpResponse("yours")
    response.set_cookie("taste", "salt")
    return response


@login_not_required
def private(request: HttpRequest) -> HttpResponse:
    CALLS.append(request.path)
    return HttpResponse(f"{len(CALLS)}")


@login_not_required
def lasting(request: HttpRequest) -> HttpResponse:
    return HttpResponse("yours", headers={"Cache-Control": "private, max-age=60"})


@login_not_required
def writes(request: HttpRequest) -> HttpResponse:
    at = dt.datetime(2026, 3, 16, 10, 0, tzinfo=dt.UTC)
    journal.record("page.read", about="people.person/1", by=None, at=at)
    return HttpResponse("written")


@login_not_required
def writes_machinery(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute('DELETE FROM "django_session" WHERE session_key = %s', ["none"])
    return HttpResponse("swept")


@login_not_required
def refuses(request: HttpRequest) -> HttpResponse:
    raise Refused("This call is closed.", next_step="Read about the next one.")


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("page/", page),
    path("same-words/", same_words),
    path("missing/", missing),
    path("flowing/", flowing),
    path("with-cookie/", with_cookie),
    path("private/", private),
    path("lasting/", lasting),
    path("writes/", writes),
    path("writes-machinery/", writes_machinery),
    path("refuses/", refuses),
    path("breaks/", breaks),
    *real,
]
