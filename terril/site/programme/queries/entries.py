"""The entries of an edition's list: each dossier as a reader may see it, in light rows."""

from collections import defaultdict
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from terril.site.commons.templatetags.format import day
from terril.site.programme.models import (
    AnalysisReport,
    Call,
    CompletionRequest,
    Dossier,
    DossierMember,
    Opinion,
)
from terril.site.programme.queries.dossiers import dossiers_seen_by
from terril.site.programme.queries.readers import Reader
from terril.site.programme.regimes import RegimeText
from terril.site.programme.rules.dossiers import state_label, told
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


class Entry(NamedTuple):
    """A row, and what it is found and sorted by."""

    row: Row
    pk: int
    theme: str
    commune: str
    commune_as_sorted: str
    holder_as_sorted: str


def dossiers_of(call: Call, by: Reader) -> QuerySet[Dossier]:
    """Return the dossiers of an edition that a reader may see."""
    return dossiers_seen_by(by.person, by.role).filter(call=call)


def entries(call: Call, by: Reader) -> list[Entry]:
    """Return the list whole, in a number of queries that is constant."""
    notes = _Notes(call, by)
    lines = dossiers_of(call, by).order_by("receipt").values_list(*COLUMNS, named=True)
    return [
        Entry(
            _row(line, notes),
            line.pk,
            line.theme,
            line.commune__code or "",
            line.commune__search_name or "",
            line.organisation__search_name or "",
        )
        for line in lines
    ]


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
        self.waiting = {key: str(words) for key, words in WAITING.items()}
        self.themes = {key: str(name) for key, name in THEMES.items()}

    def missing(self, line: Any) -> str:
        """Say what a dossier waits for, from whoever must give it."""
        if line.status == S.TO_COMPLETE:
            return self._completion(line.pk)
        if line.status == S.EXAMINATION:
            return self._silent(line.pk)
        return self.waiting.get(told(line.status, self.role), "")

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


@lru_cache(maxsize=4000)
def _short_day(at: datetime) -> str:
    return day(at, "short")


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
        _short_day(submitted) if submitted else "",
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
