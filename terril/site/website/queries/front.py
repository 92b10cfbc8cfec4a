"""What the front page and the page of the label say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from terril.site.places import queries as places
from terril.site.places.models import Place, Territory
from terril.site.places.queries import Drawing, Pin, PopulationFigure
from terril.site.programme import regimes
from terril.site.programme.models import Call
from terril.site.programme.queries.public import (
    call_of_the_day,
    editions,
    published_regimes,
)
from terril.site.projects.queries import Coverage, Row, coverage, latest_projects
from terril.site.website.queries.texts import Told, told

LAUREATES = 8


@dataclass(frozen=True)
class Front:
    """The front page: one call, the last labels on the map, a few figures."""

    at: datetime
    call: Call | None
    is_open: bool
    laureates: list[Row]
    drawing: Drawing | None
    epcis: list[Place]
    population: PopulationFigure | None
    coverage: Coverage
    told: Told

    @property
    def call_text(self) -> str:
        return self.call.localised("summary") if self.call else ""

    @property
    def has_examples(self) -> bool:
        call_is_example = self.call is not None and self.call.is_example
        return call_is_example or any(row.is_example for row in self.laureates)


def front(*, at: datetime) -> Front:
    """Return what a stranger reads first."""
    today = timezone.localdate(at)
    territory = places.territory()
    call = call_of_the_day(at)
    laureates = latest_projects(LAUREATES, on=today)
    return Front(
        at=at,
        call=call,
        is_open=bool(call and call.is_open(at)),
        laureates=laureates,
        drawing=drawing_of(territory, laureates) if territory else None,
        epcis=list(places.epcis_of(territory)) if territory else [],
        population=places.population_of_territory(territory) if territory else None,
        coverage=coverage(today),
        told=told(),
    )


def drawing_of(territory: Territory, projects: Iterable[Row]) -> Drawing | None:
    """Draw the EPCI of a territory and the projects that have a known place."""
    outlines = places.outlines_of(territory).filter(place__level=Place.Level.EPCI)
    return places.drawing(list(outlines), pins=_pins(projects))


def _pins(projects: Iterable[Row]) -> Iterator[Pin]:
    """Return one pin for each point: projects of one commune share its centre."""
    shared: dict[tuple[float, float], list[tuple[int, Row]]] = {}
    for number, row in enumerate(projects, start=1):
        if row.point:
            shared.setdefault(row.point, []).append((number, row))
    for point, rows in shared.items():
        numbers = " · ".join(str(number) for number, _ in rows)
        yield Pin(numbers, ", ".join(row.name for _, row in rows), point)


@dataclass(frozen=True)
class Era:
    """The rules of an era, read; those known by sources only are published nowhere."""

    key: str
    text: regimes.RegimeText


@dataclass(frozen=True)
class LabelPage:
    """How the label works: the rules in force, those before, the editions known."""

    eras: list[Era]
    editions: list[Call]
    told: Told

    @property
    def current(self) -> Era | None:
        return self.eras[0] if self.eras else None

    @property
    def former(self) -> list[Era]:
        return self.eras[1:]


def label_page() -> LabelPage:
    """Return the rules of each era, the latest first, and the editions known."""
    story = told()
    texts = {key: regimes.template(key) for key in story.eras}
    texts |= {one.key: one.text for one in published_regimes()}
    eras = [Era(key, regimes.read(text)) for key, text in texts.items()]
    latest_first = sorted(eras, key=lambda era: era.key, reverse=True)
    return LabelPage(latest_first, list(editions()), story)
