"""Reads about dossiers: the one scoped query of the room, and what follows from it."""

from django.db.models import QuerySet

from terril.site.people import roles
from terril.site.people.models import Invitation, Person
from terril.site.people.roles import Role
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


def awaited_collaborator(dossier: Dossier, email: str) -> DossierMember | None:
    """Return who was invited to write a dossier at an address, and has not answered."""
    wanted = email.strip().lower()
    found = (key for key, one in addresses_awaited(dossier).items() if one == wanted)
    return dossier.members.filter(person=next(found, None)).first()


def works_on(dossier: Dossier, email: str) -> bool:
    """Tell whether the account of an address writes a dossier already."""
    return dossier.members.filter(person__email__iexact=email.strip()).exists()


def invitations_to_write(dossier: Dossier) -> QuerySet[Invitation]:
    """Return the links sent to those who have not accepted to write a dossier."""
    awaited = dossier.members.filter(person__email=None)
    people = [f"people.person/{pk}" for pk in awaited.values_list("person", flat=True)]
    return Invitation.objects.filter(about__in=people)


def addresses_awaited(dossier: Dossier) -> dict[int, str]:
    """Return where the links were sent of those who have not accepted, opened or not."""
    links = invitations_to_write(dossier).order_by("pk").values_list("about", "email")
    return {int(about.rpartition("/")[2]): email for about, email in links}
