"""What changed of late, among what one may see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from terril.site.commons.addresses import address
from terril.site.commons.journal import lines_since
from terril.site.commons.verbs import words_of
from terril.site.people.models import Person
from terril.site.people.queries import lines_of
from terril.site.people.roles import ADMINISTRATOR, Role
from terril.site.programme.queries import dossiers_seen_by
from terril.site.website.navigation import dossier_address
from terril.site.website.rules.changes import may_read

# Nobody's visits are recorded: what is recent is the same for everyone.
RECENT = timedelta(days=14)
READ, SHOWN = 400, 10
DOSSIERS, PEOPLE = "programme.dossier/", "people."


@dataclass(frozen=True)
class Change:
    """Something that happened to a thing one may see."""

    at: datetime
    words: str
    name: str
    url: str


def changes(person: Person, role: Role, *, at: datetime) -> list[Change]:
    """Return what happened in the last days to what the person may see."""
    if role == ADMINISTRATOR:
        return _about_people(at)
    lines = lines_since(at - RECENT, about=DOSSIERS, count=READ)
    keys = {line.about.removeprefix(DOSSIERS) for line in lines}
    seen = dossiers_seen_by(person, role).filter(pk__in=keys)
    by_address = {address(dossier): dossier for dossier in seen}
    found = [
        Change(
            line.at,
            words_of(line.verb),
            str(by_address[line.about]),
            dossier_address(by_address[line.about], role),
        )
        for line in lines
        if line.about in by_address and may_read(role, line.verb)
    ]
    # Two lines may say one thing: what happened, and that it was told.
    return list(dict.fromkeys(found))[:SHOWN]


def _about_people(at: datetime) -> list[Change]:
    lines = lines_since(at - RECENT, about=PEOPLE, count=SHOWN)
    return [
        Change(
            line.at,
            line.words,
            str(line.about),
            f"{reverse('journal')}?{urlencode({'about': line.about.address})}",
        )
        for line in lines_of(lines)
    ]
