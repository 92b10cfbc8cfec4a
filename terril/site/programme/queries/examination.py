"""The list of an edition's dossiers as the team reads it: few queries, light rows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from terril.site.commons.templatetags.format import day
from terril.site.commons.text import fold
from terril.site.people import roles
from terril.site.people.models import Person
from terril.site.people.queries.desks import committees_of
from terril.site.people.roles import Role
from terril.site.programme.models import (
    AnalysisReport,
    Call,
    CompletionRequest,
    Dossier,
    DossierMember,
    Opinion,
)
from terril.site.programme.queries.dossiers import dossiers_seen_by
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
    "commune__name",
    "organisation__name",
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
SORTS = {
    "receipt": ["receipt"],
    "title": ["title"],
    "state": ["status", "receipt"],
    "theme": ["theme", "receipt"],
    "commune": ["commune__search_name", "receipt"],
    "holder": ["organisation__search_name", "receipt"],
    "submitted": ["submitted_at"],
}


@dataclass(frozen=True)
class Reader:
    """Who reads the list, and as what: it decides the rows and the opinions shown."""

    person: Person
    role: Role | None
    on: date

    @property
    def committees(self) -> frozenset[str] | None:
        """The committees whose opinions are shown; None means all of them."""
        if self.role == roles.MEMBER:
            return committees_of(self.person, on=self.on)
        return None if self.role in (roles.AGENT, roles.SECRETARY) else frozenset()

    def shows(self, committee: str) -> bool:
        return self.committees is None or committee in self.committees


@dataclass(frozen=True)
class Filters:
    """What the address of the list asks for."""

    words: str = ""
    state: str = ""
    theme: str = ""
    commune: str = ""
    sort: str = ""


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
class Edition:
    """An edition as the team works on it."""

    call: Call
    rows: list[Row]
    total: int


def told(status: str, role: Role | None) -> str:
    """Return the state a reader knows: deliberation is for those who prepare it."""
    is_inner = status == S.DELIBERATION and role not in (roles.AGENT, roles.SECRETARY)
    return S.EXAMINATION if is_inner else status


def state_label(status: str, role: Role | None) -> str:
    return str(S(told(status, role)).label)


def reader(person: Person, role: Role | None, at: datetime) -> Reader:
    return Reader(person, role, timezone.localdate(at))


def dossiers_of(call: Call, by: Reader) -> QuerySet[Dossier]:
    """Return the dossiers of an edition that a reader may see."""
    return dossiers_seen_by(by.person, by.role).filter(call=call)


def edition(call: Call, by: Reader, filters: Filters) -> Edition:
    """Return the list, filtered and sorted, in a number of queries that is constant."""
    seen = dossiers_of(call, by)
    found = _filtered(seen, filters).order_by(*_order(filters.sort))
    lines = list(found.values_list(*COLUMNS, named=True))
    notes = _Notes(call, by)
    return Edition(call, [_row(line, notes) for line in lines], seen.count())


def communes_of(call: Call, by: Reader) -> list[tuple[str, str]]:
    """Return the communes of the dossiers, for the filter."""
    seen = dossiers_of(call, by).exclude(commune=None)
    found = seen.order_by("commune__search_name").distinct()
    return list(found.values_list("commune__code", "commune__name"))


def _filtered(found: QuerySet[Dossier], filters: Filters) -> QuerySet[Dossier]:
    for word in fold(filters.words).split():
        found = found.filter(
            Q(search_text__contains=word)
            | Q(receipt__icontains=word)
            | Q(code__icontains=word)
            | Q(organisation__search_name__contains=word)
        )
    chosen = {
        "status": filters.state,
        "theme": filters.theme,
        "commune__code": filters.commune,
    }
    return found.filter(**{name: value for name, value in chosen.items() if value})


def _order(sort: str) -> list[str]:
    fields = SORTS.get(sort.removeprefix("-"), SORTS["receipt"])
    return [f"-{name}" for name in fields] if sort.startswith("-") else fields


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
