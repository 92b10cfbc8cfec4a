"""Addresses of the open data of the register."""

from django.urls import path

from terril.site.projects.opendata import views
from terril.site.projects.opendata.formats import FORMATS
from terril.site.projects.opendata.tables import TABLES

urlpatterns = [
    path("", views.open_data, name="open_data"),
    path("catalogue.jsonld", views.catalogue, name="catalogue"),
    *(
        path(
            f"{table.name}.schema.json",
            views.schema,
            {"table": key},
            name=f"{key}_schema",
        )
        for key, table in TABLES.items()
    ),
    *(
        path(
            f"{table.name}{form.suffix}",
            views.download,
            {"table": key, "form": name},
            name=f"{key}_{name}",
        )
        for key, table in TABLES.items()
        for name, form in FORMATS.items()
        if name != "geojson" or table.point
    ),
]
