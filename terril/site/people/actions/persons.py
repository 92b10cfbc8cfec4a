"""Open an account, add a person without one, correct a name."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from terril.site.commons import journal
from terril.site.commons.text import one_line
from terril.site.people import emails, queries, rules
from terril.site.people.models import Person, RoleGrant
from terril.site.people.roles import ADMINISTRATOR, HOLDER


@transaction.atomic
def welcome(person: Person, *, by: Person, at: datetime) -> None:
    """Make a holder of whoever has signed up and proved an address."""
    rules.check_grant(HOLDER.key, "", current=person.grants.select_for_update())

    RoleGrant.objects.create(
        person=person, role=HOLDER.key, since=timezone.localdate(at)
    )

    journal.record("person.welcomed", about=person, by=by, at=at)
    emails.welcome(person, at=at)


@transaction.atomic
def add_person(
    given_name: str, family_name: str, *, by: Person | None, at: datetime
) -> Person:
    """Write somebody in the directory who has no account; nobody is told."""
    rules.check_name(given_name, family_name)

    person = Person.objects.create_user(
        given_name=one_line(given_name), family_name=one_line(family_name)
    )

    journal.record("person.added", about=person, by=by, at=at)
    return person


@transaction.atomic
def change_person(
    person: Person, names: tuple[str, str], language: str, *, by: Person, at: datetime
) -> None:
    """Correct the names and the language of a person; nobody is told."""
    held = queries.role_keys(by, on=timezone.localdate(at))
    rules.check_change(person, by=by, held=held)
    rules.check_name(*names)

    person.given_name, person.family_name = map(one_line, names)
    person.language = language
    person.save(update_fields=["given_name", "family_name", "language"])

    journal.record("person.changed", about=person, by=by, at=at)


@transaction.atomic
def install_administrator(
    email: str, names: tuple[str, str], *, by: Person | None, at: datetime
) -> Person:
    """Make an administrator from the console, where nobody has signed in yet."""
    rules.check_name(*names)
    person = queries.account_of(email) or Person.objects.create_user(
        email.lower(), given_name=one_line(names[0]), family_name=one_line(names[1])
    )
    held = queries.current_grants(person, on=timezone.localdate(at))
    rules.check_grant(ADMINISTRATOR.key, "", current=held)

    EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    RoleGrant.objects.create(
        person=person, role=ADMINISTRATOR.key, since=timezone.localdate(at)
    )

    journal.record("role.granted", about=person, by=by, at=at, note=ADMINISTRATOR.key)
    return person
