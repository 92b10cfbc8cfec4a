"""Rows of the list of an edition, drawn once for each thing they say."""

from collections.abc import Iterable
from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from terril.site.programme.queries.entries import Row


def table_rows(rows: Iterable[Row]) -> SafeString:
    """Return the body of the table."""
    start, language = reverse("team_dossiers"), get_language() or "fr"
    # Each row is a safe piece drawn by a template: only safe pieces are joined.
    return SafeString("".join(_drawn(row, start, language) for row in rows))


@lru_cache(maxsize=4000)
def _drawn(row: Row, start: str, language: str) -> SafeString:  # noqa: ARG001 -- part of what is drawn
    # A row is kept by all that it says, so what is kept is never out of date.
    return render_to_string("programme/_row.html", {"row": row, "start": start})
