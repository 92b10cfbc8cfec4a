"""What one may do: load France, make a territory, draw it."""

from terril.site.places.actions.loading import load_france
from terril.site.places.actions.outlines import add_outlines
from terril.site.places.actions.territories import (
    create_known_territory,
    create_territory,
)

__all__ = [
    "add_outlines",
    "create_known_territory",
    "create_territory",
    "load_france",
]
