"""Addresses of the register: the fixed words first, for a slug takes the rest."""

from django.urls import path

from terril.site.projects.views import desk, maturing, projects, register

urlpatterns = [
    path("", register.register, name="register"),
    path("carte/", register.register_map, name="map"),
    path("carte/points.geojson", register.map_points, name="map_points"),
    path("a-murir/", maturing.maturing, name="maturing"),
    path("couverture/", register.coverage, name="coverage"),
    path("publier/<slug:call>/", desk.publish_decisions, name="publish_decisions"),
    path("a-inscrire/", desk.to_register, name="to_register"),
    path("a-inscrire/<str:code>/", desk.register_label, name="register_label"),
    path("<slug:slug>.json", projects.project_json, name="project_json"),
    path("<slug:slug>/", projects.project, name="project"),
    path("<slug:slug>/point.geojson", register.project_point, name="project_point"),
    path("<slug:slug>/certificat.pdf", projects.certificate, name="certificate"),
    path("<slug:slug>/corriger/", desk.correct, name="correct_project"),
    path("<slug:slug>/evenement/", desk.add_event, name="add_project_event"),
    path("<slug:slug>/terminer/", desk.end_label, name="end_label"),
    path("<slug:slug>/retirer/", desk.withdraw_label, name="withdraw_label"),
]
