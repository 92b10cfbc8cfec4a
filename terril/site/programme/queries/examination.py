"""The list of an edition's dossiers as the team reads it: few queries, light rows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy

from terril.site.commons.memory import remembered
from terril.site.commons.text import fold
from terril.site.programme.models import Answer, Call, Dossier
from terril.site.programme.queries.entries import Entry, Row, dossiers_of, entries
from terril.site.programme.queries.readers import Reader

S = Dossier.Status
HEADS = (
    {"key": "receipt", "label": gettext_lazy("No.")},
    {"key": "title", "label": gettext_lazy("Project")},
    {"key": "state", "label": gettext_lazy("State")},
    {"key": "theme", "label": gettext_lazy("Theme")},
    {"key": "commune", "label": gettext_lazy("Commune")},
    {"key": "holder", "label": gettext_lazy("Holder")},
    {"key": "submitted", "label": gettext_lazy("Handed in")},
)
WAY: list[str] = list(S.values)
# As the eye sorts: É with E, states in the order of the way.
SORTS: dict[str, Callable[[Entry], Any]] = {
    "receipt": lambda entry: entry.row.receipt,
    "title": lambda entry: fold(entry.row.title),
    "state": lambda entry: WAY.index(entry.row.state),
    "theme": lambda entry: fold(entry.row.theme),
    "commune": lambda entry: entry.commune_as_sorted,
    "holder": lambda entry: entry.holder_as_sorted,
    "submitted": lambda entry: entry.row.submitted_at,
}


@dataclass(frozen=True)
class Filters:
    """What the address of the list asks for."""

    words: str = ""
    state: str = ""
    theme: str = ""
    commune: str = ""
    sort: str = ""

    @property
    def order(self) -> str:
        name = self.sort.removeprefix("-")
        return name if name in SORTS else "receipt"

    @property
    def is_narrowing(self) -> bool:
        return bool(self.state or self.theme or self.commune)

    @property
    def is_backwards(self) -> bool:
        return self.sort.startswith("-")


@dataclass(frozen=True)
class Listed:
    """What a reader may see of an edition, before it is narrowed."""

    call: Call
    by: Reader
    # Changes with all that the list says, but for what only the journal tells.
    key: str

    @property
    def entries(self) -> list[Entry]:
        """Every dossier the reader may see, read once until something happens."""
        return remembered(self.key, partial(entries, self.call, self.by))

    @property
    def communes(self) -> list[tuple[str, str]]:
        """The communes of the dossiers, for the filter."""
        known = {
            (entry.commune_as_sorted, entry.commune, entry.row.commune)
            for entry in self.entries
            if entry.commune
        }
        return [(code, name) for _, code, name in sorted(known)]


@dataclass(frozen=True)
class Edition:
    """An edition as the team works on it."""

    call: Call
    rows: list[Row]
    total: int


def listed(call: Call, by: Reader) -> Listed:
    """Return the list of an edition as a reader may see it.

    All that a row says leaves a line in the journal, but for the answers of a
    dossier that its holder is completing: those are counted in the key.
    """
    role = by.role.key if by.role else ""
    key = f"edition/{call.pk}/{by.person.pk}/{role}/{_last_answer(call)}"
    return Listed(call, by, key)


def edition(found: Listed, filters: Filters) -> Edition:
    """Return the list, filtered and sorted, in a number of queries that is constant."""
    seen = found.entries
    kept = [entry for entry in seen if _answers(entry, filters)]
    if filters.words:
        named = _named(dossiers_of(found.call, found.by), filters.words)
        kept = [entry for entry in kept if entry.pk in named]
    kept.sort(key=SORTS[filters.order], reverse=filters.is_backwards)
    return Edition(found.call, [entry.row for entry in kept], len(seen))


def _last_answer(call: Call) -> float:
    written = Answer.objects.filter(
        dossier__call=call, dossier__status=S.TO_COMPLETE
    ).aggregate(last=Max("updated_at"))
    return float(written["last"].timestamp()) if written["last"] else 0


def _answers(entry: Entry, filters: Filters) -> bool:
    if not filters.is_narrowing:
        return True
    asked = (filters.state, filters.theme, filters.commune)
    said = (entry.row.state, entry.theme, entry.commune)
    return all(not one or one == other for one, other in zip(asked, said, strict=True))


def _named(found: QuerySet[Dossier], words: str) -> set[int]:
    for word in fold(words).split():
        found = found.filter(
            Q(search_text__contains=word)
            | Q(receipt__icontains=word)
            | Q(code__icontains=word)
            | Q(organisation__search_name__contains=word)
        )
    return set(found.values_list("pk", flat=True))
