"""Addresses of meetings."""

from django.urls import path

from terril.site.meetings import views

urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("convoquer/", views.convene, name="convene"),
    path("instances/", views.create_body, name="create_body"),
    path("<int:key>/tenue/", views.hold, name="hold"),
    path("<int:key>/releve.pdf", views.minutes, name="minutes"),
]
