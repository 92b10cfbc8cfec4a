"""Addresses that only programs read: they have no language."""

from django.urls import path

from terril.site.website.views import machines

urlpatterns = [
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("site.webmanifest", machines.manifest, name="manifest"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("etat/", machines.health, name="health"),
]
