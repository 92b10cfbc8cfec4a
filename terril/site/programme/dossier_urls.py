"""Addresses of a part of the programme."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
