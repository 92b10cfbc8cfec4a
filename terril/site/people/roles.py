"""The seven roles, in the words of those who hold them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """Something a person may act as."""

    key: str
    name: str | Promise
    description: str | Promise
    needs_second_factor: bool = False

    def __str__(self) -> str:
        return str(self.name)


HOLDER = Role(
    "holder",
    _("project holder"),
    _("Prepares a dossier, hands it in, then follows the labelled project."),
)
COLLABORATOR = Role(
    "collaborator",
    _("collaborator of a dossier"),
    _("Writes in a dossier with its holder; does not hand it in."),
)
AGENT = Role(
    "agent",
    _("examination team"),
    _("Publishes calls, examines dossiers, prepares letters and the register."),
    needs_second_factor=True,
)
MEMBER = Role(
    "member",
    _("committee member"),
    _("Reads the dossiers examined by a committee and its opinions."),
)
SECRETARY = Role(
    "secretary",
    _("secretary of the deciding body"),
    _("Records opinions and prepares the decisions of the deciding body."),
    needs_second_factor=True,
)
OBSERVER = Role(
    "observer",
    _("elected observer"),
    _("Reads the state of the edition, without its secrets, and decides nothing here."),
)
ADMINISTRATOR = Role(
    "administrator",
    _("administrator"),
    _("Invites people, grants roles, keeps the territory and the journal."),
    needs_second_factor=True,
)

ROLES = {
    role.key: role
    for role in (
        HOLDER,
        COLLABORATOR,
        AGENT,
        MEMBER,
        SECRETARY,
        OBSERVER,
        ADMINISTRATOR,
    )
}

# The keys that the regimes we know give to their committees; a regime may name
# others, which are then shown as they are written.
COMMITTEES = {
    "partners": _("committee of partners"),
    "youth": _("youth committee"),
    "experts": _("committee of experts"),
}


def committee_name(key: str) -> str:
    """Return a committee in words, or its key when nobody named it here."""
    return str(COMMITTEES.get(key, key))


def role_in_words(role: str, committee: str = "") -> str:
    """Return a role in words, with its committee when it has one."""
    name = str(ROLES[role]) if role in ROLES else role
    return f"{name} ({committee_name(committee)})" if committee else name
