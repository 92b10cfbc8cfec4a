"""Add and correct organisations; say who is what in them."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from terril.site.commons import journal
from terril.site.commons.text import fold
from terril.site.people import queries, rules
from terril.site.people.models import Mandate, Organisation, Person


@dataclass(frozen=True)
class Term:
    """What one is in an organisation, and from when to when."""

    title: str
    since: date | None = None
    until: date | None = None


@transaction.atomic
def create_organisation(
    details: rules.Details, *, by: Person | None, at: datetime
) -> Organisation:
    """Write an organisation in the directory; nobody is told."""
    details = rules.check_details(details)
    holder = queries.organisation_of_siret(details.siret)
    rules.check_unused(details.siret, holder=holder)

    organisation = Organisation.objects.create(
        **_fields(details), slug=queries.free_slug(details.name)
    )

    journal.record("organisation.created", about=organisation, by=by, at=at)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation,
    details: rules.Details,
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """Correct an organisation; its address never changes, and nobody is told."""
    details = rules.check_details(details)
    holder = queries.organisation_of_siret(details.siret)
    rules.check_unused(details.siret, holder=None if holder == organisation else holder)

    changes = _fields(details)
    for name, value in changes.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(changes))

    journal.record("organisation.changed", about=organisation, by=by, at=at)


@transaction.atomic
def grant_mandate(
    person: Person,
    organisation: Organisation,
    term: Term,
    *,
    by: Person | None,
    at: datetime,
) -> Mandate:
    """Say what a person is in an organisation; nobody is told."""
    rules.check_mandate_end(term.since, term.until)

    mandate = Mandate.objects.create(
        person=person,
        organisation=organisation,
        title=term.title.strip(),
        since=term.since,
        until=term.until,
    )

    note = f"{mandate.title}, {organisation.name}"
    journal.record("mandate.granted", about=person, by=by, at=at, note=note)
    return mandate


@transaction.atomic
def end_mandate(
    mandate: Mandate, *, until: date | None = None, by: Person | None, at: datetime
) -> None:
    """Close a mandate, today unless another day is known; nobody is told."""
    mandate = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    last = until or timezone.localdate(at)
    rules.check_not_over(mandate)
    rules.check_mandate_end(mandate.since, last)

    mandate.until = last
    mandate.save(update_fields=["until"])

    note = f"{mandate.title}, {mandate.organisation.name}"
    journal.record("mandate.ended", about=mandate.person, by=by, at=at, note=note)


def _fields(details: rules.Details) -> dict[str, Any]:
    values = {one.name: getattr(details, one.name) for one in fields(details)}
    return {**values, "search_name": fold(details.name)[:220]}
