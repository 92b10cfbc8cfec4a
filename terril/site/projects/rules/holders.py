"""Who holds a project, in words that name no person."""

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Sentence

# A dossier handed in here without an organisation is an inhabitant's or a group's.
WITHOUT_ORGANISATION: Sentence = _("an inhabitant or a group, without an organisation")
ORGANISATION, NO_ORGANISATION = "structure", "sans_structure"


def holder_in_words(organisation: str | None, *, is_decided_here: bool) -> str:
    """Return the organisation, that there is none, or nothing when it is not known."""
    if organisation:
        return organisation
    return str(WITHOUT_ORGANISATION) if is_decided_here else ""


def holder_kind(organisation: str | None, *, is_decided_here: bool) -> str | None:
    """Return the same as a lasting word of open data."""
    if organisation:
        return ORGANISATION
    return NO_ORGANISATION if is_decided_here else None
