"""The names of places that texts use, with their addresses."""

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
    """Return the names at hand, “le territoire” being the one that is asked."""
    return Gazetteer({**NAMES, **dict.fromkeys(OURS, territory)})
