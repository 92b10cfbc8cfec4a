"""Reads about dossiers: the one scoped query of the room, and what follows from it."""

from django.db.models import QuerySet

from terril.site.people import roles
from terril.site.people.models import Person
from terril.site.people.roles import Role
from terril.site.programme.models import Dossier

S = Dossier.Status
# Committees read what has been found admissible and analysed, nothing before.
BEFORE_COMMITTEES = [S.DRAFT, S.SUBMITTED, S.TO_COMPLETE, S.INADMISSIBLE, S.ADMISSIBLE]


def dossiers_seen_by(person: Person, role: Role | None) -> QuerySet[Dossier]:
    """Return the dossiers a person may see in a role; others do not exist for them."""
    seen = Dossier.objects.select_related("call", "commune", "organisation")
    if role in (roles.HOLDER, roles.COLLABORATOR):
        return seen.filter(members__person=person)
    if role == roles.AGENT:
        return seen.exclude(status=S.DRAFT).exclude(submitted_at=None)
    if role in (roles.MEMBER, roles.SECRETARY):
        examined = seen.exclude(status__in=BEFORE_COMMITTEES)
        return examined.exclude(status=S.WITHDRAWN).exclude(members__person=person)
    return seen.none()
