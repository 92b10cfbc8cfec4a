"""What somebody probably meant by a code that no place bears."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from terril.analytics.geography.addresses import (
    COMMUNE,
    NOT_WRITTEN,
    PREFIXES,
    Address,
    AmbiguousPlace,
    PlaceError,
    UnknownPlace,
)
from terril.analytics.geography.records import Place

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
        codes = sorted(code for level, code in known if level == asked.level)
        code, problem = _closest(asked.code, codes), f"no {asked.level} bears this code"
    return (f"{prefix}:{code}" if code else ""), problem


def proposed_commune(
    code: str, known: Collection[str], near: Collection[str] | None = None
) -> tuple[str, str]:
    """Return the commune that was probably meant by a code, and what is wrong.

    `near` are the known codes among which the closest is looked for: those that
    begin alike, unless they are given.
    """
    if code in CITIES:
        return CITIES[code], "this is an arrondissement of a commune"
    if code.startswith(OVERSEAS):
        return "", "communes of collectivities overseas are not in the movements"
    for meant, problem in (
        (f"0{code}", "the code has 4 characters: it lost its leading zero"),
        (code.upper(), "the letter of a code of Corsica is a capital"),
        (code.removesuffix(".0").zfill(5), "the code was stored as a number"),
    ):
        if meant in known:
            return meant, problem
    if near is None:
        near = alike(known).get(code[:2], ())
    return _closest(code, near), "no commune ever bore this code"


def alike(codes: Iterable[str]) -> Mapping[str, list[str]]:
    """Return codes by their first two characters, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in sorted(codes):
        found[code[:2]].append(code)
    return found


def of_name(text: str, places: Iterable[Place], limit: int = 5) -> PlaceError:
    """Return what to say of a name: places have addresses, names are shared."""
    wanted, levels = folded(text), list(PREFIXES)
    found = [
        place.address
        for place in places
        if not place.until and folded(place.name) == wanted
    ]
    found.sort(key=lambda one: (levels.index(one.level), one.code))
    meant = " or ".join(map(str, found[:limit]))
    if len(found) > 1:
        return AmbiguousPlace(text, "several places bear this name", meant)
    problem = "a place is written by its code" if found else NOT_WRITTEN
    return UnknownPlace(text, problem, meant)


def folded(text: str) -> str:
    """Return a name without accents, hyphens or capitals, to compare it."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", letters.lower()).strip()


def _closest(code: str, known: Collection[str]) -> str:
    found = process.extractOne(
        code, known, scorer=OSA.normalized_similarity, score_cutoff=0.7
    )
    return str(found[0]) if found else ""
