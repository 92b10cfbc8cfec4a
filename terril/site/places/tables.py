"""The tables that ship with the package, and where they come from.

They belong to the libraries, which read them without the site; this is the
door of the room to them.
"""

from terril.analytics.geography.shipped import (
    FOLDER,
    attribution,
    edition,
    outlines,
    rows,
    source,
)
from terril.analytics.geography.territories import Territory, territories

__all__ = [
    "FOLDER",
    "Territory",
    "attribution",
    "edition",
    "outlines",
    "rows",
    "source",
    "territories",
]
