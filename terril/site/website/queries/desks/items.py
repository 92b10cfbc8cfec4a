"""The lines of a desk, and how things become lines."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

from terril.site.people.roles import AGENT
from terril.site.programme.models import Dossier
from terril.site.website.navigation import dossier_address

Words = str | Promise
SHOWN = 8


@dataclass(frozen=True)
class Item:
    """One line: what, since when, and where it is done."""

    what: Words
    url: str
    why: Words = ""
    since: date | datetime | None = None
    due: date | datetime | None = None
    is_late: bool = False
    is_example: bool = False


@dataclass(frozen=True)
class Section:
    """Lines of one kind, with their number; not all are shown."""

    title: Words
    count: int
    items: list[Item]
    url: str = ""

    @property
    def hidden_count(self) -> int:
        return self.count - len(self.items)


@dataclass(frozen=True)
class Number:
    """A number an observer reads, and what it counts."""

    value: int
    label: Words


@dataclass(frozen=True)
class Work:
    """What a role has before it: to do, waiting for others, in numbers."""

    today: list[Section] = field(default_factory=list)
    waiting: list[Section] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)


def section(title: Words, items: Iterable[Item], url: str = "") -> Section:
    """Gather lines under a title."""
    kept = list(items)
    return Section(title, len(kept), kept[:SHOWN], url)


def name_of(dossier: Dossier) -> str:
    return f"{dossier.receipt} · {dossier}" if dossier.receipt else str(dossier)


def examined(dossier: Dossier, why: Words = "") -> Item:
    """Return the line of a dossier for those who examine it, since its deposit."""
    return Item(
        name_of(dossier),
        dossier_address(dossier, AGENT),
        why,
        since=dossier.submitted_at,
        is_example=dossier.is_example,
    )
