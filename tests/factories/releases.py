"""Small releases: the samples of the recipes laid in a folder as if they were whole."""

from dataclasses import replace
from pathlib import Path

from terril.analytics.build import Originals
from terril.analytics.catalogue import recipes
from terril.analytics.snapshots import digest


def originals(folder: Path, *names: str, previous=None, **changes: bytes) -> Originals:
    """Lay samples in a folder, and declare them as the only edition of their recipe.

    `changes` gives other bytes for the sample of a recipe; `names` are all the
    recipes of figures with a sample, unless some are named.
    """
    folder.mkdir(exist_ok=True)
    catalogue = {}
    for name, recipe in recipes().items():
        if not recipe.is_of_figures or (names and name not in names):
            continue
        if not recipe.has_grids:
            catalogue[name] = recipe
            continue
        raw = changes.get(name, recipe.sample.read_bytes())
        file = f"{name}{recipe.sample.suffix}"
        (folder / file).write_bytes(raw)
        edition = replace(recipe.editions[0], file=file, sha256=digest(raw))
        catalogue[name] = replace(recipe, editions=(edition,))
    return Originals(folder, previous, lambda _: None, catalogue)


def redated(source: Originals, name: str, **facts: object) -> Originals:
    """Return originals in which the edition of one recipe bears other facts."""
    recipe = source.catalogue[name]
    editions = tuple(replace(edition, **facts) for edition in recipe.editions)
    return replace(
        source, catalogue={**source.catalogue, name: replace(recipe, editions=editions)}
    )
