"""What a dossier can be found by."""

from terril.site.commons.text import fold
from terril.site.programme.models import Dossier


def search_text_of(dossier: Dossier) -> str:
    """Return everything a dossier can be found by, folded."""
    words = (
        dossier.receipt or "",
        dossier.code,
        dossier.title,
        dossier.get_theme_display() if dossier.theme else "",
        dossier.commune.name if dossier.commune else "",
        dossier.organisation.name if dossier.organisation else "",
        dossier.summary,
    )
    return fold(" ".join(str(word) for word in words))
