"""The list of an edition's dossiers as the team reads it: few queries, light rows."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from terril.site.commons.templatetags.format import day
from terril.site.commons.text import fold
from terril.site.programme.models import (
    AnalysisReport,
    Call,
    CompletionRequest,
    Dossier,
    DossierMember,
    Opinion,
)
from terril.site.programme.queries.dossiers import dossiers_seen_by
from terril.site.programme.queries.readers import Reader, state_label, told
from terril.site.programme.regimes import RegimeText
from terril.site.programme.rules.editions import regime_of
from terril.site.programme.themes import THEMES

S = Dossier.Status
WAITING: dict[str, str | Promise] = {
    S.SUBMITTED: gettext_lazy("ruling on admissibility"),
    S.ADMISSIBLE: gettext_lazy("examination"),
    S.DELIBERATION: gettext_lazy("decision"),
}
COLUMNS = (
    "pk",
    "code",
    "receipt",
    "title",
    "status",
    "theme",
    "commune__code",
    "commune__name",
    "commune__search_name",
    "organisation__name",
    "organisation__search_name",
    "submitted_at",
    "is_example",
)
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
SORTS: dict[str, Callable[[Any], Any]] = {
    "receipt": lambda line: line.receipt,
    "title": lambda line: fold(line.title),
    "state": lambda line: WAY.index(line.status),
    "theme": lambda line: fold(str(THEMES.get(line.theme, ""))),
    "commune": lambda line: line.commune__search_name or "",
    "holder": lambda line: line.organisation__search_name or "",
    "submitted": lambda line: line.submitted_at,
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
    def is_backwards(self) -> bool:
        return self.sort.startswith("-")


class Row(NamedTuple):
    """One dossier of the list, ready to be printed."""

    code: str
    receipt: str
    title: str
    state: str
    state_label: str
    theme: str
    commune: str
    holder: str
    contact: str
    submitted_at: datetime | None
    submitted: str
    missing: str
    given: int
    expected: int
    is_example: bool


@dataclass(frozen=True)
class Listed:
    """What a reader may see of an edition, before it is narrowed."""

    call: Call
    by: Reader
    lines: list[Any]

    @property
    def communes(self) -> list[tuple[str, str]]:
        """The communes of the dossiers, for the filter."""
        known = {
            (line.commune__search_name, line.commune__code, line.commune__name)
            for line in self.lines
            if line.commune__code
        }
        return [(code, name) for _, code, name in sorted(known)]


@dataclass(frozen=True)
class Edition:
    """An edition as the team works on it."""

    call: Call
    rows: list[Row]
    total: int


def dossiers_of(call: Call, by: Reader) -> QuerySet[Dossier]:
    """Return the dossiers of an edition that a reader may see."""
    return dossiers_seen_by(by.person, by.role).filter(call=call)


def listed(call: Call, by: Reader) -> Listed:
    """Return every dossier of an edition that a reader may see, in one query."""
    seen = dossiers_of(call, by).order_by("receipt")
    return Listed(call, by, list(seen.values_list(*COLUMNS, named=True)))


def edition(found: Listed, filters: Filters) -> Edition:
    """Return the list, filtered and sorted, in a number of queries that is constant."""
    lines = [line for line in found.lines if _answers(line, filters)]
    if filters.words:
        named = _named(dossiers_of(found.call, found.by), filters.words)
        lines = [line for line in lines if line.pk in named]
    notes = _Notes(found.call, found.by)
    lines.sort(key=SORTS[filters.order], reverse=filters.is_backwards)
    return Edition(found.call, [_row(line, notes) for line in lines], len(found.lines))


def _answers(line: Any, filters: Filters) -> bool:
    asked = (filters.state, filters.theme, filters.commune)
    said = (line.status, line.theme, line.commune__code)
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


class _Notes:
    """What is known of each dossier beside its own row, read once for the list."""

    def __init__(self, call: Call, by: Reader) -> None:
        self.committees = _names(call, by)
        self.role = by.role
        self.given: dict[int, set[str]] = defaultdict(set)
        opinions = Opinion.objects.filter(dossier__call=call).order_by()
        for dossier, committee in opinions.values_list("dossier_id", "committee"):
            if committee in self.committees:
                self.given[dossier].add(committee)
        asked = CompletionRequest.objects.filter(dossier__call=call, answered_at=None)
        self.due = dict(asked.order_by().values_list("dossier_id", "due_on"))
        finished = AnalysisReport.objects.filter(
            dossier__call=call, finished_at__isnull=False
        )
        self.reported = set(finished.order_by().values_list("dossier_id", flat=True))
        self.contacts = _contacts(call)
        self.states = {key: state_label(key, by.role) for key in S.values}
        self.themes = {key: str(name) for key, name in THEMES.items()}

    def missing(self, line: Any) -> str:
        """Say what a dossier waits for, from whoever must give it."""
        if line.status == S.TO_COMPLETE:
            return self._completion(line.pk)
        if line.status == S.EXAMINATION:
            return self._silent(line.pk)
        return str(WAITING.get(told(line.status, self.role), ""))

    def _completion(self, dossier: int) -> str:
        due = self.due.get(dossier)
        if not due:
            return _("completion")
        return _("completion, due %(day)s") % {"day": day(due, "short")}

    def _silent(self, dossier: int) -> str:
        if dossier not in self.reported:
            return _("analysis report")
        given = self.given[dossier]
        return ", ".join(
            name for key, name in self.committees.items() if key not in given
        )


def _row(line: Any, notes: _Notes) -> Row:
    submitted = line.submitted_at
    return Row(
        line.code,
        line.receipt or "",
        line.title,
        told(line.status, notes.role),
        notes.states[line.status],
        notes.themes.get(line.theme, ""),
        line.commune__name or "",
        line.organisation__name or "",
        notes.contacts.get(line.pk, ""),
        submitted,
        day(submitted, "short") if submitted else "",
        notes.missing(line),
        len(notes.given[line.pk]),
        len(notes.committees),
        line.is_example,
    )


def _names(call: Call, by: Reader) -> dict[str, str]:
    regime = _regime(call)
    shown = by.committees
    return {
        one.key: str(one)
        for one in (regime.committees if regime else [])
        if shown is None or one.key in shown
    }


def _regime(call: Call) -> RegimeText | None:
    return regime_of(call) if call.regime else None


def _contacts(call: Call) -> dict[int, str]:
    holders = DossierMember.objects.filter(
        dossier__call=call, part=DossierMember.Part.HOLDER
    )
    names = holders.order_by("-since", "-pk").values_list(
        "dossier_id", "person__given_name", "person__family_name"
    )
    # The first to hold a dossier comes last here, and stays.
    return {pk: f"{given} {family}".strip() for pk, given, family in names}
