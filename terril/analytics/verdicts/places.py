"""The names of places that texts use, with their addresses."""

from terril.analytics.geography.atlas import atlas
from terril.analytics.geography.perimeters import perimeter
from terril.analytics.verdicts.context import Gazetteer

NAMES = {
    "france métropolitaine": "fr:metro",
    "métropole": "fr:metro",
    "metropolitan france": "fr:metro",
    "mainland france": "fr:metro",
    "france hors mayotte": "fr:hors-mayotte",
    "hauts-de-france": "reg:32",
    "pas-de-calais": "dep:62",
    "zone d'emploi de lens - hénin": "ze:3215",
    "zone d'emploi de lens-hénin": "ze:3215",
    "lens - hénin": "ze:3215",
    "lens-hénin": "ze:3215",
    "zone d'emploi de béthune": "ze:3205",
    "zone d'emploi de béthune-bruay": "ze:3205",
    "béthune-bruay artois lys romane": "epci:200072460",
    "béthune-bruay, artois-lys romane": "epci:200072460",
    "béthune-bruay": "epci:200072460",
    "communauté d'agglomération de lens-liévin": "epci:246200364",
    "lens-liévin": "epci:246200364",
    "hénin-carvin": "epci:246200299",
}
# Words that mean the territory of whoever speaks.
OURS = (
    "pôle métropolitain de l'artois",
    "pôle métropolitain",
    "notre territoire",
    "le territoire",
    "ce territoire",
    "du territoire",
    "son territoire",
    "sur le territoire",
    "the territory",
    "our territory",
    "l'artois",
    "the artois",
)


def gazetteer(territory: str) -> Gazetteer:
    """Return the names at hand, “le territoire” being the one that is asked.

    The communes of the territory are known by name; those of the rest of France are
    not, for too many of them bear the same. Raises `PlaceError` for what is no place.
    """
    return Gazetteer(
        {**communes_of(territory), **NAMES, **dict.fromkeys(OURS, territory)}
    )


def communes_of(territory: str) -> dict[str, str]:
    """Return the communes of a territory by their name, in small letters."""
    known = atlas()
    place = known.place(territory)
    found = perimeter(known, place.address, on=known.latest)
    places = [known.place(f"com:{code}") for code in found.communes]
    return {one.name.replace("’", "'").lower(): f"com:{one.code}" for one in places}
