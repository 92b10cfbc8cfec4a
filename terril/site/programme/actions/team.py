"""Who writes a dossier with its holder."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from terril.site.commons import journal
from terril.site.people.actions import Offer, grant_role, invite, withdraw_invitation
from terril.site.people.models import Person
from terril.site.people.queries import account_of, role_keys
from terril.site.people.roles import COLLABORATOR
from terril.site.programme.emails import dossiers as emails
from terril.site.programme.models import Dossier, DossierMember
from terril.site.programme.queries.dossiers import (
    awaited_collaborator,
    open_invitations,
    part_of,
)
from terril.site.programme.queries.locks import lock
from terril.site.programme.rules import dossiers as rules

Part = DossierMember.Part


@transaction.atomic
def invite_collaborator(
    dossier: Dossier, email: str, *, by: Person, at: datetime
) -> DossierMember:
    """Let somebody write in the dossier: at once, or when the link is opened.

    Without an account the person is written down first; the link of the invitation
    gives that very person an account, so that nothing is left to do afterwards.
    """
    lock(dossier)
    rules.check_holder(part_of(dossier, by))
    account = account_of(email)
    person = account or awaited_collaborator(email, at=at)
    is_member = bool(person and part_of(dossier, person))
    rules.check_new_member(dossier, is_member=is_member)

    if person is None:
        person = Person.objects.create_user(is_example=dossier.is_example)
        invite(Offer(email, COLLABORATOR.key, about=person), by=by, at=at)
    member = DossierMember.objects.create(
        dossier=dossier, person=person, part=Part.COLLABORATOR, since=at
    )
    today = timezone.localdate(at)
    if account and COLLABORATOR.key not in role_keys(account, on=today):
        grant_role(account, COLLABORATOR.key, by=None, at=at)

    journal.record("collaborator.invited", about=dossier, by=by, at=at, note=email)
    emails.collaborator_added(member, by=by, at=at)
    return member


@transaction.atomic
def remove_collaborator(member: DossierMember, *, by: Person, at: datetime) -> None:
    """Let a collaborator write no more; what was written stays. Nobody is told."""
    dossier = member.dossier
    rules.check_holder(part_of(dossier, by))
    rules.check_removal(member)

    person = member.person
    member.delete()
    if not person.dossiers.exists():
        for invitation in open_invitations(person, at=at):
            withdraw_invitation(invitation, by=by, at=at)

    note = person.email or ""
    journal.record("collaborator.removed", about=dossier, by=by, at=at, note=note)
