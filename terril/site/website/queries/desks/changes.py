"""What changed of late, among what one may see."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from terril.site.commons.addresses import address
from terril.site.commons.journal import lines_since
from terril.site.commons.models import JournalEntry
from terril.site.commons.verbs import words_of
from terril.site.people.models import Person
from terril.site.people.roles import Role
from terril.site.programme.models import Dossier
from terril.site.programme.queries import dossiers_seen_by
from terril.site.website.navigation import dossier_address
from terril.site.website.rules.changes import may_read

# Nobody's visits are recorded: what is recent is the same for everyone.
RECENT = timedelta(days=14)
READ, SHOWN = 400, 10


@dataclass(frozen=True)
class Change:
    """Something that happened to a dossier one may see."""

    at: datetime
    words: str
    dossier: Dossier
    url: str


def changes(person: Person, role: Role, *, at: datetime) -> list[Change]:
    """Return what happened in the last days to what the person may see."""
    lines = lines_since(at - RECENT, about=Dossier._meta.label_lower, count=READ)
    keys = {line.about.partition("/")[2] for line in lines}
    seen = dossiers_seen_by(person, role).filter(pk__in=keys)
    by_address = {address(dossier): dossier for dossier in seen}
    found = [
        _change(line, by_address[line.about], role)
        for line in lines
        if line.about in by_address and may_read(role, line.verb)
    ]
    return found[:SHOWN]


def _change(line: JournalEntry, dossier: Dossier, role: Role) -> Change:
    url = dossier_address(dossier, role)
    return Change(line.at, words_of(line.verb), dossier, url)
