"""Reads about persons: the directory, grants and mandates."""

from datetime import date

from allauth.account.models import EmailAddress
from django.db.models import Prefetch, QuerySet

from terril.site.commons.text import fold
from terril.site.people.models import Mandate, Organisation, Person, RoleGrant


def persons(*, on: date, text: str = "") -> QuerySet[Person]:
    """Return the directory, with the roles and mandates of that day."""
    found = Person.objects.filter(is_active=True)
    if text.strip():
        found = found.filter(pk__in=persons_named(text))
    grants = RoleGrant.objects.current(on)
    mandates = Mandate.objects.current(on).select_related("organisation")
    return found.prefetch_related(
        Prefetch("grants", grants, to_attr="current_grants"),
        Prefetch("mandates", mandates, to_attr="current_mandates"),
    )


def persons_named(text: str) -> list[int]:
    """Return the keys of persons whose name or address holds every word."""
    words = fold(text).split()
    known = Person.objects.values_list("pk", "given_name", "family_name", "email")
    return [
        pk
        for pk, *names in known.iterator()
        if _holds(fold(" ".join(name or "" for name in names)), words)
    ]


def account_of(email: str) -> Person | None:
    """Return the person who signs in with an address."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def unproved_account_of(email: str, *, locked: bool = False) -> Person | None:
    """Return the account begun with an address that nobody has proved yet."""
    people = Person.objects.select_for_update() if locked else Person.objects.all()
    person = people.filter(email__iexact=email.strip()).first()
    if person is None or not person.is_active:
        return None
    return None if is_proved(person) else person


def is_proved(person: Person) -> bool:
    """Say whether somebody has shown that an address of the account is theirs."""
    proved = EmailAddress.objects.filter(user=person, verified=True)
    return bool(proved.exists())


def has_proved_account(email: str) -> bool:
    """Say whether an address belongs to somebody who can sign in with it."""
    return bool(account_of(email) and not unproved_account_of(email))


def grants_of(person: Person) -> QuerySet[RoleGrant]:
    """Return all roles ever granted, the latest first."""
    return RoleGrant.objects.filter(person=person).order_by("-since", "-pk")


def mandates_of(person: Person) -> QuerySet[Mandate]:
    found = Mandate.objects.filter(person=person).select_related("organisation")
    return found.order_by("-since", "pk")


def mandates_in(organisation: Organisation) -> QuerySet[Mandate]:
    found = Mandate.objects.filter(organisation=organisation).select_related("person")
    return found.order_by("-since", "pk")


def personas(*, on: date) -> QuerySet[Person]:
    """Return the fictional persons one may be in the demonstration."""
    grants = RoleGrant.objects.current(on)
    found = Person.objects.filter(
        is_example=True, is_active=True, pk__in=grants.values("person")
    )
    grants = grants.order_by("since", "pk")
    return found.order_by("pk").prefetch_related(
        Prefetch("grants", grants, to_attr="current_grants")
    )


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)
