"""What a dataset is: its source, its editions, its columns, as its recipe says."""

import importlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType

from terril.analytics.errors import DataError, Spot

RECIPES = Path(__file__).resolve().parent.parent / "recipes"


@dataclass(frozen=True)
class Source:
    """Who produced a dataset, under which licence, and how to cite it."""

    producer: str
    title: str
    licence: str
    address: str
    attribution: str
    note: str = ""


@dataclass(frozen=True)
class Edition:
    """One original file: its vintage, its name, and the digest of its bytes."""

    vintage: str
    file: str
    sha256: str
    # The vintage whose content this file only repeats, as found out and declared.
    repeats: str = ""


@dataclass(frozen=True)
class Recipe:
    """A folder of `terril/recipes`: what a dataset is, its shape, and a sample."""

    name: str
    folder: Path
    source: Source
    editions: tuple[Edition, ...]
    columns: Mapping[str, str] = field(default_factory=dict)

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
    )
