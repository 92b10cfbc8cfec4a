"""Grant a role, end it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from terril.site.commons import journal
from terril.site.people import emails, queries, rules
from terril.site.people.models import Person, RoleGrant


@transaction.atomic
def grant_role(
    person: Person, role: str, committee: str = "", *, by: Person | None, at: datetime
) -> RoleGrant:
    """Let a person act in a role from today; `by` is None at the console."""
    today = timezone.localdate(at)
    held = None if by is None else queries.role_keys(by, on=today)
    rules.check_may_give(role, held=held)
    # Two administrators may act at once: the second one waits, then is refused.
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    current = queries.current_grants(person, on=today)
    rules.check_grant(role, committee, current=current)

    grant = RoleGrant.objects.create(
        person=person, role=role, committee=committee, since=today
    )

    journal.record(
        "role.granted", about=person, by=by, at=at, note=_note(role, committee)
    )
    if not person.is_example:
        emails.role_granted(grant, at=at)
    return grant


@transaction.atomic
def end_role(grant: RoleGrant, *, by: Person | None, at: datetime) -> None:
    """Stop a person acting in a role from today on."""
    grant = RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    today = timezone.localdate(at)
    held = None if by is None else queries.role_keys(by, on=today)
    rules.check_may_give(grant.role, held=held)
    rules.check_not_over(grant)
    others = queries.other_administrators(grant, on=today)
    rules.check_last_administrator(grant, others_count=others.count())

    grant.until = today
    grant.save(update_fields=["until"])

    note = _note(grant.role, grant.committee)
    journal.record("role.ended", about=grant.person, by=by, at=at, note=note)
    if not grant.person.is_example:
        emails.role_ended(grant, at=at)


def _note(role: str, committee: str) -> str:
    return f"{role}:{committee}" if committee else role
