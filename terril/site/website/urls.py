"""Addresses of the public site and of the desks."""

from django.urls import path

from terril.site.website.views import (
    calendar,
    components,
    feeds,
    home,
    journal,
    legal,
    organisations,
    search,
    sharing,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("label/", home.label, name="label"),
    path("mon-espace/", home.desk, name="desk"),
    path("compte/journal/", journal.journal, name="journal"),
    path("rechercher/", search.search, name="search"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("calendrier/", calendar.calendar, name="calendar"),
    path("calendrier.ics", calendar.diary, name="diary"),
    path("fil/projets.atom", feeds.atom, name="feed_atom"),
    path("fil/projets.rss", feeds.rss, name="feed_rss"),
    path("partage/terril.png", sharing.site_card, name="site_card"),
    path("partage/<slug:slug>.png", sharing.project_card, name="project_card"),
    path("mentions-legales/", legal.notice, name="legal"),
    path("donnees-personnelles/", legal.privacy, name="privacy"),
    path("accessibilite/", legal.accessibility, name="accessibility"),
    path("contact/", legal.contact, name="contact"),
    path("sources/", legal.sources, name="sources"),
    path("plan/", legal.site_map, name="site_map"),
    path("composants/", components.components, name="components"),
    path("theme.css", components.theme, name="theme"),
]
