"""The journal as somebody may read it."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import QuerySet

from terril.site.commons.models import JournalEntry, Letter
from terril.site.people.models import Person
from terril.site.people.queries import JournalLine, journal_lines, lines_of
from terril.site.programme.models import Dossier
from terril.site.programme.queries.letters import about_drafts
from terril.site.programme.queries.secrecy import kept_from

# Their notes are names of files: they are for those who may open the dossier.
FILES = ("document.added", "document.removed")


def lines_read_by(
    person: Person, *, verb: str = "", about: str = ""
) -> QuerySet[JournalEntry]:
    """Return the lines, newest first, but those that a candidate may not read yet."""
    found = journal_lines(verb=verb, about=about)
    return found.exclude(about__in=kept_from(person))


def lines_told(entries: Iterable[JournalEntry]) -> list[JournalLine]:
    """Give names to lines, but those that belong to whoever writes a dossier.

    Administrators open no dossier: they read no name of a file, and a dossier that
    was never handed in keeps its address for a name, as do the letters about it.
    """
    lines = lines_of(entries)
    drafts = _drafts(lines)
    return [_discreet(line, is_draft=line.about.address in drafts) for line in lines]


def _drafts(lines: list[JournalLine]) -> set[str]:
    things = {line.about.address: line.about.thing for line in lines}
    letters = [one.pk for one in things.values() if isinstance(one, Letter)]
    told = Letter.objects.filter(about_drafts(), pk__in=letters) if letters else []
    hidden = {letter.pk for letter in told}
    return {
        where
        for where, thing in things.items()
        if (isinstance(thing, Dossier) and thing.submitted_at is None)
        or (isinstance(thing, Letter) and thing.pk in hidden)
    }


def _discreet(line: JournalLine, *, is_draft: bool) -> JournalLine:
    if is_draft:
        return replace(line, about=replace(line.about, thing=None), note="")
    return replace(line, note="") if line.verb in FILES else line
