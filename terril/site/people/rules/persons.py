"""What a person must have, and who may change it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.commons.text import one_line
from terril.site.people.models import Person


class PersonNameMissing(Refused):
    """A person without any name could not be told from another."""


class NotYours(Refused):
    """The details of somebody else, who has an account."""


class NotOnePerson(Refused):
    """Two accounts are two persons, until somebody proves otherwise."""


def check_name(given_name: str, family_name: str) -> None:
    """Refuse a person without a name."""
    if not (one_line(given_name) and one_line(family_name)):
        raise PersonNameMissing(
            _("A given name and a family name are both needed. Write the missing one.")
        )


def check_change(person: Person, *, by: Person, held: Iterable[str]) -> None:
    """Let people change their own details, and administrators those of others."""
    if by.pk != person.pk and "administrator" not in held:
        raise NotYours(
            _("Only this person or an administrator may change these details.")
        )


def check_joining(entry: Person, account: Person) -> None:
    """Refuse to make one person of two accounts, or of a person and themselves."""
    if entry.email or not account.email or entry.pk == account.pk:
        raise NotOnePerson(
            _("Only an entry of the directory without an account can join an account."),
            next_step=_("Keep both: each has its own history."),
        )
