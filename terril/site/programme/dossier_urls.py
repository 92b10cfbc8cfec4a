"""Addresses of dossiers, for those who write them."""

from django.urls import path

from terril.site.programme.views import (
    access,
    deposit,
    dossiers,
    prefill,
    team,
    writing,
)

D = "dossiers/<str:code>/"

urlpatterns = [
    path("appels/<slug:code>/ouvrir/", dossiers.open_dossier, name="open_dossier"),
    path("appels/<slug:code>/commencer/", prefill.begin_dossier, name="begin_dossier"),
    path("appels/<slug:code>/code/", access.enter_code, name="enter_code"),
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path(D, dossiers.dossier, name="dossier"),
    path(f"{D}demande/", dossiers.dossier_content, name="dossier_content"),
    path(f"{D}historique/", dossiers.dossier_history, name="dossier_history"),
    path(f"{D}modifier/", writing.dossier_edit, name="dossier_edit"),
    path(f"{D}reponses/<slug:key>/", writing.answer, name="answer"),
    path(
        f"{D}reponses/<slug:key>/fichiers/", writing.answer_files, name="answer_files"
    ),
    path(f"{D}fichiers/<int:key>/", writing.dossier_document, name="dossier_document"),
    path(f"{D}equipe/", team.dossier_team, name="dossier_team"),
    path(
        f"{D}equipe/<int:key>/retirer/",
        team.remove_collaborator,
        name="remove_collaborator",
    ),
    path(f"{D}equipe/quitter/", team.leave_dossier, name="leave_dossier"),
    path(f"{D}deposer/", deposit.dossier_submit, name="dossier_submit"),
    path(f"{D}completer/", deposit.dossier_complete, name="dossier_complete"),
    path(f"{D}retirer/", dossiers.dossier_withdraw, name="dossier_withdraw"),
    path(f"{D}recepisse/", deposit.receipt, name="receipt"),
    path(f"{D}recepisse.pdf", deposit.receipt_pdf, name="receipt_pdf"),
    path(f"{D}dossier.pdf", deposit.dossier_pdf, name="dossier_pdf"),
]
