"""Addresses of the verification of certificates."""

from django.urls import path

from terril.site.projects.views import verify

urlpatterns = [
    path("", verify.verify, name="verify"),
    path("<str:code>/", verify.verification, name="verification"),
]
