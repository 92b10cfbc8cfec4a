"""Kinds of indicators, and what each lets one do.

Whether figures may be added up depends on what they count, over what, and whether
the parts overlap: H.-J. Lenz and A. Shoshani, "Summarizability in OLAP and
statistical data bases", SSDBM, 1997.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What the values of an indicator are."""

    COUNT = "count"
    DISTINCT = "distinct"
    RATIO = "ratio"
    MEDIAN = "median"
    INDEX = "index"
    MONEY = "money"


class Operation(StrEnum):
    """What one may wish to do with values of one indicator."""

    # Over places that do not overlap, in the same period.
    SUM_PLACES = "sum_places"
    MEAN_PLACES = "mean_places"
    WEIGHTED_MEAN_PLACES = "weighted_mean_places"
    # Over periods of the same place.
    SUM_PERIODS = "sum_periods"
    MEAN_PERIODS = "mean_periods"
    # Between two periods or two places.
    DIFFERENCE = "difference"
    RELATIVE_CHANGE = "relative_change"
    RANK = "rank"
    # From one vintage of the geography to another.
    CARRY = "carry"


class Unlawful(Exception):
    """An operation that a kind of indicator does not allow: why, and what instead."""

    def __init__(self, kind: Kind, operation: Operation, ruling: "Ruling") -> None:
        """Keep what was asked beside the ruling."""
        super().__init__(ruling.reason)
        self.kind = kind
        self.operation = operation
        self.ruling = ruling

    def __str__(self) -> str:
        return f"{self.ruling.reason} {self.ruling.instead}".strip()


@dataclass(frozen=True)
class Ruling:
    """Whether an operation is lawful for a kind, and why not.

    A `proxy` may be given, never as the figure itself: its weights, its coverage
    and the word for it are then part of the answer. `reason` and `instead` are
    English sentences, `raison` and `plutot` say them in French.
    """

    is_lawful: bool
    is_proxy: bool = False
    reason: str = ""
    instead: str = ""
    raison: str = ""
    plutot: str = ""


LAWFUL = Ruling(is_lawful=True)
_OVERLAP = Ruling(
    is_lawful=False,
    reason="One unit may be counted in several of the parts: the sum of distinct "
    "counts counts it more than once.",
    instead="Count the distinct units of the union in the source.",
    raison="Une même unité peut être comptée dans plusieurs parties : la somme de "
    "décomptes distincts la compterait plusieurs fois.",
    plutot="Compter dans la source les unités distinctes de l’ensemble.",
)
_RATIO = Ruling(
    is_lawful=False,
    reason="A sum or a plain mean of ratios has no meaning: the parts have "
    "different denominators.",
    instead="Rebuild the ratio from the sum of numerators and the sum of "
    "denominators, or give a weighted mean as a proxy.",
    raison="La somme ou la moyenne simple de ratios n’a pas de sens : les parties "
    "n’ont pas le même dénominateur.",
    plutot="Recalculer le ratio à partir des sommes des numérateurs et des "
    "dénominateurs, ou donner une moyenne pondérée comme approximation.",
)
_MEDIAN = Ruling(
    is_lawful=False,
    reason="Medians cannot be added up nor averaged: the median of a union is not "
    "a function of the medians of its parts.",
    instead="Compute the median of the union from the units, or show the medians "
    "side by side.",
    raison="Des médianes ne s’additionnent pas et ne se moyennent pas : la médiane "
    "d’un ensemble ne se déduit pas des médianes de ses parties.",
    plutot="Calculer la médiane de l’ensemble à partir des unités, ou montrer les "
    "médianes côte à côte.",
)
_INDEX = Ruling(
    is_lawful=False,
    reason="An index has no unit of its own: indices of different places cannot be "
    "added up nor averaged without the weights of their method.",
    instead="Rebuild the index of the union by its own method.",
    raison="Un indice n’a pas d’unité propre : des indices de lieux différents ne "
    "s’additionnent pas et ne se moyennent pas sans les poids de leur méthode.",
    plutot="Recalculer l’indice de l’ensemble selon sa méthode.",
)
_PROXY = Ruling(
    is_lawful=True,
    is_proxy=True,
    reason="A weighted mean of ratios is an estimate, exact only when the weights "
    "are the denominators themselves.",
    raison="Une moyenne pondérée de ratios est une estimation, exacte seulement si "
    "les poids sont les dénominateurs eux-mêmes.",
)
_STOCK = Ruling(
    is_lawful=False,
    reason="The sum of a stock over periods counts the same units again in each.",
    instead="Take one period, or the mean of the periods.",
    raison="Additionner un stock sur plusieurs périodes recompte les mêmes unités "
    "à chaque période.",
    plutot="Prendre une période, ou la moyenne des périodes.",
)
_POINTS = Ruling(
    is_lawful=False,
    reason="The change of a ratio in per cent is taken for a change in points.",
    instead="Give the difference, in points.",
    raison="La variation en pour cent d’un ratio se confond avec une variation en "
    "points.",
    plutot="Donner l’écart, en points.",
)
_WEIGHTLESS = Ruling(
    is_lawful=False,
    reason="Counts and amounts are added up: a weighted mean of them is no figure "
    "of the whole.",
    instead="Add them up, or divide by a denominator to make a ratio.",
    raison="Des effectifs et des montants s’additionnent : leur moyenne pondérée "
    "n’est pas un chiffre de l’ensemble.",
    plutot="Les additionner, ou les rapporter à un dénominateur.",
)
_OVER_PLACES = (
    Operation.SUM_PLACES,
    Operation.MEAN_PLACES,
    Operation.WEIGHTED_MEAN_PLACES,
    Operation.SUM_PERIODS,
    Operation.CARRY,
)
# What each kind does not simply allow; everything else is lawful.
RULINGS: Mapping[Kind, Mapping[Operation, Ruling]] = MappingProxyType(
    {
        Kind.COUNT: {
            Operation.WEIGHTED_MEAN_PLACES: _WEIGHTLESS,
            Operation.SUM_PERIODS: _STOCK,
        },
        Kind.MONEY: {
            Operation.WEIGHTED_MEAN_PLACES: _WEIGHTLESS,
            Operation.SUM_PERIODS: _STOCK,
        },
        Kind.DISTINCT: dict.fromkeys(_OVER_PLACES, _OVERLAP)
        | {Operation.MEAN_PLACES: LAWFUL},
        Kind.RATIO: dict.fromkeys(_OVER_PLACES, _RATIO)
        | {
            Operation.WEIGHTED_MEAN_PLACES: _PROXY,
            Operation.RELATIVE_CHANGE: _POINTS,
        },
        Kind.MEDIAN: dict.fromkeys((*_OVER_PLACES, Operation.MEAN_PERIODS), _MEDIAN),
        Kind.INDEX: dict.fromkeys(_OVER_PLACES, _INDEX),
    }
)


def ruling(kind: Kind, operation: Operation, *, is_flow: bool = False) -> Ruling:
    """Return whether an operation is lawful for a kind, and why not.

    A count or an amount of money of things that happen (`is_flow`: births,
    sales) may be added up over periods; that of things that are there may not.
    The rules follow Lenz and Shoshani (1997): disjoint parts, complete parts,
    and the type of what is measured.
    """
    found = RULINGS[kind].get(operation, LAWFUL)
    return LAWFUL if is_flow and found is _STOCK else found


def check(kind: Kind, operation: Operation, *, is_flow: bool = False) -> Ruling:
    """Return the ruling of a lawful operation; raise `Unlawful` for any other."""
    found = ruling(kind, operation, is_flow=is_flow)
    if not found.is_lawful:
        raise Unlawful(kind, operation, found)
    return found
