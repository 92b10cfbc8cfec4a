"""What the front page and the page of the label say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from terril.site.places import queries as places
from terril.site.places.models import Place, Territory
from terril.site.places.queries import PopulationFigure
from terril.site.programme import regimes
from terril.site.programme.models import Call, Regime
from terril.site.programme.queries.public import (
    call_of_the_day,
    editions,
    published_regimes,
)
from terril.site.projects.models import Project
from terril.site.projects.queries.desks import latest_labels
from terril.site.website.rules.drawing import (
    Drawing,
    Frame,
    Shape,
    Spot,
    frame_round,
    path,
)

LAUREATES = 8


@dataclass(frozen=True)
class Front:
    """The front page: one call, the last labels on the map, a few figures."""

    at: datetime
    call: Call | None
    is_open: bool
    laureates: list[Project]
    drawing: Drawing | None
    epcis: list[Place]
    population: PopulationFigure | None


def front(*, at: datetime) -> Front:
    """Return what a stranger reads first."""
    territory = places.territory()
    call = call_of_the_day(at)
    laureates = latest_labels(LAUREATES)
    return Front(
        at=at,
        call=call,
        is_open=bool(call and call.is_open(at)),
        laureates=laureates,
        drawing=drawing_of(territory, laureates) if territory else None,
        epcis=list(places.epcis_of(territory)) if territory else [],
        population=places.population_of_territory(territory) if territory else None,
    )


def drawing_of(territory: Territory, projects: Iterable[Project]) -> Drawing | None:
    """Draw the EPCI of a territory and the projects that have a known place."""
    outlines = places.outlines_of(territory).filter(place__level=Place.Level.EPCI)
    kept = list(outlines)
    if not kept:
        return None
    frame = frame_round((one.west, one.south, one.east, one.north) for one in kept)
    shapes = [
        Shape(str(one.place), one.place.get_absolute_url(), path(one.geojson, frame))
        for one in kept
    ]
    return Drawing(frame.height, shapes, list(_spots(projects, frame)))


def _spots(projects: Iterable[Project], frame: Frame) -> Iterable[Spot]:
    for number, project in enumerate(projects, start=1):
        longitude, latitude = project.longitude, project.latitude
        if longitude is None or latitude is None:
            continue
        if frame.holds(longitude, latitude):
            point = frame.place(longitude, latitude)
            yield Spot(number, project.name, project.get_absolute_url(), *point)


@dataclass(frozen=True)
class Era:
    """The rules of an era, read."""

    regime: Regime
    text: regimes.RegimeText


@dataclass(frozen=True)
class LabelPage:
    """How the label works: the rules in force, those before, the editions known."""

    eras: list[Era]
    editions: list[Call]

    @property
    def current(self) -> Era | None:
        return self.eras[0] if self.eras else None


def label_page() -> LabelPage:
    return LabelPage(
        [Era(one, regimes.read(one.text)) for one in published_regimes()],
        list(editions()),
    )
