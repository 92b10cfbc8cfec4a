"""Addresses of accounts and of the directory.

The names that begin with `account_` and `mfa_` are those the sign-in library
looks for; only what this site uses has an address.
"""

from django.urls import include, path

from terril.site.people.views import (
    account,
    invitations,
    organisations,
    persons,
    signing,
)

password = [
    path("", signing.change_password, name="account_change_password"),
    path("choisir/", signing.set_password, name="account_set_password"),
    path("oublie/", signing.reset_password, name="account_reset_password"),
    path(
        "oublie/code/",
        signing.confirm_reset,
        name="account_confirm_password_reset_code",
    ),
    path(
        "oublie/nouveau/",
        signing.complete_reset,
        name="account_complete_password_reset",
    ),
    path("oublie/fait/", signing.reset_done, name="account_password_reset_completed"),
]

second_factor = [
    path("", signing.second_factor, name="mfa_index"),
    path("code/", signing.authenticate, name="mfa_authenticate"),
    path("confirmer/", signing.reauthenticate_code, name="mfa_reauthenticate"),
    path("activer/", signing.activate_totp, name="mfa_activate_totp"),
    path("retirer/", signing.deactivate_totp, name="mfa_deactivate_totp"),
    path("secours/", signing.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "secours/nouveaux/", signing.generate_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "secours/fichier/", signing.download_codes, name="mfa_download_recovery_codes"
    ),
]

directory = [
    path("personnes/", persons.persons, name="persons"),
    path("personnes/ajouter/", persons.add_person, name="add_person"),
    path("personnes/<int:key>/", persons.person, name="person"),
    path("personnes/<int:key>/roles/", persons.grant_role, name="grant_role"),
    path("personnes/<int:key>/inviter/", persons.invite_person, name="invite_person"),
    path("roles/<int:key>/terminer/", persons.end_role, name="end_role"),
    path("organisations/", organisations.directory, name="directory"),
    path(
        "organisations/ajouter/",
        organisations.add_organisation,
        name="add_organisation",
    ),
    path(
        "organisations/<slug:slug>/",
        organisations.change_organisation,
        name="change_organisation",
    ),
    path("mandats/", organisations.grant_mandate, name="grant_mandate"),
    path("mandats/<int:key>/terminer/", organisations.end_mandate, name="end_mandate"),
    path("invitations/", invitations.invitations, name="invitations"),
    path(
        "invitations/<int:key>/retirer/",
        invitations.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
]

urlpatterns = [
    path("", account.account, name="account"),
    path("role/", account.act_as, name="act_as"),
    path("connexion/", signing.login, name="account_login"),
    path("connexion/code/", signing.request_code, name="account_request_login_code"),
    path(
        "connexion/code/saisir/",
        signing.confirm_code,
        name="account_confirm_login_code",
    ),
    path("deconnexion/", signing.logout, name="account_logout"),
    path("inscription/", signing.signup, name="account_signup"),
    path("suspendu/", signing.inactive, name="account_inactive"),
    path("confirmer/", signing.reauthenticate, name="account_reauthenticate"),
    path("adresse/", signing.email, name="account_email"),
    path(
        "adresse/code/", signing.confirm_email, name="account_email_verification_sent"
    ),
    path("sessions/", account.sessions, name="sessions"),
    path("sessions/terminer/", account.end_other_sessions, name="end_other_sessions"),
    path("sessions/<int:key>/terminer/", account.end_session, name="end_session"),
    path("mot-de-passe/", include(password)),
    path("double-authentification/", include(second_factor)),
    path("", include(directory)),
]
