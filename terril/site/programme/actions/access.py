"""Codes after the closing: given and revoked by an agent, entered by an applicant."""

from datetime import datetime

from django.db import transaction

from terril.site.commons import journal
from terril.site.commons.text import code
from terril.site.people.models import Person
from terril.site.programme.actions.dossiers import begin
from terril.site.programme.models import AccessCode, Call, Dossier
from terril.site.programme.queries.access import code_typed
from terril.site.programme.queries.dossiers import part_of
from terril.site.programme.queries.locks import lock
from terril.site.programme.rules import access as rules
from terril.site.programme.rules.dossiers import check_draft, check_holder


@transaction.atomic
def give_code(
    call: Call, draft: rules.AccessDraft, *, by: Person, at: datetime
) -> tuple[AccessCode, str]:
    """Make a code; the text returned is shown once, and kept nowhere."""
    rules.check_new_code(call, draft, at=at)

    text = code(rules.LENGTH)
    access = AccessCode.objects.create(
        call=call,
        dossier=draft.dossier,
        digest=rules.digest_of(text),
        given_to=draft.given_to,
        uses=draft.uses,
        ends_at=draft.ends_at,
        made_by=by,
        made_at=at,
    )

    journal.record("access.given", about=access, by=by, at=at, note=draft.given_to)
    return access, rules.spaced(text)


@transaction.atomic
def revoke_code(access: AccessCode, *, by: Person, at: datetime) -> None:
    """Let a code let nothing in any more; what it let in before stays."""
    lock(access)
    rules.check_revocation(access)

    access.revoked_at = at
    access.save(update_fields=["revoked_at"])

    journal.record("access.revoked", about=access, by=by, at=at)


@transaction.atomic
def enter_code(
    call: Call, text: str, dossier: Dossier | None, *, by: Person, at: datetime
) -> Dossier:
    """Let a draft be written again after the closing, or begin one; no use is spent."""
    rules.check_needed(call, at=at)
    access = rules.check_code(code_typed(call, text), dossier, at=at)
    if dossier is None:
        dossier = begin(call, by=by, at=at)
    else:
        lock(dossier)
        check_holder(part_of(dossier, by))
        check_draft(dossier)

    dossier.access_code = access
    dossier.save(update_fields=["access_code"])

    journal.record("access.entered", about=dossier, by=by, at=at)
    return dossier
