"""Deposits made on paper: entered by an agent, taken over by the holder."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from terril.site.commons import journal
from terril.site.commons.text import code
from terril.site.people.actions import Offer, add_person, grant_role, invite
from terril.site.people.models import Person
from terril.site.people.queries import account_of, role_keys
from terril.site.people.roles import HOLDER
from terril.site.people.rules import APART
from terril.site.programme.actions.answers import Content, copy_out
from terril.site.programme.emails import dossiers as emails
from terril.site.programme.models import Call, Dossier, DossierMember
from terril.site.programme.queries.answers import Reading
from terril.site.programme.queries.locks import lock
from terril.site.programme.rules import paper as rules
from terril.site.programme.rules.search import search_text_of


@transaction.atomic
def deposit_on_paper(
    call: Call, paper: rules.Paper, content: Content, *, by: Person, at: datetime
) -> Dossier:
    """Enter a dossier in its holder's name, handed in at the instant of its receipt."""
    lock(call, "regime")
    rules.check_paper(call, paper, given=content.given, at=at)

    holder = _holder(paper, by=by, at=at)
    call.last_receipt += 1
    call.save(update_fields=["last_receipt"])
    dossier = Dossier.objects.create(
        call=call,
        code=code(),
        status=Dossier.Status.SUBMITTED,
        receipt=f"{call.code}-{call.last_receipt:03}",
        opened_at=paper.received_at,
        submitted_at=paper.received_at,
        entered_by=by,
        entered_at=at,
        entry_reason=paper.reason.strip(),
        is_example=call.is_example,
    )
    DossierMember.objects.create(
        dossier=dossier, person=holder, part=DossierMember.Part.HOLDER, since=at
    )
    copy_out(dossier, content, by=by, at=at)
    dossier.search_text = search_text_of(dossier)
    dossier.save(update_fields=["search_text"])

    reading = Reading(dossier)
    journal.record("dossier.entered", about=dossier, by=by, at=at, note=paper.reason)
    journal.record(
        "dossier.submitted", about=dossier, by=by, at=at, note=reading.digest
    )
    emails.receipt(reading, at=at)
    return dossier


@transaction.atomic
def invite_holder(dossier: Dossier, email: str, *, by: Person, at: datetime) -> None:
    """Send the holder of a dossier on paper a link to take it over."""
    lock(dossier)
    holder = dossier.members.get(part=DossierMember.Part.HOLDER).person
    rules.check_awaits_holder(
        is_paper=dossier.entered_at is not None, has_account=bool(holder.email)
    )

    invite(Offer(email, HOLDER.key, about=holder), by=by, at=at)

    journal.record("dossier.holder_invited", about=dossier, by=by, at=at)


def _holder(paper: rules.Paper, *, by: Person, at: datetime) -> Person:
    """Find the account of an address, or write somebody in the directory."""
    account = account_of(paper.email) if paper.email else None
    held = role_keys(account, on=timezone.localdate(at)) if account else []
    # Whoever examines or decides is made a candidate by nobody: they get a link, and
    # are told why it does not open.
    if account is None or APART.intersection(held):
        return add_person(paper.given_name, paper.family_name, by=by, at=at)
    if HOLDER.key not in held:
        grant_role(account, HOLDER.key, by=None, at=at)
    return account
