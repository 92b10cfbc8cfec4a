"""What the pages about one person show."""

from dataclasses import dataclass
from datetime import date

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession

from terril.site.people.models import Mandate, Person, RoleGrant
from terril.site.people.queries.journal import (
    JournalLine,
    directory_lines,
    personal_lines,
)
from terril.site.people.queries.persons import grants_of, mandates_of
from terril.site.people.queries.roles import roles_of
from terril.site.people.roles import Role


@dataclass(frozen=True)
class AccountPage:
    """One's own account: what one may do here, how one signs in, what one did."""

    roles: list[Role]
    grants: list[RoleGrant]
    mandates: list[Mandate]
    has_second_factor: bool
    session_count: int
    lines: list[JournalLine]


@dataclass(frozen=True)
class PersonPage:
    """A person as administrators see them."""

    person: Person
    grants: list[RoleGrant]
    mandates: list[Mandate]
    has_second_factor: bool
    lines: list[JournalLine]


def account_page(person: Person, *, on: date) -> AccountPage:
    return AccountPage(
        roles=roles_of(person, on=on),
        grants=list(RoleGrant.objects.filter(person=person).current(on)),
        mandates=list(mandates_of(person)),
        has_second_factor=is_mfa_enabled(person),
        session_count=UserSession.objects.filter(user=person).count(),
        lines=personal_lines(person),
    )


def person_page(person: Person) -> PersonPage:
    return PersonPage(
        person=person,
        grants=list(grants_of(person)),
        mandates=list(mandates_of(person)),
        has_second_factor=is_mfa_enabled(person),
        lines=directory_lines(person),
    )
