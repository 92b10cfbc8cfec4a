"""One box finds everything the reader may see, and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from terril.site.people.models import Person
from terril.site.people.queries.public import public_organisations
from terril.site.people.roles import Role
from terril.site.places import queries as places
from terril.site.programme.queries import dossiers_seen_by
from terril.site.programme.queries.maturing import projects_maturing
from terril.site.programme.queries.public import editions
from terril.site.programme.rules.dossiers import state_name
from terril.site.projects.queries import all_projects
from terril.site.website import navigation
from terril.site.website.rules import matching
from terril.site.website.rules.marking import extract, marked
from terril.site.website.rules.matching import Entry, Found, Index

Words = str | Promise
SHOWN = 6
KINDS: dict[str, Words] = {
    "dossier": _("Dossiers"),
    "project": _("Labelled projects"),
    "maturing": _("Projects to be matured"),
    "call": _("Calls"),
    "organisation": _("Organisations"),
    "place": _("Places"),
    "page": _("Pages of this site"),
}


@dataclass(frozen=True)
class Result:
    """One line of the answer, its words marked."""

    name: SafeString
    url: str
    note: str
    extract: SafeString
    is_example: bool


@dataclass(frozen=True)
class Group:
    """The answers of one kind; not all are shown at first."""

    kind: str
    title: Words
    count: int
    results: list[Result]

    @property
    def hidden_count(self) -> int:
        return self.count - len(self.results)


@dataclass(frozen=True)
class Answer:
    """What a search found, by kind."""

    query: str
    kind: str
    groups: list[Group]
    suggestions: list[str]

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def answer_to(
    query: str, *, person: Person | None, role: Role | None, kind: str = ""
) -> Answer:
    """Return what a reader may see that answers a query."""
    query = " ".join(query.split())[:200]
    if not matching.words_of(query):
        return Answer(query, "", [], [])
    index = Index.of(_entries(person, role))
    found = matching.search(index, query)
    shown = KINDS.keys() & {kind} or KINDS.keys()
    results = {one: _results(one, found, query) for one in KINDS if one in shown}
    limit = SHOWN if len(shown) > 1 else 200
    groups = [
        Group(one, KINDS[one], len(kept), kept[:limit])
        for one, kept in results.items()
        if kept
    ]
    near = [] if groups else matching.suggestions(index, query)
    return Answer(query, kind if kind in KINDS else "", groups, near)


def _results(kind: str, found: Iterable[Found], query: str) -> list[Result]:
    if kind == "place":
        return _places(query)
    return [
        Result(
            marked(one.entry.name, one.words),
            one.entry.url,
            one.entry.note,
            extract(one.entry.text, one.words),
            one.entry.is_example,
        )
        for one in found
        if one.entry.kind == kind
    ]


def _places(query: str) -> list[Result]:
    return [
        Result(
            marked(place.name, frozenset(matching.words_of(query))),
            place.get_absolute_url(),
            f"{place.get_level_display()} · {place.code}",
            SafeString(""),
            is_example=False,
        )
        for place in places.places_found(query)
        if place.get_absolute_url()
    ]


def _entries(person: Person | None, role: Role | None) -> Iterator[Entry]:
    yield from _projects()
    yield from _maturing()
    yield from _calls()
    yield from _organisations()
    yield from _pages()
    if person is not None:
        yield from _dossiers(person, role)


def _projects() -> Iterator[Entry]:
    for one in all_projects().select_related("call", "holder"):
        note = " · ".join(str(part) for part in (one.call, one.holder) if part)
        yield Entry(
            "project",
            one.name,
            one.get_absolute_url(),
            one.localised("summary"),
            note,
            f"{one.search_text} {note}",
            one.is_example,
        )


def _maturing() -> Iterator[Entry]:
    for one in projects_maturing():
        note = " · ".join(filter(None, (str(one.call), one.commune)))
        yield Entry(
            "maturing",
            one.name,
            one.url,
            note=note,
            extra=f"{one.number} {note}",
            is_example=one.is_example,
        )


def _calls() -> Iterator[Entry]:
    for one in editions():
        yield Entry(
            "call",
            str(one),
            one.get_absolute_url(),
            one.localised("summary"),
            one.years,
            is_example=one.is_example,
        )


def _organisations() -> Iterator[Entry]:
    for one in public_organisations():
        commune = str(one.commune or "")
        yield Entry(
            "organisation",
            one.name,
            one.get_absolute_url(),
            note=" · ".join(filter(None, (one.get_kind_display(), commune))),
            extra=f"{one.siren} {one.siret} {commune}",
            is_example=one.is_example,
        )


def _pages() -> Iterator[Entry]:
    for way in (*navigation.PUBLIC, *navigation.FOOTER):
        about = str(way.about)
        yield Entry("page", str(way.label), reverse(way.name), about, extra=about)


def _dossiers(person: Person, role: Role | None) -> Iterator[Entry]:
    for one in dossiers_seen_by(person, role):
        yield Entry(
            "dossier",
            one.title or one.code,
            navigation.dossier_address(one, role),
            one.summary,
            " · ".join(filter(None, (one.receipt, state_name(one, role)))),
            f"{one.code} {one.receipt or ''} {one.search_text}",
            one.is_example,
        )
