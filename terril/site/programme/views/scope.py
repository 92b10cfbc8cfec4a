"""What every view of a dossier needs: the dossier if one may see it, and the instant."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from terril.site.people.access import SignedRequest
from terril.site.programme.models import Dossier
from terril.site.programme.queries.dossiers import dossiers_seen_by

MINE = ("holder", "collaborator")


def seen(request: SignedRequest, code: str) -> Dossier:
    """Return a dossier that the person may see in their role; others are not there."""
    return get_object_or_404(dossiers_seen_by(request.user, request.role), code=code)


def bare(request: SignedRequest, code: str) -> Dossier:
    """Return the same without what stands beside it: the action reads under its lock."""
    visible = dossiers_seen_by(request.user, request.role).select_related(None)
    return get_object_or_404(visible, code=code)


def received_at(request: HttpRequest) -> datetime:
    """Return the instant at which the whole request had arrived, by our clock."""
    # Reading the form waits for its last byte; the clock is read after it.
    len(request.POST)
    return timezone.now()


def tabs_of(dossier: Dossier, here: str) -> list[dict[str, object]]:
    """Return the tabs of a dossier, one of them being the page."""
    names = {
        "dossier": _("Summary"),
        "dossier_content": _("Content of the dossier"),
        "dossier_letters": _("Letters"),
        "dossier_history": _("History"),
    }
    return [
        {"name": name, "url": reverse(key, args=[dossier.code]), "is_here": key == here}
        for key, name in names.items()
    ]
