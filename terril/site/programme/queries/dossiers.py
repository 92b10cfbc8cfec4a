"""Reads about dossiers: the one scoped query of the room, and what follows from it."""

from datetime import datetime

from django.db.models import QuerySet

from terril.site.commons.addresses import address, resolve
from terril.site.people import roles
from terril.site.people.models import Invitation, Person
from terril.site.people.roles import COLLABORATOR, Role
from terril.site.programme.models import Dossier, DossierMember

S = Dossier.Status
# Committees read what has been found admissible and analysed, nothing before.
BEFORE_COMMITTEES = [S.DRAFT, S.SUBMITTED, S.TO_COMPLETE, S.INADMISSIBLE, S.ADMISSIBLE]


def dossiers_seen_by(person: Person, role: Role | None) -> QuerySet[Dossier]:
    """Return the dossiers a person may see in a role; others do not exist for them."""
    seen = Dossier.objects.select_related(
        "call", "commune", "organisation", "access_code"
    )
    if role in (roles.HOLDER, roles.COLLABORATOR):
        return seen.filter(members__person=person)
    if role == roles.AGENT:
        handed_in = seen.exclude(status=S.DRAFT).exclude(submitted_at=None)
        return handed_in.exclude(members__person=person)
    if role in (roles.MEMBER, roles.SECRETARY):
        examined = seen.exclude(status__in=BEFORE_COMMITTEES)
        return examined.exclude(status=S.WITHDRAWN).exclude(members__person=person)
    return seen.none()


def dossiers_of(person: Person) -> QuerySet[Dossier]:
    """Return the dossiers a person works on, the last opened first."""
    mine = dossiers_seen_by(person, roles.HOLDER)
    return mine.order_by("-opened_at", "-pk")


def part_of(dossier: Dossier, person: Person) -> str | None:
    """Return what a person is in a dossier: its holder, a collaborator, or nothing."""
    found = dossier.members.filter(person=person).values_list("part", flat=True)
    return found.first()


def team_of(dossier: Dossier) -> QuerySet[DossierMember]:
    """Return who writes a dossier, its holder first."""
    return dossier.members.select_related("person").order_by("-part", "since", "pk")


def awaited_collaborator(email: str, *, at: datetime) -> Person | None:
    """Return who an open invitation to write a dossier awaits at an address."""
    open_ones = _open(at).filter(email__iexact=email, role=COLLABORATOR.key)
    found = open_ones.filter(about__startswith="people.person/").first()
    person = resolve(found.about) if found else None
    return person if isinstance(person, Person) else None


def open_invitations(person: Person, *, at: datetime) -> QuerySet[Invitation]:
    """Return the links that still await a person."""
    return _open(at).filter(about=address(person))


def addresses_awaited(dossier: Dossier, *, at: datetime) -> dict[int, str]:
    """Return where the links of those who have no account yet were sent."""
    awaited = dossier.members.filter(person__email=None)
    people = [f"people.person/{pk}" for pk in awaited.values_list("person", flat=True)]
    links = _open(at).filter(about__in=people).values_list("about", "email")
    return {int(about.rpartition("/")[2]): email for about, email in links}


def _open(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
