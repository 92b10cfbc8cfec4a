"""What a selection is asked: candidates with scores, how many, under which quotas."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from terril.choice.instances import (
    BadInstance,
    Id,
    identifier,
    number,
    objects,
    only,
    unique,
    whole,
)


@dataclass(frozen=True)
class Candidate:
    """What may be chosen: a score, higher is better, a cost, and its categories.

    `categories` gives a value to each dimension, such as territory, theme or kind.
    """

    id: Id
    score: float
    cost: float
    categories: Mapping[str, str]


@dataclass(frozen=True)
class Quota:
    """At least and at most so many of the chosen ones with a value in a dimension."""

    dimension: str
    value: str
    lower: int
    upper: int | None

    @property
    def name(self) -> str:
        """Return the quota as it is told."""
        return f"{self.dimension}={self.value}"


@dataclass(frozen=True)
class Instance:
    """One question of selection; `budget` is a limit to the sum of costs, or None."""

    candidates: tuple[Candidate, ...]
    size: int
    quotas: tuple[Quota, ...] = ()
    budget: float | None = None

    def __post_init__(self) -> None:
        """Refuse what means nothing."""
        unique([one.id for one in self.candidates], "candidates")
        unique([one.name for one in self.quotas], "quotas")
        for quota in self.quotas:
            if quota.upper is not None and quota.lower > quota.upper:
                raise BadInstance(
                    f"Quota {quota.name}: `min` {quota.lower} is above `max` "
                    f"{quota.upper}."
                )


def instance_of(given: Mapping[str, Any]) -> Instance:
    """Return the instance that a JSON object describes.

    Its keys: `candidates` (each `id`, `score`, and, if wanted, `cost` and
    `categories`, such as {"territory": "Arras"}), `k`, `quotas` (each `dimension`,
    `value`, `min` or `max` or both) and `budget`. Errors: `BadInstance`.
    """
    only(given, {"candidates", "k", "quotas", "budget"}, "The instance")
    candidates = tuple(
        _candidate(one, f"`candidates`, item {place}")
        for place, one in enumerate(objects(given, "candidates"), 1)
    )
    quotas = tuple(
        _quota(one, f"`quotas`, item {place}")
        for place, one in enumerate(objects({"quotas": [], **given}, "quotas"), 1)
    )
    has_budget = given.get("budget") is not None
    budget = number(given, "budget", "The instance") if has_budget else None
    size = whole(given, "k", "The instance")
    return Instance(candidates, size, quotas, budget)


def _candidate(given: Mapping[str, Any], where: str) -> Candidate:
    only(given, {"id", "score", "cost", "categories"}, where)
    categories = given.get("categories", {})
    if not isinstance(categories, dict) or not all(
        isinstance(value, str) for value in categories.values()
    ):
        raise BadInstance(f"{where}: `categories` must give a text to each dimension.")
    cost = number({"cost": 0, **given}, "cost", where)
    if cost < 0:
        raise BadInstance(f"{where}: `cost` is negative.")
    score = number(given, "score", where)
    return Candidate(identifier(given, where), score, cost, categories)


def _quota(given: Mapping[str, Any], where: str) -> Quota:
    only(given, {"dimension", "value", "min", "max"}, where)
    for key in ("dimension", "value"):
        if not isinstance(given.get(key), str):
            raise BadInstance(f"{where}: `{key}` must be a text.")
    if "min" not in given and "max" not in given:
        raise BadInstance(f"{where}: a `min`, a `max` or both are expected.")
    upper = whole(given, "max", where) if "max" in given else None
    lower = whole(given, "min", where, absent=0)
    return Quota(given["dimension"], given["value"], lower, upper)
