"""The stamp of public pages: it changes when something happened, or by the calendar."""

from django.utils import timezone

from terril.site.commons import journal
from terril.site.programme.queries import boundaries_passed


def stamp() -> str:
    """Return the head of the journal, the day, and how many instants have passed."""
    now = timezone.now()
    _, digest = journal.head()
    return f"{digest}|{timezone.localdate(now)}|{boundaries_passed(now)}"
