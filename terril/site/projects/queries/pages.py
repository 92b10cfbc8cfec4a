"""The page of a project and the verification of a certificate."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from terril.site.commons.memory import remembered
from terril.site.places.models import Place
from terril.site.projects.models import Project, ProjectEvent, ProjectSource
from terril.site.projects.rules import labels
from terril.site.projects.rules.holders import holder_in_words


@dataclass(frozen=True)
class Named:
    """Something with a name, a code and perhaps a page."""

    name: str
    code: str = ""
    url: str = ""


@dataclass(frozen=True)
class Source:
    """Where something can be read, and what it supports."""

    url: str
    supports: str

    @property
    def host(self) -> str:
        return self.url.partition("://")[2].partition("/")[0]


@dataclass(frozen=True)
class Event:
    """One line of the public history."""

    on: date | None
    period: str
    text: str
    source: str


@dataclass(frozen=True)
class Label:
    """What was awarded, when, by which act, and until when."""

    distinction: str
    distinction_words: str
    state: str
    state_words: str
    year: int | None
    labelled_on: date | None
    valid_until: date | None
    withdrawn_on: date | None
    act_reference: str
    certificate: str
    journal_head: str

    @property
    def is_standing(self) -> bool:
        return self.state == Project.State.LABELLED

    @property
    def readable_code(self) -> str:
        return labels.in_fours(self.certificate)

    @property
    def readable_head(self) -> str:
        return labels.in_fours(self.journal_head, " ")


@dataclass(frozen=True)
class ProjectPage:
    """All that is public of a project; what is unknown is empty."""

    number: str
    slug: str
    url: str
    name: str
    summary: str
    theme: str
    label: Label
    edition: Named | None
    edition_note: str
    holder: Named | None
    # The organisation, or that there is none: never the name of a person.
    holder_words: str
    places: list[Named]
    epci: Named | None
    longitude: float | None
    latitude: float | None
    is_at_commune: bool
    certainty: str
    certainty_words: str
    certainty_note: str
    sources: list[Source]
    events: list[Event]
    is_example: bool

    @property
    def has_certificate(self) -> bool:
        return bool(self.label.certificate)

    def as_dict(self) -> dict[str, Any]:
        """Return the page as plain values, for its JSON twin."""
        return asdict(self)


@dataclass(frozen=True)
class Verification:
    """What a certificate is worth on a day."""

    number: str
    name: str
    url: str
    holder: str
    label: Label
    is_example: bool
    printed_head: str


def project_page(slug: str, *, on: date) -> ProjectPage | None:
    """Return the page of a project as of a day, if the register holds it."""
    return remembered(f"project.page|{slug}", lambda: _project_page(slug, on))


def _project_page(slug: str, on: date) -> ProjectPage | None:
    found = _projects().filter(slug=slug).first()
    return _page(found, on) if found else None


def verification(code: str, *, on: date) -> Verification | None:
    """Return what the certificate of this code is worth, if it was ever issued."""
    wanted = labels.canonical(code)
    found = _projects().filter(certificate=wanted).first() if wanted else None
    if found is None:
        return None
    return Verification(
        number=found.number,
        name=found.name,
        url=found.get_absolute_url(),
        holder=_holder_words(found),
        label=_label(found, on),
        is_example=found.is_example,
        printed_head=labels.in_fours(found.journal_head, " "),
    )


def _projects() -> QuerySet[Project]:
    found = Project.objects.select_related("call", "holder", "epci", "decision")
    return found.order_by()


def _page(project: Project, on: date) -> ProjectPage:
    places = project.places.order_by("search_name")
    return ProjectPage(
        number=project.number,
        slug=project.slug,
        url=settings.SITE_URL + project.get_absolute_url(),
        name=project.name,
        summary=project.localised("summary"),
        theme=project.get_theme_display() if project.theme else "",
        label=_label(project, on),
        edition=_edition(project),
        edition_note=project.localised("edition_note"),
        holder=_holder(project),
        holder_words=_holder_words(project),
        places=[_place(place) for place in places],
        epci=_place(project.epci) if project.epci else None,
        longitude=project.longitude,
        latitude=project.latitude,
        is_at_commune=project.is_at_commune,
        certainty=project.certainty,
        certainty_words=project.get_certainty_display(),
        certainty_note=project.localised("certainty_note"),
        sources=[_source(source) for source in project.sources.order_by("pk")],
        events=_events(project),
        is_example=project.is_example,
    )


def _label(project: Project, on: date) -> Label:
    state = project.state_on(on)
    return Label(
        distinction=project.distinction,
        distinction_words=project.get_distinction_display(),
        state=state.value,
        state_words=str(state.label),
        year=project.year,
        labelled_on=project.labelled_on,
        valid_until=project.valid_until,
        withdrawn_on=project.withdrawn_on,
        act_reference=project.decision.act_reference if project.decision else "",
        certificate=project.certificate or "",
        journal_head=project.journal_head,
    )


def _edition(project: Project) -> Named | None:
    call = project.call
    if call is None:
        return None
    address = f"{reverse('register')}?edition={call.code}"
    return Named(str(call), call.code, address)


def _holder(project: Project) -> Named | None:
    holder = project.holder
    if holder is None:
        return None
    url = holder.get_absolute_url() if holder.is_public else ""
    return Named(holder.name, holder.siren, url)


def _holder_words(project: Project) -> str:
    name = project.holder.name if project.holder else None
    return holder_in_words(name, is_decided_here=project.decision_id is not None)


def _place(place: Place) -> Named:
    return Named(place.name, place.code, place.get_absolute_url())


def _source(source: ProjectSource) -> Source:
    return Source(source.url, source.localised("supports"))


def _events(project: Project) -> list[Event]:
    """Return the history, in the order of the years that sources give."""
    events = sorted(project.events.order_by(), key=_when)
    return [
        Event(
            event.on,
            event.localised("period"),
            event.localised("sentence"),
            event.source,
        )
        for event in events
    ]


def _when(event: ProjectEvent) -> tuple[int, date, int]:
    year = event.period[-4:]
    if event.on:
        return event.on.year, event.on, event.pk
    return int(year) if year.isdigit() else date.max.year, date.min, event.pk
