"""Addresses of places: French paths, lasting, by official code."""

from django.urls import path

from terril.site.places import views

urlpatterns = [
    path("", views.territory, name="territory"),
    path("contours.geojson", views.outlines, name="outlines"),
    path("commune/<str:code>/", views.commune, name="commune"),
    path("epci/<str:code>/", views.epci, name="epci"),
]
