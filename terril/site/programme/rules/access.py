"""When a code may be given, and what it lets in after the closing."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from terril.site.commons.errors import Refused
from terril.site.programme.models import AccessCode, Call, Dossier

MOST_USES = 50
# 31 letters and figures: about 59 bits, beyond guessing at ten tries an hour.
LENGTH = 12


class AccessNotGiven(Refused):
    """A code cannot be made like this."""


class AccessNotNeeded(Refused):
    """The call is not closed: nobody needs a code."""


class AccessRefused(Refused):
    """The code lets nothing in: unknown, used up, expired, revoked, for another."""

    def __init__(self) -> None:
        # One sentence for all, so that trying teaches nothing about codes.
        super().__init__(
            _("This code does not let this dossier in."),
            next_step=_(
                "Check each character. A code serves one call, sometimes one dossier,"
                " for some deposits until an instant; the team can give another."
            ),
        )


@dataclass(frozen=True)
class AccessDraft:
    """What an agent decides of a code before it is made."""

    uses: int
    ends_at: datetime
    given_to: str = ""
    dossier: Dossier | None = None


def digest_of(text: str) -> str:
    """Return what is kept of a code, however it was typed: with hyphens, in capitals."""
    bare = re.sub(r"[^0-9A-Z]", "", text.upper())
    return hashlib.sha256(bare.encode()).hexdigest()


def spaced(text: str) -> str:
    """Write a code in groups of four, as it is read out."""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def check_new_code(call: Call, draft: AccessDraft, *, at: datetime) -> None:
    """Refuse a code for a call that never closes, or one that would let nothing in."""
    closes_at = call.closes_at if call.published_at else None
    if closes_at is None:
        raise AccessNotGiven(
            _("This call is not published with a closing: a code would open nothing."),
            next_step=_("Publish it first."),
        )
    faults = {
        _("A code ends after the closing of the call, and in the future."): (
            draft.ends_at <= max(closes_at, at)
        ),
        _("A code allows one deposit at least, fifty at most."): not (
            1 <= draft.uses <= MOST_USES
        ),
        _("The dossier that a code names is a draft of the same call."): (
            not _is_draft_of(draft.dossier, call)
        ),
    }
    for sentence, holds in faults.items():
        if holds:
            raise AccessNotGiven(sentence, next_step=_("Correct it, then try again."))


def check_revocation(access: AccessCode) -> None:
    """Refuse to revoke a code twice."""
    if access.revoked_at:
        raise AccessNotGiven(
            _("This code is revoked already."), next_step=_("It lets nothing in.")
        )


def check_needed(call: Call, *, at: datetime) -> None:
    """Refuse to take a code while the call takes dossiers, or before it does."""
    if not call.closes_at or at <= call.closes_at:
        raise AccessNotNeeded(
            _("This call is not closed: no code is needed."),
            next_step=_("Open a dossier on the page of the call."),
        )


def check_code(
    access: AccessCode | None, dossier: Dossier | None, *, at: datetime
) -> AccessCode:
    """Return the code that lets a dossier in, a new one if none is named, or refuse."""
    if access is None or not access.lets_in(at):
        raise AccessRefused
    if access.dossier_id and (dossier is None or dossier.pk != access.dossier_id):
        raise AccessRefused
    return access


def is_let_in(dossier: Dossier, *, at: datetime) -> bool:
    """Tell whether a draft may be written and handed in: by its call, or by a code."""
    if dossier.call.is_open(at):
        return True
    return bool(dossier.access_code and dossier.access_code.lets_in(at))


def needs_code(dossier: Dossier, *, at: datetime) -> bool:
    """Tell whether a deposit would be a use of the code entered for a dossier."""
    return dossier.access_code_id is not None and not dossier.call.is_open(at)


def check_pass(dossier: Dossier, *, at: datetime) -> None:
    """Refuse a dossier whose code lets it in no more."""
    if needs_code(dossier, at=at) and not is_let_in(dossier, at=at):
        raise AccessRefused


def _is_draft_of(dossier: Dossier | None, call: Call) -> bool:
    if dossier is None:
        return True
    is_draft = dossier.status == Dossier.Status.DRAFT
    return is_draft and dossier.call_id == call.pk
