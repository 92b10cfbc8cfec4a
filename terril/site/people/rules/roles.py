"""Who may give which role, and what may begin or end."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.people.models import Mandate, RoleGrant
from terril.site.people.roles import MEMBER, ROLES

# What each role may give to others: nobody rises by inviting oneself.
GIVES = {
    "administrator": frozenset(ROLES),
    "agent": frozenset({"holder", "collaborator", "member", "observer"}),
    "holder": frozenset({"collaborator"}),
}


class RoleUnknown(Refused):
    """No such role is in the catalogue."""


class CommitteeMissing(Refused):
    """A committee member is a member of one committee."""


class CommitteeNotWanted(Refused):
    """Only a committee member has a committee."""


class RoleNotYours(Refused):
    """The role is given by others than oneself."""


class AlreadyGranted(Refused):
    """The person already holds the role."""


class AlreadyOver(Refused):
    """What one wants to end has ended."""


class EndsBeforeItBegins(Refused):
    """An end that comes before its beginning."""


class LastAdministrator(Refused):
    """Without this role, nobody could give any."""


def roles_given_by(held: Iterable[str]) -> frozenset[str]:
    """Return the keys of the roles that those who hold these may give."""
    return frozenset().union(*(GIVES.get(key, frozenset()) for key in held))


def check_role(key: str, committee: str) -> None:
    """Refuse a role that is unknown, or whose committee is missing or too much."""
    if key not in ROLES:
        raise RoleUnknown(_("This role does not exist. Choose one of the list."))
    if key == MEMBER.key and not committee:
        raise CommitteeMissing(
            _("A committee member sits on one committee. Say which one.")
        )
    if key != MEMBER.key and committee:
        raise CommitteeNotWanted(
            _("Only a committee member has a committee. Leave the committee empty.")
        )


def check_may_give(key: str, *, held: Iterable[str] | None) -> None:
    """Refuse to give a role above one's own; None is whoever has the machine."""
    if held is not None and key not in roles_given_by(held):
        raise RoleNotYours(
            _("You may not give this role. An administrator can do it for you.")
        )


def check_grant(key: str, committee: str, *, current: Iterable[RoleGrant]) -> None:
    """Refuse to grant twice what the person already holds."""
    check_role(key, committee)
    if any((one.role, one.committee) == (key, committee) for one in current):
        raise AlreadyGranted(_("This person already holds this role: nothing to do."))


def check_not_over(thing: RoleGrant | Mandate) -> None:
    """Refuse to end what has an end."""
    if thing.until is not None:
        raise AlreadyOver(_("This has already ended: nothing to do."))


def check_last_administrator(grant: RoleGrant, *, others_count: int) -> None:
    """Refuse to leave the site without an administrator."""
    if grant.role == "administrator" and not others_count:
        raise LastAdministrator(
            _(
                "This is the only administrator: nobody could give a role any more. "
                "Give the role to somebody else first."
            )
        )


def check_mandate_end(since: date | None, until: date | None) -> None:
    """Refuse a mandate that ends before it begins."""
    if since and until and until <= since:
        raise EndsBeforeItBegins(
            _("This mandate would end before it begins. Correct one of the dates.")
        )
