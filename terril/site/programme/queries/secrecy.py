"""What is still secret, and from whom: a candidate of a call reads nothing ahead."""

from django.db.models import Q, QuerySet

from terril.site.commons.addresses import address
from terril.site.commons.models import Letter
from terril.site.people import roles
from terril.site.people.models import Person
from terril.site.people.roles import Role
from terril.site.programme.models import Call, Decision, Opinion
from terril.site.programme.queries.dossiers import dossiers_seen_by

# Those who prepare decisions, and read them before everybody else.
DECIDERS = (roles.AGENT, roles.SECRETARY)


def calls_at_distance(person: Person) -> QuerySet[Call]:
    """Return the calls in which somebody has no dossier, whatever their roles."""
    return Call.objects.exclude(dossiers__members__person=person).select_related(
        "regime"
    )


def is_at_distance(person: Person, call: Call) -> bool:
    """Tell whether somebody may read the decisions of a call before they are public."""
    return calls_at_distance(person).filter(pk=call.pk).exists()


def decisions_seen_by(person: Person, role: Role | None) -> QuerySet[Decision]:
    """Return the decisions a person may read in a role, secret ones at a distance."""
    readable = Q(published_at__isnull=False)
    if role in DECIDERS:
        readable |= Q(dossier__call__in=calls_at_distance(person))
    seen = dossiers_seen_by(person, role)
    return Decision.objects.filter(readable, dossier__in=seen)


def decisions_kept_from(person: Person) -> list[str]:
    """Return the addresses of the secret decisions of calls where one is a candidate."""
    secret = Decision.objects.filter(published_at=None)
    ahead = secret.filter(dossier__call__dossiers__members__person=person)
    return [address(one) for one in ahead.distinct()]


def kept_from(person: Person) -> list[str]:
    """Return the addresses of the same decisions, and of what leads to or tells them."""
    decisions = decisions_kept_from(person)
    letters = Letter.objects.filter(about__in=decisions) if decisions else []
    ahead = Opinion.objects.exclude(dossier__decision__published_at__isnull=False)
    opinions = ahead.filter(dossier__call__dossiers__members__person=person).distinct()
    return [*decisions, *map(address, letters), *map(address, opinions)]
