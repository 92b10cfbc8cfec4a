"""The journal as somebody may read it."""

from django.db.models import QuerySet

from terril.site.commons.models import JournalEntry
from terril.site.people.models import Person
from terril.site.people.queries import journal_lines
from terril.site.programme.queries.secrecy import kept_from


def lines_read_by(
    person: Person, *, verb: str = "", about: str = ""
) -> QuerySet[JournalEntry]:
    """Return the lines, newest first, but those that a candidate may not read yet."""
    found = journal_lines(verb=verb, about=about)
    return found.exclude(about__in=kept_from(person))
