"""What desks ask of people."""

from datetime import date, datetime

from django.db.models import QuerySet

from terril.site.people.models import Invitation, Person
from terril.site.people.queries.invitations import open_invitations
from terril.site.people.queries.roles import current_grants
from terril.site.people.roles import MEMBER


def committees_of(person: Person, *, on: date) -> frozenset[str]:
    """Return the committees a person sits on that day; none named means all."""
    grants = current_grants(person, on=on).filter(role=MEMBER.key)
    return frozenset(filter(None, grants.values_list("committee", flat=True)))


def unanswered_invitations(*, at: datetime) -> QuerySet[Invitation]:
    """Return the links that still open, the first to expire first."""
    waiting = open_invitations(at=at).select_related("invited_by", "accepted_by")
    return waiting.order_by("expires_at")
