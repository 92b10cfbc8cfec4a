"""Addresses of calls and rules, of the team's desk, of decisions and letters."""

from django.urls import URLPattern, path

from terril.site.programme.views import (
    access,
    calls,
    decisions,
    examination,
    letters,
    paper,
    prefill,
    regimes,
)

DESK, DOSSIER, LETTER = (
    "instruction/",
    "instruction/dossiers/<slug:code>/",
    "courriers/",
)

public: list[URLPattern] = [
    path("appels/", calls.calls, name="calls"),
    path("appels/<slug:code>/", calls.call, name="call"),
    path("regimes/", regimes.regimes, name="regimes"),
    path("regimes/<slug:key>/", regimes.regime, name="regime"),
]

writing: list[URLPattern] = [
    path(f"{DESK}regimes/", regimes.team_regimes, name="team_regimes"),
    path(f"{DESK}regimes/copier/", regimes.regime_copy, name="regime_copy"),
    path(f"{DESK}regimes/<slug:key>/", regimes.regime_edit, name="regime_edit"),
    path(
        f"{DESK}regimes/<slug:key>/texte/", regimes.regime_source, name="regime_source"
    ),
    path(
        f"{DESK}regimes/<slug:key>/apercu/",
        regimes.regime_preview,
        name="regime_preview",
    ),
    path(
        f"{DESK}regimes/<slug:key>/publier/",
        regimes.regime_publish,
        name="regime_publish",
    ),
    path(f"{DESK}nouvel-appel/", calls.call_create, name="call_create"),
    path(f"{DESK}<slug:code>/appel/", calls.call_edit, name="call_edit"),
    path(f"{DESK}<slug:code>/appel/modifier/", calls.call_change, name="call_change"),
    path(f"{DESK}<slug:code>/appel/apercu/", calls.call_preview, name="call_preview"),
    path(f"{DESK}<slug:code>/appel/regles/", calls.call_regime, name="call_regime"),
    path(f"{DESK}<slug:code>/lien/", prefill.prefill_link, name="prefill_link"),
    path(f"{DESK}<slug:code>/papier/", paper.paper_deposit, name="paper_deposit"),
    path(f"{DESK}<slug:code>/acces/", access.access_codes, name="access_codes"),
    path(
        f"{DESK}<slug:code>/acces/<int:key>/revoquer/",
        access.access_revoke,
        name="access_revoke",
    ),
    path(f"{DESK}<slug:code>/appel/publier/", calls.call_publish, name="call_publish"),
    path(f"{DESK}<slug:code>/appel/question/", calls.question_add, name="question_add"),
    path(
        f"{DESK}<slug:code>/appel/question/<slug:key>/",
        calls.question_edit,
        name="question_edit",
    ),
    path(
        f"{DESK}<slug:code>/appel/question/<slug:key>/deplacer/",
        calls.question_move,
        name="question_move",
    ),
    path(
        f"{DESK}<slug:code>/appel/question/<slug:key>/retirer/",
        calls.question_remove,
        name="question_remove",
    ),
]

dossiers: list[URLPattern] = [
    path(f"{DESK}dossiers/", examination.team_dossiers, name="team_dossiers"),
    path(DOSSIER, examination.examined_dossier, name="examined_dossier"),
    path(
        f"{DOSSIER}fichiers/<int:key>/", examination.examined_file, name="examined_file"
    ),
    path(f"{DOSSIER}porteur/", paper.holder_invite, name="holder_invite"),
    path(f"{DOSSIER}admettre/", examination.dossier_admit, name="dossier_admit"),
    path(f"{DOSSIER}ecarter/", examination.dossier_dismiss, name="dossier_dismiss"),
    path(f"{DOSSIER}complements/", examination.completion_ask, name="completion_ask"),
    path(f"{DOSSIER}instruire/", examination.dossier_examine, name="dossier_examine"),
    path(f"{DOSSIER}rapport/", examination.report, name="report"),
    path(
        f"{DOSSIER}rapport/terminer/", examination.report_finish, name="report_finish"
    ),
    path(f"{DOSSIER}avis/<slug:committee>/", examination.opinion, name="opinion"),
    path(f"{DOSSIER}presenter/", examination.dossier_present, name="dossier_present"),
    path(f"{DOSSIER}decision/", decisions.decision, name="decision"),
    path(
        f"{DOSSIER}reserves/<int:key>/lever/",
        decisions.reservation_lift,
        name="reservation_lift",
    ),
]

editions: list[URLPattern] = [
    path(DESK, calls.team_calls, name="team_calls"),
    path(f"{DESK}<slug:code>/", examination.edition, name="edition"),
    path(
        f"{DESK}<slug:code>/export.<slug:kind>",
        examination.edition_export,
        name="edition_export",
    ),
    path("decisions/<slug:code>/", decisions.decisions, name="decisions"),
    path("etat/", examination.edition_states, name="edition_states"),
    path("etat/<slug:code>/", examination.edition_counts, name="edition_counts"),
]

outbox: list[URLPattern] = [
    path(LETTER, letters.letters, name="letters"),
    path(f"{LETTER}<int:key>/", letters.letter, name="letter"),
    path(f"{LETTER}<int:key>/modifier/", letters.letter_edit, name="letter_edit"),
    path(f"{LETTER}<int:key>/ecarter/", letters.letter_discard, name="letter_discard"),
    path(f"{LETTER}<int:key>/envoyer/", letters.letter_send, name="letter_send"),
    path(f"{LETTER}<int:key>/reessayer/", letters.letter_retry, name="letter_retry"),
    path(
        f"{LETTER}decisions/<slug:code>/",
        letters.decision_letters,
        name="decision_letters",
    ),
    path(
        f"{LETTER}decisions/<slug:code>/preparer/",
        letters.letters_compose,
        name="letters_compose",
    ),
    path(
        f"{LETTER}decisions/<slug:code>/envoyer/",
        letters.letters_send,
        name="letters_send",
    ),
]

own: list[URLPattern] = [
    path(
        "dossiers/<str:code>/courriers/",
        letters.dossier_letters,
        name="dossier_letters",
    ),
]

# Fixed words come before the codes of calls.
urlpatterns = [*public, *own, *dossiers, *writing, *outbox, *editions]
