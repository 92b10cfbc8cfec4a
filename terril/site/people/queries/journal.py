"""The journal as it is read: lines hold addresses, names come by looking up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from terril.site.commons.addresses import address
from terril.site.commons.journal import Verdict
from terril.site.commons.models import JournalEntry
from terril.site.commons.verbs import words_of
from terril.site.people.models import Person
from terril.site.people.roles import role_in_words

ROLE_VERBS = ("role.granted", "role.ended")
# Why a chain breaks, in the words of `commons.journal`.
REASONS = {
    "a line is missing": _("A line is missing before this one."),
    "the line does not follow the one before": _(
        "This line does not follow the one before: it was moved or replaced."
    ),
    "the line was changed": _("What this line says was changed."),
    "the note of the line was changed": _("The note of this line was changed."),
    "lines are missing at the end": _("Lines were removed at the end."),
    "the printed head is not in the chain": _(
        "The printed digest is in no line of the chain."
    ),
}


@dataclass(frozen=True)
class Named:
    """An address and what is called so today, if it still is."""

    address: str
    thing: Model | None

    def __str__(self) -> str:
        return str(self.thing) if self.thing else self.address


@dataclass(frozen=True)
class JournalLine:
    """One line of the journal, readable."""

    number: int
    at: datetime
    verb: str
    words: str
    about: Named
    by: Named
    note: str
    digest: str

    @property
    def subject(self) -> str:
        """What the line is about, with its note when it has one."""
        return f"{self.about}, {self.note}" if self.note else str(self.about)


def journal_lines(*, verb: str = "", about: str = "") -> QuerySet[JournalEntry]:
    """Return the lines, newest first, of one verb or about one address."""
    found = JournalEntry.objects.select_related("note").order_by("-number")
    if verb:
        found = found.filter(verb=verb)
    if about.strip():
        wanted = about.strip()
        found = found.filter(Q(about=wanted) | Q(by=wanted))
    return found


def reason_of(verdict: Verdict) -> str:
    """Return in words why the chain breaks."""
    return str(REASONS.get(verdict.reason, verdict.reason))


def lines_about(thing: Model) -> QuerySet[JournalEntry]:
    return journal_lines(about=address(thing))


def lines_of(entries: Iterable[JournalEntry]) -> list[JournalLine]:
    """Give names to lines, with one query for each kind of thing they speak of."""
    kept = list(entries)
    things = _things({one for line in kept for one in (line.about, line.by)})
    return [
        JournalLine(
            line.number,
            line.at,
            line.verb,
            words_of(line.verb),
            Named(line.about, things.get(line.about)),
            Named(line.by, things.get(line.by)),
            _note(line),
            line.digest,
        )
        for line in kept
    ]


def recorded_verbs() -> list[tuple[str, str]]:
    """Return the verbs that the journal holds, with their words."""
    verbs = JournalEntry.objects.order_by("verb").values_list("verb", flat=True)
    return sorted(
        ((verb, words_of(verb)) for verb in verbs.distinct()), key=lambda one: one[1]
    )


def personal_lines(person: Person, count: int = 20) -> list[JournalLine]:
    """Return the latest lines by a person or about them."""
    return lines_of(lines_about(person)[:count])


def directory_lines(person: Person, count: int = 20) -> list[JournalLine]:
    """Return the same for others to read: what was done to people, not to dossiers."""
    return lines_of(lines_about(person).filter(about__startswith="people.")[:count])


def _things(addresses: set[str]) -> dict[str, Model]:
    keys: dict[str, list[int]] = defaultdict(list)
    for one in addresses:
        label, _slash, key = one.partition("/")
        if key.isdigit():
            keys[label].append(int(key))
    return {
        f"{label}/{pk}": thing
        for label, pks in keys.items()
        for pk, thing in _bulk(label, pks).items()
    }


def _bulk(label: str, keys: list[int]) -> dict[int, Model]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return {}
    # Names are often made of a parent's name: take the parents along.
    return dict(model.objects.select_related().in_bulk(keys))


def _note(line: JournalEntry) -> str:
    note = getattr(line, "note", None)
    if note is None:
        return ""
    # The notes of roles are keys: `member:experts`.
    role, _colon, committee = note.text.partition(":")
    return role_in_words(role, committee) if line.verb in ROLE_VERBS else note.text
