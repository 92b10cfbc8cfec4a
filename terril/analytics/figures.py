"""A figure of any place and period, with the proof that leads to it, or a refusal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from terril.analytics.answers import Computed, Figure, FigureRefused, Question
from terril.analytics.catalogue import Indicator
from terril.analytics.counting import COMMUNES_COUNT, communes_count, counted_in
from terril.analytics.geography.addresses import COMMUNE
from terril.analytics.geography.atlas import Atlas, Place
from terril.analytics.kinds import Kind
from terril.analytics.lookup import Lookup, dated
from terril.analytics.periods import Change, Period, span
from terril.analytics.proxies import proxy
from terril.analytics.releases import Published, Release
from terril.analytics.series import changed, recounts, value_at
from terril.analytics.telling import difference_warning, extremes
from terril.analytics.unions import Unions
from terril.analytics.workbench import Workbench

At = Callable[[Published, Period], Computed]


class WrongUse(Exception):
    """The question is not written as it should be: an unknown key, a bad period."""

    def __init__(self, problem: str, proposals: tuple[str, ...] = ()) -> None:
        """Keep what was probably meant beside the problem."""
        super().__init__(problem)
        self.proposals = proposals


@dataclass(frozen=True)
class Asked:
    """A question understood: its indicator, place and periods."""

    indicator: Indicator
    place: Place
    period: Period | Change

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the period, or the two ends of the change."""
        if isinstance(self.period, Change):
            return (self.period.start, self.period.end)
        return (self.period,)


def figure(release: Release, atlas: Atlas, question: Question) -> Figure:
    """Return the figure that a question asks for.

    Raises `WrongUse` for an unknown key or a badly written period, `PlaceError`
    for what is no place, and `FigureRefused` when the release holds no value, or
    when none could be given without lying.
    """
    release.verify()
    try:
        period = span(question.period)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    indicator = _indicator(release, question.key)
    asked = Asked(indicator, atlas.place(question.place), period)
    with Workbench() as bench:
        return _figure(Unions(Lookup(release, bench), atlas, question), asked)


def _indicator(release: Release, key: str) -> Indicator:
    found = release.indicators.get(key)
    if found:
        return found
    near = get_close_matches(key, release.indicators, n=5, cutoff=0.4)
    raise WrongUse(f"no indicator bears the key “{key}”", tuple(near))


def _figure(unions: Unions, asked: Asked) -> Figure:
    lookup, indicator, place = unions.lookup, asked.indicator, asked.place
    if indicator.key == COMMUNES_COUNT:
        return _told(unions, asked, counted_in(lookup.release), _counted(unions, place))
    own = lookup.rows(indicator.key, place.level, [place.code])
    if own:
        rows = {edition: places[place.code] for edition, places in own.items()}
        found = _told(unions, asked, list(rows), _own(asked, rows))
        return _recounted(found, rows)
    level = unions.parts_level(indicator, place)
    if place.level == COMMUNE and indicator.missing != "zero":
        raise _unpublished(asked)
    periods = lookup.periods(indicator.key, level)
    return _told(unions, asked, list(periods), _united(unions, asked, periods))


def _own(asked: Asked, rows: Mapping[str, Mapping[str, Any]]) -> At:
    def at(edition: Published, period: Period) -> Computed:
        return value_at(rows[edition.id], asked.indicator, period)

    return at


def _counted(unions: Unions, place: Place) -> At:
    def at(_edition: Published, period: Period) -> Computed:
        return communes_count(unions.atlas, place, period)

    return at


def _united(unions: Unions, asked: Asked, periods: Mapping[str, Sequence[str]]) -> At:
    def at(edition: Published, period: Period) -> Computed:
        known = periods[edition.id]
        if asked.indicator.year == "only" and str(period) not in known:
            raise FigureRefused(
                f"aucune valeur n’est connue pour {period} : cette édition va de "
                f"{min(known)} à {max(known)}"
            )
        group = unions.group(asked.place, edition)
        make = proxy if asked.indicator.kind == Kind.RATIO else Unions.total
        return make(unions, asked.indicator, group, period)

    return at


def _unpublished(asked: Asked) -> FigureRefused:
    """Tell a commune too small to be published from one outside the field."""
    indicator, code = asked.indicator, asked.place.code
    is_secret = indicator.missing == "secret" and not code.startswith(indicator.outside)
    if is_secret:
        return FigureRefused(
            "la commune n’est pas dans le fichier : elle est sous le seuil de "
            "diffusion du producteur, au titre du secret statistique",
            status="secret",
        )
    return FigureRefused("le fichier ne donne aucune valeur pour cette commune")


def _told(unions: Unions, asked: Asked, ids: Sequence[str], at: At) -> Figure:
    """Return the figure in the latest edition that holds all the periods asked."""
    question = unions.question
    editions = unions.lookup.chosen(ids, question)
    parts, used = _parts(editions, asked, at)
    own = question.decimals
    decimals = asked.indicator.decimals if own is None else own
    is_change = len(parts) > 1
    done = changed(parts[0], parts[1], decimals) if is_change else parts[0]
    others = [unions.lookup.release.editions[one] for one in done.others]
    newer = editions[0]
    is_older = newer.rank > max(one.rank for one in used)
    found = Figure(
        asked.indicator,
        asked.place,
        asked.period,
        done,
        tuple(dict.fromkeys([*used, *others])),
        decimals=decimals,
        sql=unions.lookup.sql,
    )
    warnings = [
        *done.warnings,
        *map(dated, found.editions),
        f"l’édition {newer.id}, plus récente, ne donne pas cette période"
        if is_older
        else "",
        extremes(found),
        difference_warning(found),
    ]
    return replace(found, warnings=tuple(dict.fromkeys(filter(None, warnings))))


def _parts(
    editions: Sequence[Published], asked: Asked, at: At
) -> tuple[list[Computed], list[Published]]:
    """Return the value of each period, all in one edition unless it gives but one."""
    first: FigureRefused | None = None
    for edition in editions:
        try:
            return [at(edition, period) for period in asked.periods], [edition]
        except FigureRefused as refusal:
            if refusal.status == "secret":
                raise
            first = first or refusal
    if asked.indicator.is_piecewise and len(asked.periods) > 1:
        ends = [
            _parts(editions, replace(asked, period=period), at)
            for period in asked.periods
        ]
        return [done[0] for done, _ in ends], [used[0] for _, used in ends]
    raise first or FigureRefused("aucune édition ne donne ce chiffre")


def _recounted(found: Figure, rows: Mapping[str, Mapping[str, Any]]) -> Figure:
    edition = found.editions[0].id
    more = recounts(rows[edition], found.indicator, found.period)
    return replace(found, warnings=(*found.warnings, *more))
