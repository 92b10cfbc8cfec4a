"""Addresses of the public site and of the desks."""

from django.urls import path

from terril.site.website.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("mon-espace/", home.desk, name="desk"),
]
