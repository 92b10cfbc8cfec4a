"""What a dataset is: its source, its editions, its columns, as its recipe says."""

import importlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from terril.analytics.errors import DataError, Spot

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from terril.analytics.readers import Grid

RECIPES = Path(__file__).resolve().parent.parent / "recipes"
# How the day of an edition is known: the file or its producer states it; the
# producer states it of another file of the same publication; the file was saved
# that day, so was published then or later; or it was there that day, so was
# published then or before; or the usual delay was added to the
# end of the last period, for want of better.
DATED_BY = ("stated", "companion", "in_force", "saved", "carried", "estimated")


@dataclass(frozen=True)
class Source:
    """Who produced a dataset, under which licence, and how to cite it."""

    producer: str
    title: str
    licence: str
    address: str
    attribution: str
    note: str = ""
    # Whom and what the figures are about, in the producer's words.
    universe: str = ""


@dataclass(frozen=True)
class Edition:
    """One original file: its vintage, its name, and the digest of its bytes."""

    vintage: str
    file: str
    sha256: str
    # The vintage whose content this file only repeats, as found out and declared.
    repeats: str = ""
    # The day it was published, when the producer states it; else nothing.
    published_on: str = ""
    # The day that puts editions in order, and how it is known (see DATED_BY).
    dated: str = ""
    dated_by: str = "stated"
    # The year whose official geography its codes are of.
    geography: int = 0
    note: str = ""


@dataclass(frozen=True)
class Indicator:
    """What is measured: its names, unit, kind and method, and how it is written."""

    key: str
    fr: str
    en: str
    unit: str
    kind: str
    method: str
    decimals: int = 0
    # A year asked of it: the mean of its quarters, its last month, or itself only.
    year: str = "only"
    # The indicator that weighs the places of a union, when a proxy makes sense.
    weights: str = ""
    # A count that only grows: when it falls, the producer has counted again.
    is_cumulative: bool = False
    # Each edition gives one period: a series is made of several editions.
    is_piecewise: bool = False
    # What it means that a place is not in the file (absent, secret or zero), and
    # where it means nothing.
    missing: str = "absent"
    outside: tuple[str, ...] = ()
    # What must be known of a sum, in French.
    sum_note: str = ""


@dataclass(frozen=True)
class Recipe:
    """A folder of `terril/recipes`: what a dataset is, its shape, and a sample."""

    name: str
    folder: Path
    source: Source
    editions: tuple[Edition, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    # Indicators that another recipe defines, and this one gives too.
    gives: tuple[str, ...] = ()

    @property
    def is_of_figures(self) -> bool:
        """Tell a recipe that gives observations from one that gives rows."""
        return bool(self.indicators or self.gives)

    @property
    def has_rows(self) -> bool:
        """Tell whether it makes the tables of places."""
        return hasattr(self.module, "rows")

    @property
    def has_grids(self) -> bool:
        """Tell whether files are read for its figures; some are only computed."""
        return hasattr(self.module, "grids")

    def edition(self, vintage: str) -> Edition:
        """Return the declared edition of a vintage."""
        for edition in self.editions:
            if edition.vintage == vintage:
                return edition
        raise DataError(
            "this vintage is not declared",
            spot=Spot(f"recipes/{self.name}/recipe.toml"),
            example=vintage,
            advice="Declare its file and its sha256 under [[edition]].",
        )

    @property
    def sample(self) -> Path:
        """Return the sample file of the recipe."""
        (found,) = self.folder.glob("sample.*")
        return found

    @property
    def module(self) -> ModuleType:
        return importlib.import_module(f"terril.recipes.{self.name}.recipe")

    def rows(self, raw: bytes, file: str) -> list[dict[str, object]]:
        """Return the clean rows of the bytes of one file of this dataset."""
        found: list[dict[str, object]] = self.module.rows(raw, file)
        return found

    def grids(self, raw: bytes, file: str) -> "list[Grid]":
        """Return the checked tables of one file, still in the shape of the source."""
        found: list[Grid] = self.module.grids(raw, file)
        return found

    def observations(self, raw: "ir.Table") -> "ir.Table":
        """Return the expression that shapes a raw table into observations."""
        return self.module.observations(raw)


@cache
def recipes() -> Mapping[str, Recipe]:
    """Return every recipe by its name."""
    folders = sorted(path.parent for path in RECIPES.glob("*/recipe.toml"))
    return {folder.name: _read(folder) for folder in folders}


def recipe(name: str) -> Recipe:
    """Return one recipe."""
    return recipes()[name]


def _read(folder: Path) -> Recipe:
    declared = tomllib.loads((folder / "recipe.toml").read_text("utf-8"))
    return Recipe(
        name=folder.name,
        folder=folder,
        source=Source(**declared["source"]),
        editions=tuple(Edition(**edition) for edition in declared["edition"]),
        columns=declared.get("columns", {}),
        indicators=tuple(indicator(one) for one in declared.get("indicator", ())),
        gives=tuple(declared.get("gives", ())),
    )


def indicator(told: Mapping[str, Any]) -> Indicator:
    """Return the indicator that a recipe or a release tells."""
    return Indicator(**{**told, "outside": tuple(told.get("outside", ()))})


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return every indicator that some recipe defines, by its key."""
    return {one.key: one for each in recipes().values() for one in each.indicators}
