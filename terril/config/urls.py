"""Every address of the site, room by room; French paths, English under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("terril.site.website.machine_urls")),
    *i18n_patterns(
        path("compte/", include("terril.site.people.urls")),
        path("seances/", include("terril.site.meetings.urls")),
        path("lieux/", include("terril.site.places.urls")),
        path("programme/", include("terril.site.programme.urls")),
        path("projets/", include("terril.site.projects.urls")),
        path("donnees/", include("terril.site.projects.data_urls")),
        path("verifier/", include("terril.site.projects.verify_urls")),
        path("", include("terril.site.website.urls")),
        prefix_default_language=False,
    ),
]

if settings.DEMO:
    urlpatterns += i18n_patterns(
        path("demo/", include("terril.site.people.demo_urls")),
        prefix_default_language=False,
    )

handler400 = "terril.site.website.views.errors.bad_request"
handler403 = "terril.site.website.views.errors.forbidden"
handler404 = "terril.site.website.views.errors.not_found"
handler500 = "terril.site.website.views.errors.failure"
