"""The figures of the answering release, seen as readings of a claim."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import TracebackType
from typing import Any, Self

from terril.analytics import figures as observatory
from terril.analytics.answers import Figure, FigureRefused, Question
from terril.analytics.counting import COMMUNES_COUNT, counted_in
from terril.analytics.figures import Asked
from terril.analytics.geography.addresses import TERRITORY, ZONE, PlaceError
from terril.analytics.geography.atlas import Atlas, Place, atlas
from terril.analytics.geography.territories import territories
from terril.analytics.kinds import Kind
from terril.analytics.lookup import Lookup
from terril.analytics.periods import Change, span
from terril.analytics.releases import Release
from terril.analytics.unions import Unions
from terril.analytics.verdicts.model import Reading
from terril.analytics.workbench import Workbench

UNITS = {"%": "percent", "habitants": "inhabitants", "entreprises": "companies"}
NO_RELEASE = "aucune donnée par défaut ne parle de ce lieu et de cette période"


@dataclass(frozen=True)
class Remembering(Lookup):
    """A lookup that reads each part of a release once, for many questions."""

    known: dict[Any, Any] = field(default_factory=dict)

    def rows(
        self, key: str, level: str, places: Collection[str]
    ) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
        """Return what the release says of places, read once."""
        name = (key, level, tuple(sorted(places)))
        if name not in self.known:
            self.known[name] = super().rows(key, level, places)
        found: Mapping[str, Mapping[str, Mapping[str, Any]]] = self.known[name]
        return found

    def periods(self, key: str, level: str) -> Mapping[str, list[str]]:
        """Return the periods of each edition, read once."""
        name = ("periods", key, level)
        if name not in self.known:
            self.known[name] = super().periods(key, level)
        found: Mapping[str, list[str]] = self.known[name]
        return found

    def levels(self, key: str) -> list[str]:
        """Return the levels of an indicator, read once."""
        name = ("levels", key)
        if name not in self.known:
            self.known[name] = super().levels(key)
        found: list[str] = self.known[name]
        return found

    @property
    def sql(self) -> str:
        """Return nothing: a verdict shows editions, not expressions."""
        return ""


class Observatory:
    """A release that answers many questions on one workbench, opened when needed."""

    def __init__(self, release: Release, places: Atlas | None = None) -> None:
        self.release = release
        self.atlas = places or atlas()
        self.bench: Workbench | None = None
        self.lookup: Remembering | None = None
        self.told: dict[tuple[str, str, str], tuple[list[Reading], str]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.bench:
            self.bench.__exit__(kind, error, trace)

    def readings(self, indicator: str, place: str, period: str) -> Sequence[Reading]:
        """Return the value that each edition gives; an empty period means the last."""
        return self._told(indicator, place, period)[0]

    def refusal(self, indicator: str, place: str, period: str) -> str:
        """Return why there is no reading, in French."""
        return self._told(indicator, place, period)[1]

    def periods(self, indicator: str) -> Sequence[str]:
        """Return the years that the release knows of an indicator, the last one last."""
        if indicator not in self.release.indicators:
            return ()
        if indicator == COMMUNES_COUNT:
            return (self.atlas.latest[:4],)
        lookup = self._opened()
        found = {
            one
            for level in lookup.levels(indicator)
            for known in lookup.periods(indicator, level).values()
            for one in known
        }
        return sorted(found)

    def _opened(self) -> Remembering:
        if self.lookup is None:
            self.release.verify()
            self.bench = Workbench()
            self.lookup = Remembering(self.release, self.bench)
        return self.lookup

    def _told(
        self, indicator: str, place: str, period: str
    ) -> tuple[list[Reading], str]:
        name = (indicator, place, period)
        if name not in self.told:
            try:
                self.told[name] = self._read(*name)
            except (FigureRefused, PlaceError, ValueError) as refusal:
                self.told[name] = [], str(refusal)
        return self.told[name]

    def _read(self, key: str, place: str, period: str) -> tuple[list[Reading], str]:
        known = self.release.indicators.get(key)
        when = period.removesuffix(":") or (self.periods(key) or ("",))[-1]
        if known is None or not when:
            return [], NO_RELEASE
        asked = Asked(known, self.atlas.place(place), span(when))
        self._check_existence(asked)
        found, refusal = [], NO_RELEASE
        for edition in self._editions(asked):
            question = Question(key, place, when, edition=edition)
            unions = Unions(self._opened(), self.atlas, question)
            try:
                # One workbench for many questions: `figure` opens one for each.
                answer = observatory._figure(unions, asked)  # noqa: SLF001
                found.append(_reading(place, period, answer))
            except FigureRefused as error:
                refusal = str(error)
        return found, refusal

    def _editions(self, asked: Asked) -> list[str]:
        key, place, lookup = asked.indicator.key, asked.place, self._opened()
        if key == COMMUNES_COUNT:
            return counted_in(self.release)
        own = lookup.rows(key, place.level, [place.code])
        if own:
            return sorted(own)
        unions = Unions(lookup, self.atlas, Question(key, str(place.address), ""))
        return sorted(lookup.periods(key, unions.parts_level(asked.indicator, place)))

    def _check_existence(self, asked: Asked) -> None:
        """Refuse a count of a territory in a year when it did not exist."""
        if asked.place.level != TERRITORY or asked.indicator.kind == Kind.RATIO:
            return
        territory = territories()[asked.place.code]
        first = min(one.first_day for one in asked.periods)
        if first[:4] < territory.since[:4]:
            raise FigureRefused(
                f"ce territoire n’existait pas en {first[:4]} : "
                f"il date du {territory.since}"
            )


def _reading(place: str, period: str, found: Figure) -> Reading:
    edition = found.editions[0]
    value = found.computed.value
    is_change = isinstance(found.period, Change)
    unit = "points" if is_change and found.indicator.unit == "%" else ""
    is_proxy = found.computed.status == "proxy"
    return Reading(
        indicator=found.indicator.key,
        place=place,
        period=period or str(found.period),
        label=f"{_named(found.place)}, {found.period}"
        + (" (estimation, non officielle)" if is_proxy else ""),
        low=value,
        high=value,
        unit=unit or UNITS.get(found.indicator.unit, found.indicator.unit),
        edition=edition.id,
        published_on=edition.dated,
        status=found.computed.status,
        slack=_slack(found),
    )


def _named(place: Place) -> str:
    return f"zone d’emploi de {place.name}" if place.level == ZONE else place.name


def _slack(found: Figure) -> Decimal:
    """Return how far the rounding of the inputs may have moved a rate."""
    if found.indicator.kind != Kind.RATIO:
        return Decimal(0)
    half = Decimal(1).scaleb(-found.indicator.decimals) / 2
    return half * (2 if isinstance(found.period, Change) else 1)
