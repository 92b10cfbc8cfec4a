"""The figures of the answering release, seen as readings of a claim."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from terril.analytics import figures as observatory
from terril.analytics.answers import Figure, FigureRefused, Question
from terril.analytics.counting import COMMUNES_COUNT, counted_in
from terril.analytics.figures import Asked
from terril.analytics.geography.addresses import TERRITORY, ZONE, PlaceError
from terril.analytics.geography.atlas import Atlas, Place, atlas
from terril.analytics.geography.territories import territories
from terril.analytics.kinds import Kind
from terril.analytics.periods import Change, Period, span
from terril.analytics.releases import Published, Release
from terril.analytics.unions import Group, Unions
from terril.analytics.verdicts.model import Reading
from terril.analytics.verdicts.shelf import Shelf, shelf

UNITS = {"%": "percent", "habitants": "inhabitants", "entreprises": "companies"}
NO_RELEASE = "aucune donnée par défaut ne parle de ce lieu et de cette période"


@dataclass(frozen=True)
class Grouped(Unions):
    """Unions that find the communes of a place once for each geography."""

    groups: dict[tuple[str, int], Group]

    def group(self, place: Place, edition: Published) -> Group:
        """Return the communes of a place in the geography of an edition."""
        name = (str(place.address), edition.geography)
        if name not in self.groups:
            self.groups[name] = super().group(place, edition)
        return replace(self.groups[name], edition=edition)


class Observatory:
    """A release that answers many small questions, read when first needed."""

    def __init__(self, release: Release, places: Atlas | None = None) -> None:
        self.release = release
        self.atlas = places or atlas()
        self.shelf: Shelf | None = None
        self.groups: dict[tuple[str, int], Group] = {}
        self.told: dict[tuple[str, str, str], tuple[list[Reading], str]] = {}

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

    def _opened(self) -> Shelf:
        if self.shelf is None:
            self.release.verify()
            self.shelf = shelf(self.release)
        return self.shelf

    def _unions(self, question: Question) -> Unions:
        return Grouped(self._opened(), self.atlas, question, self.groups)

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
            try:
                # `figure` would open an engine for each of many small questions.
                unions = self._unions(question)
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
        unions = self._unions(Question(key, str(place.address), ""))
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
        label=f"{_named(found.place)}, {_said(found.period)}"
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


def _said(period: Period | Change) -> str:
    if isinstance(period, Change):
        return f"{period.start.fr} → {period.end.fr}"
    return period.fr


def _slack(found: Figure) -> Decimal:
    """Return how far the rounding of the inputs may have moved a rate."""
    if found.indicator.kind != Kind.RATIO:
        return Decimal(0)
    half = Decimal(1).scaleb(-found.indicator.decimals) / 2
    return half * (2 if isinstance(found.period, Change) else 1)
