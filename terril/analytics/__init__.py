"""From producers' files to what the site may show: no Django here."""

from terril.analytics.catalogue import Edition, Recipe, Source, recipe, recipes
from terril.analytics.errors import DataError, Spot
from terril.analytics.snapshots import digest, snapshot

__all__ = [
    "DataError",
    "Edition",
    "Recipe",
    "Source",
    "Spot",
    "digest",
    "recipe",
    "recipes",
    "snapshot",
]
