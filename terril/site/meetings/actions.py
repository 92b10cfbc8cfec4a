"""What one does with bodies and meetings: nobody is told, a letter is elsewhere."""

from datetime import datetime

from django.db import transaction

from terril.site.commons import journal
from terril.site.meetings import queries, rules
from terril.site.meetings.models import Body, Meeting
from terril.site.people.models import Organisation, Person


@transaction.atomic
def create_body(
    name: str,
    organisation: Organisation | None = None,
    *,
    by: Person | None,
    at: datetime,
) -> Body:
    """Write down a body that meets."""
    rules.check_body(name, is_known=queries.is_body(name))

    body = Body.objects.create(
        name=name.strip(), slug=queries.body_slug(name), organisation=organisation
    )

    journal.record("body.created", about=body, by=by, at=at)
    return body


@transaction.atomic
def convene(
    body: Body,
    starts_at: datetime,
    place: str = "",
    *,
    by: Person | None,
    at: datetime,
) -> Meeting:
    """Fix the instant and the place at which a body meets."""
    body = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    is_known = queries.is_convened(body, starts_at)
    rules.check_convening(starts_at, is_known=is_known, at=at)

    meeting = Meeting.objects.create(
        body=body, starts_at=starts_at, place=place.strip()
    )

    journal.record("meeting.convened", about=meeting, by=by, at=at)
    return meeting


@transaction.atomic
def hold(
    meeting: Meeting, reference: str = "", *, by: Person | None, at: datetime
) -> Meeting:
    """Say that a meeting took place, under the reference of its minutes."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    rules.check_holding(meeting, at=at)

    meeting.held_at, meeting.reference = at, reference.strip()
    meeting.save(update_fields=["held_at", "reference"])

    journal.record("meeting.held", about=meeting, by=by, at=at)
    return meeting
