"""Why data about people are held: the register that the regulation asks for.

The legal bases are proposals for a public body: the controller confirms them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Processing:
    """One use of personal data: what for, on which basis, how long, read by whom."""

    key: str
    name: Words
    purpose: Words
    basis: Words
    duration: Words
    readers: Words
    # Labels of models; what they hold is read from the models themselves.
    models: tuple[str, ...]


# Columns that bear no name meant for people, in words; what is technical has none.
COLUMNS: dict[str, Words] = {
    "email": _("e-mail address"),
    "role": _("role"),
    "committee": _("committee"),
    "since": _("beginning"),
    "until": _("end"),
    "user": _("the person concerned"),
    "person": _("the person concerned"),
    "part": _("part taken"),
    "ip": _("IP address"),
    "user_agent": _("browser"),
    "last_seen_at": _("last use"),
    "last_used_at": _("last use"),
    "commune": _("commune"),
    "organisation": _("organisation"),
    "longitude": _("place on the map"),
    "submitted_at": _("instant of the deposit"),
    "value": _("what is answered"),
    "updated_by": _("who wrote it"),
    "written_by": _("who wrote it"),
    "asked_by": _("who asked"),
    "ruled_by": _("who ruled"),
    "recorded_by": _("who recorded it"),
    "prepared_by": _("who prepared it"),
    "invited_by": _("who invited"),
    "file": _("the file"),
    "by": _("who did it"),
    "recipient": _("e-mail address"),
    "recipient_name": _("name"),
    "subject": _("subject"),
    "body": _("text"),
    "text": _("text"),
    "sentence": _("sentence"),
    "siren": "SIREN",
    "siret": "SIRET",
    "holder": _("project holder"),
    "verb": _("what was done"),
    "at": _("when"),
}
# Tables of the sign-in library, whose names are not meant for people.
TABLES: dict[str, Words] = {
    "mfa.Authenticator": _("Second factors"),
    "usersessions.UserSession": _("Devices signed in"),
    "account.EmailAddress": _("E-mail addresses"),
}

PUBLIC_TASK = _("task in the public interest (GDPR, article 6.1.e)")
LEGAL_DUTY = _("legal obligation (GDPR, article 6.1.c)")
UNSET = _("not set by the territory yet; nothing is erased automatically")

PROCESSINGS = (
    Processing(
        "accounts",
        _("Accounts and sign-in"),
        _("Let each person in, in the roles they hold, and nobody else."),
        PUBLIC_TASK,
        _("sessions: 12 hours; the rest: not set by the territory yet"),
        _("the person and the administrators"),
        (
            "people.Person",
            "people.RoleGrant",
            "people.Mandate",
            "people.Invitation",
            "account.EmailAddress",
            "mfa.Authenticator",
            "usersessions.UserSession",
            "sessions.Session",
        ),
    ),
    Processing(
        "dossiers",
        _("Dossiers of candidates"),
        _("Receive candidatures, examine them, decide and tell the decision."),
        PUBLIC_TASK,
        UNSET,
        _("those who work on the dossier, the examination team, the committees"),
        (
            "programme.Dossier",
            "programme.DossierMember",
            "programme.AccessCode",
            "programme.Answer",
            "programme.CompletionRequest",
            "programme.Admissibility",
            "programme.AnalysisReport",
            "programme.Opinion",
            "programme.Decision",
            "commons.Document",
        ),
    ),
    Processing(
        "letters",
        _("Letters"),
        _("Acknowledge, ask, notify; keep the proof of what was sent."),
        PUBLIC_TASK,
        UNSET,
        _("the person written to and the examination team"),
        ("commons.Letter",),
    ),
    Processing(
        "register",
        _("Public register"),
        _("Publish the labelled projects and the organisations that hold them."),
        PUBLIC_TASK,
        _("as long as the register is published"),
        _("everybody"),
        ("people.Organisation", "projects.Project", "projects.ProjectEvent"),
    ),
    Processing(
        "journal",
        _("Journal"),
        _("Prove who did what, and that nothing was changed afterwards."),
        LEGAL_DUTY,
        _("the lines stay and name nobody; the notes can be erased"),
        _("the administrators"),
        ("commons.JournalEntry", "commons.JournalNote"),
    ),
)
