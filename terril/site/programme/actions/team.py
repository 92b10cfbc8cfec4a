"""Who writes a dossier with its holder."""

from datetime import datetime

from django.db import transaction

from terril.site.commons import journal
from terril.site.people import queries as people
from terril.site.people.actions import Offer, invite, withdraw_invitation
from terril.site.people.models import Person
from terril.site.people.roles import COLLABORATOR
from terril.site.programme.models import Dossier, DossierMember
from terril.site.programme.queries import dossiers as queries
from terril.site.programme.queries.locks import lock
from terril.site.programme.rules import dossiers as rules

Part = DossierMember.Part


@transaction.atomic
def invite_collaborator(
    dossier: Dossier, email: str, *, by: Person, at: datetime
) -> DossierMember:
    """Send somebody a link to write in the dossier, whoever they are.

    A person without an account is written down in the team; the link puts in their
    place the account of whoever accepts. Until then the dossier is nobody else's.
    """
    lock(dossier)
    rules.check_holder(queries.part_of(dossier, by))
    awaited = queries.awaited_collaborator(dossier, email)
    links = people.open_invitations(at=at) & queries.invitations_to_write(dossier)
    is_open = links.filter(email__iexact=email.strip()).exists()
    is_member = is_open or queries.works_on(dossier, email)
    rules.check_new_member(dossier, is_member=is_member)
    sent = people.sent_lately(by, COLLABORATOR.key, at=at)
    rules.check_invitations(open_count=links.count(), sent_lately=sent)

    member = awaited or _await(dossier, at)
    invite(Offer(email, COLLABORATOR.key, about=member.person), by=by, at=at)

    journal.record("collaborator.invited", about=dossier, by=by, at=at, note=email)
    return member


def _await(dossier: Dossier, at: datetime) -> DossierMember:
    person = Person.objects.create_user(is_example=dossier.is_example)
    return DossierMember.objects.create(
        dossier=dossier, person=person, part=Part.COLLABORATOR, since=at
    )


@transaction.atomic
def remove_collaborator(member: DossierMember, *, by: Person, at: datetime) -> None:
    """Let a collaborator write no more; what was written stays. Nobody is told."""
    dossier = member.dossier
    rules.check_holder(queries.part_of(dossier, by))
    rules.check_removal(member)

    awaited = queries.invitations_to_write(dossier) & people.open_invitations(at=at)
    for invitation in awaited.filter(about=f"people.person/{member.person_id}"):
        withdraw_invitation(invitation, by=by, at=at)
    note = member.person.email or ""
    member.delete()

    journal.record("collaborator.removed", about=dossier, by=by, at=at, note=note)


@transaction.atomic
def leave_dossier(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """Write in a dossier no more, of one's own will; what was written stays."""
    lock(dossier)
    member = dossier.members.get(person=by)
    rules.check_removal(member)

    member.delete()

    journal.record("collaborator.left", about=dossier, by=by, at=at)
