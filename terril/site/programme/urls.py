"""Addresses of the programme: for applicants, then for the team."""

from django.urls import URLPattern

from terril.site.programme.desk_urls import urlpatterns as desk
from terril.site.programme.dossier_urls import urlpatterns as dossiers

urlpatterns: list[URLPattern] = [*dossiers, *desk]
