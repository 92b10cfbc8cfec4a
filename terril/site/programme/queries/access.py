"""Reads about codes: those of a call, the one behind what was typed, whose drafts."""

from django.db.models import QuerySet

from terril.site.people.models import Person
from terril.site.programme.models import AccessCode, Call, Dossier, DossierMember
from terril.site.programme.rules.access import digest_of

DRAFT = Dossier.Status.DRAFT


def codes_of(call: Call) -> QuerySet[AccessCode]:
    """Return the codes of a call, the last made first."""
    return call.access_codes.select_related("dossier", "made_by")


def code_typed(call: Call, text: str) -> AccessCode | None:
    """Return the code of a call that was typed, taken until the end of the action."""
    codes = AccessCode.objects.select_for_update()
    return codes.filter(call=call, digest=digest_of(text)).first()


def code_taken(dossier: Dossier) -> AccessCode:
    """Return the code entered for a dossier, taken until the end of the action."""
    return AccessCode.objects.select_for_update().get(dossiers=dossier)


def draft_called(call: Call, code: str) -> Dossier | None:
    """Return the draft of a call that bears a code, which its holder gave."""
    return call.dossiers.filter(code=code.strip().upper(), status=DRAFT).first()


def drafts_held(person: Person, call: Call) -> QuerySet[Dossier]:
    """Return the drafts that a person may hand in to a call."""
    return call.dossiers.filter(
        status=DRAFT, members__person=person, members__part=DossierMember.Part.HOLDER
    )
