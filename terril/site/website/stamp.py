"""The stamp of public pages: it changes when something happened, or by the calendar."""

import hashlib
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from terril.site.commons import journal
from terril.site.programme.queries import Boundaries, boundaries

SHOWN = ("*.py", "*.html", "*.css", "*.js", "*.svg", "*.typ", "*.mo")


def stamp() -> str:
    """Return the head of the journal, the day, and how many instants have passed."""
    now = timezone.now()  # noqa: TID251 -- the pages of strangers read the clock here
    _, digest = journal.head()
    passed = boundaries_at(digest).passed(now)
    return f"{digest}|{timezone.localdate(now)}|{passed}|{version()}"


@lru_cache(maxsize=1)
def boundaries_at(digest: str) -> Boundaries:  # noqa: ARG001 -- says when to ask again
    """Return when calls open and close, asked again once something happened."""
    return boundaries()


@cache
def version() -> str:
    """Return what changes when the program or its settings do.

    Pages kept by browsers must not outlive the program that drew them.
    """
    site = Path(__file__).resolve().parent.parent
    files = [file for kind in SHOWN for file in site.rglob(kind)]
    last = max(file.stat().st_mtime_ns for file in files)
    shown = [last, len(files), settings.SITE_URL, settings.DEMO, settings.TERRITORY]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]
