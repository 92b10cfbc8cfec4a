"""The calendar of the label, on a page and for diaries."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from terril.site.commons.pages import public_page
from terril.site.website.formats.icalendar import calendar as written
from terril.site.website.queries.calendar import calendar_events, dates


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    now, found = timezone.now(), dates()
    known = {
        "ahead": [one for one in found if one.at > now],
        "past": [one for one in reversed(found) if one.at <= now],
        "example": any(one.is_example for one in found),
    }
    return render(request, "website/calendar.html", known)


@public_page
def diary(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the shape of views
    name = _("Calendar of the label")
    text = written(name, get_language() or "fr", calendar_events())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="calendrier.ics"'
    return response
