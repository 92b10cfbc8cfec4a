"""The register: narrowed, searched, sorted, cut in pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.core.paginator import Page
from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _

from terril.site.commons.memory import remembered
from terril.site.commons.paging import counted_page, page_of
from terril.site.people.models import Organisation
from terril.site.places.models import Place
from terril.site.programme.models import Call
from terril.site.programme.themes import THEMES
from terril.site.projects.models import Project
from terril.site.projects.rules import search
from terril.site.projects.rules.filters import SORTS, STATES, UNKNOWN, Filters

Words = str | Promise
Choice = tuple[str, Words]
COLUMNS = (
    "pk", "number", "slug", "name", "summary", "summary_en", "theme", "distinction",
    "state", "valid_until", "year", "is_example", "longitude", "latitude",
    "is_at_commune", "call__title", "call__title_en", "holder__name", "epci__name",
)  # fmt: skip
NEWEST_FIRST: list[str | Combinable] = [
    F("call__rank").desc(nulls_last=True),
    F("year").desc(nulls_last=True),
    "search_text",
]
ORDERS: dict[str, list[str | Combinable]] = {
    "": NEWEST_FIRST,
    "nom": ["search_text"],
    "ancien": [F("call__rank").asc(nulls_last=True), "search_text"],
}
LONGEST_TEXT = 240


@dataclass(frozen=True)
class Row:
    """One project as lists show it."""

    key: int
    number: str
    url: str
    name: str
    text: str
    theme: Words
    distinction: str
    state: str
    state_words: Words
    edition: str
    year: int | None
    holder: str
    places: str
    is_example: bool
    point: tuple[float, float] | None
    is_at_commune: bool

    @property
    def is_espoirs(self) -> bool:
        return self.distinction == Project.Distinction.ESPOIRS

    @property
    def is_standing(self) -> bool:
        return self.state == Project.State.LABELLED

    @property
    def meta(self) -> str:
        """Say where, when, on what and by whom, in one line."""
        parts = [self.places or _("place not known")]
        parts += [self.edition or _("edition not known"), str(self.theme), self.holder]
        return " · ".join(part for part in parts if part)

    @property
    def icon(self) -> str:
        if not self.is_standing:
            return "cone-ring"
        return "cone-half" if self.is_espoirs else "cone"

    @property
    def has_marks(self) -> bool:
        return self.is_example or self.is_espoirs or not self.is_standing


@dataclass(frozen=True)
class Options:
    """What each filter of the register offers."""

    themes: list[Choice]
    epcis: list[Choice]
    editions: list[Choice]
    states: list[Choice]
    years: list[Choice]
    distinctions: list[Choice]
    sorts: list[Choice]


@dataclass(frozen=True)
class RegisterPage:
    """A page of the register and all that surrounds it."""

    page: Page[Any]
    rows: list[Row]
    filters: Filters
    examples: int

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def options(self) -> Options:
        """Return what the filters offer; asked for only when they are drawn."""
        return remembered("register.options", options)


def register_page(filters: Filters, asked: str, *, on: date) -> RegisterPage:
    """Return a page of the register, as of a day; a search puts the best first."""
    if filters.folded:
        # Words are endless: what they find is not worth the room.
        return _search_page(filters, asked, on)
    name = f"register.page|{filters.query}|{asked}"
    return remembered(name, lambda: _register_page(filters, asked, on))


def _register_page(filters: Filters, asked: str, on: date) -> RegisterPage:
    found = _narrowed(filters, on)
    count, examples = _counts(found)
    page = counted_page(found.order_by(*ORDERS[filters.sort]), asked, count)
    shown = cast("QuerySet[Project]", page.object_list)
    return RegisterPage(page, rows_of(shown, on=on), filters, examples)


def _search_page(filters: Filters, asked: str, on: date) -> RegisterPage:
    keys = _sorted(_matching(_narrowed(filters, on), filters), filters)
    page = page_of(keys, asked)
    rows = _in_order(list(page.object_list), on)
    fictional = Project.objects.filter(is_example=True, pk__in=keys)
    return RegisterPage(page, rows, filters, fictional.count())


def _counts(found: QuerySet[Project]) -> tuple[int, int]:
    counted = found.aggregate(
        all=Count("pk"), examples=Count("pk", filter=Q(is_example=True))
    )
    return counted["all"], counted["examples"]


def _matching(found: QuerySet[Project], filters: Filters) -> list[int]:
    """Return the keys of the projects that hold the words, the best first."""
    texts = dict(found.values_list("pk", "search_text"))
    return search.ranked(texts, filters.folded)


def _sorted(keys: list[int], filters: Filters) -> list[int]:
    if not filters.sort:
        return keys
    chosen = Project.objects.filter(pk__in=keys).order_by(*ORDERS[filters.sort])
    return list(chosen.values_list("pk", flat=True))


def _in_order(keys: list[int], on: date) -> list[Row]:
    rows = rows_of(Project.objects.filter(pk__in=keys), on=on)
    return sorted(rows, key=lambda row: keys.index(row.key))


def all_projects() -> QuerySet[Project]:
    """Return every project that the public may see: all that are registered."""
    return Project.objects.order_by(*NEWEST_FIRST)


def filtered(filters: Filters, *, on: date) -> QuerySet[Project]:
    """Return the projects that a reader asks for, those of new editions first."""
    found = _narrowed(filters, on)
    if filters.folded:
        found = Project.objects.filter(pk__in=_matching(found, filters))
    return found.order_by(*ORDERS[filters.sort])


def _narrowed(filters: Filters, on: date) -> QuerySet[Project]:
    found = Project.objects.filter(_conditions(filters)).order_by()
    return found.in_state(STATES[filters.state], on) if filters.state else found


def _conditions(filters: Filters) -> Q:
    wanted = Q()
    for lookup, text in (
        ("theme", filters.theme),
        ("distinction", filters.distinction),
        ("epci__code", filters.epci),
        ("call__code", filters.edition),
        ("year", filters.year),
    ):
        if text == UNKNOWN:
            wanted &= Q(**{f"{lookup.partition('__')[0]}__isnull": True})
        elif text:
            wanted &= Q(**{lookup: text})
    return wanted


def rows_of(found: QuerySet[Project], *, on: date) -> list[Row]:
    """Return projects as rows: two queries, however many they are."""
    values = list(found.values(*COLUMNS))
    places = places_by_project(value["pk"] for value in values)
    base, is_english = reverse("register"), get_language() == "en"
    return [
        _row(value, places.get(value["pk"], ""), base, on, is_english=is_english)
        for value in values
    ]


def _row(
    value: dict[str, Any], places: str, base: str, on: date, *, is_english: bool
) -> Row:
    state = value["state"]
    if state == Project.State.LABELLED and (value["valid_until"] or on) < on:
        state = Project.State.ENDED
    title, text = value["call__title"], value["summary"]
    if is_english:
        title, text = value["call__title_en"] or title, value["summary_en"] or text
    has_point = value["longitude"] is not None
    return Row(
        key=value["pk"],
        number=value["number"],
        url=f"{base}{value['slug']}/",
        name=value["name"],
        text=_short(text),
        theme=THEMES.get(value["theme"], ""),
        distinction=value["distinction"],
        state=state,
        state_words=Project.State(state).label,
        edition=title or "",
        year=value["year"],
        holder=value["holder__name"] or "",
        places=places or value["epci__name"] or "",
        is_example=value["is_example"],
        point=(value["longitude"], value["latitude"]) if has_point else None,
        is_at_commune=value["is_at_commune"],
    )


def _short(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    return text[:LONGEST_TEXT].rpartition(" ")[0] + " …"


def places_by_project(keys: Iterable[int]) -> dict[int, str]:
    """Return the names of the places of each project, in one query."""
    names: dict[int, list[str]] = {}
    links = Project.places.through.objects.filter(project__in=list(keys))
    found = links.order_by("place__search_name").values_list("project", "place__name")
    for key, name in found:
        names.setdefault(key, []).append(name)
    return {key: ", ".join(each) for key, each in names.items()}


def options() -> Options:
    """Return what the filters offer: only what the register holds."""
    projects = Project.objects.order_by()
    epcis = Place.objects.filter(pk__in=projects.values("epci"))
    calls = Call.objects.filter(pk__in=projects.values("call")).order_by("-rank")
    years = projects.exclude(year=None).values_list("year", flat=True)
    return Options(
        themes=list(THEMES.items()),
        epcis=list(epcis.order_by("search_name").values_list("code", "name")),
        editions=[
            *((call.code, str(call)) for call in calls),
            (UNKNOWN, _("not known")),
        ],
        states=[(word, state.label) for word, state in STATES.items()],
        years=[
            *((str(year), str(year)) for year in years.distinct().order_by("-year")),
            (UNKNOWN, _("not known")),
        ],
        distinctions=list(Project.Distinction.choices),
        sorts=list(SORTS.items()),
    )


def latest_projects(limit: int, *, on: date) -> list[Row]:
    """Return the last laureates: those of the newest editions first."""
    return rows_of(all_projects().filter(call__isnull=False)[:limit], on=on)


def projects_of(organisation: Organisation, *, on: date) -> list[Row]:
    """Return the labelled projects that an organisation holds."""
    return rows_of(all_projects().filter(holder=organisation), on=on)
