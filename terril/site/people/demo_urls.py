"""Addresses that exist in the demonstration only."""

from django.urls import path

from terril.site.people.views import demo

urlpatterns = [
    path("", demo.demo, name="demo"),
    path("<int:key>/", demo.demo_enter, name="demo_enter"),
]
