"""What one may ask about places and the territory."""

from terril.site.places.drawing import Drawing, Pin, drawing
from terril.site.places.queries.figures import (
    PopulationFigure,
    population_of,
    population_of_territory,
)
from terril.site.places.queries.outlines import outlines_geojson, outlines_of
from terril.site.places.queries.pages import (
    CommunePage,
    EpciPage,
    TerritoryPage,
    commune_page,
    epci_page,
    territory_page,
)
from terril.site.places.queries.perimeter import (
    Perimeter,
    communes_of,
    epcis_of,
    perimeter,
    territory,
)
from terril.site.places.queries.places import (
    commune,
    employment_zone_of,
    epci,
    epci_of,
    existences,
    members_of,
)
from terril.site.places.queries.search import places_found
from terril.site.places.queries.sources import Attribution, attributions
from terril.site.places.queries.story import Step, story
from terril.site.places.queries.territories import territories_told

__all__ = [
    "Attribution",
    "CommunePage",
    "Drawing",
    "EpciPage",
    "Perimeter",
    "Pin",
    "PopulationFigure",
    "Step",
    "TerritoryPage",
    "attributions",
    "commune",
    "commune_page",
    "communes_of",
    "drawing",
    "employment_zone_of",
    "epci",
    "epci_of",
    "epci_page",
    "epcis_of",
    "existences",
    "members_of",
    "outlines_geojson",
    "outlines_of",
    "perimeter",
    "places_found",
    "population_of",
    "population_of_territory",
    "story",
    "territories_told",
    "territory",
    "territory_page",
]
