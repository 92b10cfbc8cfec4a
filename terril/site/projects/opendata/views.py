"""The files of open data, and the page and catalogue that list them."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from terril.site.commons.memory import remembered
from terril.site.commons.opendata import Provenance, PublicTable, schema_text
from terril.site.commons.pages import public_page
from terril.site.places import queries as places
from terril.site.projects.opendata import catalogue as dcat
from terril.site.projects.opendata.formats import FORMATS, Written
from terril.site.projects.opendata.listing import listed
from terril.site.projects.opendata.tables import public_tables
from terril.site.projects.queries.tables import (
    Row,
    edition_rows,
    last_change,
    maturing_rows,
    project_rows,
)
from terril.site.projects.rules import filters
from terril.site.projects.rules.filters import Filters


@public_page
def download(request: HttpRequest, table: str, form: str) -> HttpResponse:
    """Give a table in one format, narrowed as the address says."""
    given, chosen = _given(table), FORMATS[form]
    response = HttpResponse(_written(request, table, form), content_type=chosen.media)
    kind = "attachment" if chosen.is_attached else "inline"
    response["Content-Disposition"] = f'{kind}; filename="{given.name}{chosen.suffix}"'
    schema_address = settings.SITE_URL + reverse(f"{table}_schema")
    response["Link"] = (
        f'<{schema_address}>; rel="describedby", <{given.licence.url}>; rel="license"'
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public_page
def schema(_request: HttpRequest, table: str) -> HttpResponse:
    """Give the Table Schema of a table: its columns, licence and source."""
    written = schema_text(_given(table), _provenance())
    response = HttpResponse(written, content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """Show what is given to all, and under which terms."""
    context = {"tables": listed(), "told": _provenance()}
    return render(request, "projects/open_data.html", context)


@public_page
def catalogue(_request: HttpRequest) -> HttpResponse:
    """Give the catalogue that portals harvest."""
    territory = places.territory()
    if territory is None:
        raise Http404
    described = dcat.catalogue(territory, public_tables(), last_change())
    text = json.dumps(described, ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/ld+json")


def _given(table: str) -> PublicTable:
    """Return a table, or none where no rule makes it public."""
    found = public_tables().get(table)
    if found is None:
        raise Http404
    return found


def _written(request: HttpRequest, table: str, form: str) -> Written:
    """Return a table as it is written, once for each way in which it is narrowed."""
    asked, given = filters.read(request.GET), _given(table)
    write = FORMATS[form].write
    return remembered(
        f"table|{table}|{form}|{asked.query}",
        lambda: write(given, _rows(table, asked), _provenance()),
    )


def _rows(table: str, asked: Filters) -> list[Row]:
    if table == "editions":
        return edition_rows()
    if table == "maturing":
        return maturing_rows()
    return project_rows(asked, on=timezone.localdate())


def _provenance() -> Provenance:
    territory = places.territory()
    return Provenance(
        producer=territory.name if territory else "Terril",
        updated=last_change(),
        address=settings.SITE_URL + reverse("open_data"),
    )
