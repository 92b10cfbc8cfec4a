"""Reads about roles: who holds what, on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from terril.site.people.models import Invitation, Person, RoleGrant
from terril.site.people.roles import ADMINISTRATOR, ROLES, Role


@dataclass(frozen=True)
class HeldRoles:
    """The roles a person may take, and the one taken when none was chosen."""

    roles: list[Role]
    usual: Role | None


def held_roles(person: Person, *, on: date) -> HeldRoles:
    """Return the roles held that day; the latest granted is the usual one.

    A role that came by a link is the usual one of whoever had no other: it may be
    sent by anybody who has a dossier, and changes what nobody else acts as.
    """
    offers = Invitation.objects.filter(
        accepted_by=person, role=OuterRef("role"), committee=OuterRef("committee")
    )
    grants = current_grants(person, on=on).order_by("since", "pk")
    kept = grants.filter(role__in=ROLES).annotate(is_offered=Exists(offers))
    keys, usual = [], None
    for key, is_offered in kept.values_list("role", "is_offered"):
        keys.append(key)
        usual = usual if usual and is_offered else key
    roles = [role for key, role in ROLES.items() if key in keys]
    return HeldRoles(roles, ROLES[usual] if usual else None)


def roles_of(person: Person, *, on: date) -> list[Role]:
    """Return the roles a person holds that day, in the order of the catalogue."""
    return held_roles(person, on=on).roles


def role_keys(person: Person, *, on: date) -> list[str]:
    return [role.key for role in roles_of(person, on=on)]


def current_grants(person: Person, *, on: date) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(person=person).current(on)


def is_newcomer(person: Person) -> bool:
    """Say whether a person never held any role."""
    return not RoleGrant.objects.filter(person=person).exists()


def other_administrators(grant: RoleGrant, *, on: date) -> QuerySet[RoleGrant]:
    """Return who else could give roles if this grant ended."""
    held = RoleGrant.objects.filter(role=ADMINISTRATOR.key, person__is_active=True)
    return held.current(on).exclude(person=grant.person_id)


def people_acting_as(
    key: str, *, on: date, committee: str | None = None
) -> QuerySet[Person]:
    """Return who holds a role that day, on one committee when it is named."""
    grants = RoleGrant.objects.filter(role=key).current(on)
    if committee is not None:
        grants = grants.filter(committee=committee)
    return Person.objects.filter(is_active=True, pk__in=grants.values("person"))
