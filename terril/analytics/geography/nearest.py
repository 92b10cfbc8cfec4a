"""What somebody probably meant by a code that no place bears."""

from collections.abc import Collection
from difflib import get_close_matches

from terril.analytics.geography.addresses import COMMUNE, PREFIXES, Address

# Arrondissements of Paris, Lyon and Marseille, by the commune they are part of.
CITIES = {
    **{str(code): "75056" for code in range(75101, 75121)},
    **{str(code): "69123" for code in range(69381, 69390)},
    **{str(code): "13055" for code in range(13201, 13217)},
}
# Collectivities that are no département: INSEE's movements leave them out.
OVERSEAS = ("975", "977", "978", "98")


def proposed(asked: Address, known: Collection[tuple[str, str]]) -> tuple[str, str]:
    """Return the address that was probably meant, and why the one asked is none."""
    prefix = PREFIXES[asked.level]
    if asked.level == COMMUNE:
        code, problem = proposed_commune(
            asked.code, [c for lv, c in known if lv == COMMUNE]
        )
    else:
        codes = [code for level, code in known if level == asked.level]
        code, problem = _closest(asked.code, codes), f"no {asked.level} bears this code"
    return (f"{prefix}:{code}" if code else ""), problem


def proposed_commune(code: str, known: Collection[str]) -> tuple[str, str]:
    """Return the commune that was probably meant by a code, and what is wrong."""
    if code in CITIES:
        return CITIES[code], "this is an arrondissement of a commune"
    if code.startswith(OVERSEAS):
        return "", "communes of collectivities overseas are not in the movements"
    for meant, problem in (
        (f"0{code}", "the code has 4 characters: it lost its leading zero"),
        (code.upper(), "the letter of a code of Corsica is a capital"),
    ):
        if meant in known:
            return meant, problem
    same = [one for one in known if one[:2] == code[:2]]
    return _closest(code, same), "no commune ever bore this code"


def _closest(code: str, known: Collection[str]) -> str:
    found = get_close_matches(code, sorted(known), n=1, cutoff=0.7)
    return found[0] if found else ""
