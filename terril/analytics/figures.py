"""A figure of any place and period, with the proof that leads to it, or a refusal."""

from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from terril.analytics.answers import (
    Computed,
    Figure,
    FigureRefused,
    Question,
)
from terril.analytics.catalogue import Indicator
from terril.analytics.geography.addresses import COMMUNE
from terril.analytics.geography.atlas import Atlas, Place
from terril.analytics.lookup import Lookup, as_input, chosen, prefixes, warned
from terril.analytics.periods import Change, Period, span
from terril.analytics.releases import Published, Release
from terril.analytics.series import changed, dated
from terril.analytics.telling import difference_warning
from terril.analytics.unions import Unions
from terril.analytics.workbench import Workbench

NATURES = {"distinct": "un décompte de choses distinctes", "median": "une médiane"}


class WrongUse(Exception):
    """The question is not written as it should be: an unknown key, a bad period."""

    def __init__(self, problem: str, proposals: tuple[str, ...] = ()) -> None:
        super().__init__(problem)
        self.proposals = proposals


def figure(release: Release, atlas: Atlas, question: Question) -> Figure:
    """Return the figure that a question asks for.

    Raises `WrongUse` for an unknown key or a badly written period, `PlaceError`
    for what is no place, and `FigureRefused` when the release holds no value, or
    when none could be given without lying.
    """
    release.verify()
    indicator = _indicator(release, question.key)
    try:
        period = span(question.period)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    place = atlas.place(question.place)
    with Workbench() as bench:
        lookup = Lookup(release, bench)
        unions = Unions(lookup, atlas, question)
        computed = _computed(unions, indicator, place, period)
        return _figure(unions, indicator, place, period, computed)


def _indicator(release: Release, key: str) -> Indicator:
    found = release.indicators.get(key)
    if found:
        return found
    near = get_close_matches(key, release.indicators, n=5, cutoff=0.4)
    raise WrongUse(f"no indicator bears the key “{key}”", tuple(near))
