"""The outlines that ship: fine where the territory is, light around it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from terril.analytics.errors import DataError, Spot
from terril.analytics.geography import (
    History,
    Topology,
    area,
    bounds,
    centre,
    cut,
    geometry_of,
    simplified,
)
from terril.analytics.geography.topology import Ring
from terril.analytics.originals import Originals, Row

# The three EPCI whose communes are drawn one by one.
HOME = ("246200364", "246200299", "200072460")
DRAWN, COMPOSED, TODAY = "2018-01-01", "2025-01-01", "2026-01-01"
VINTAGE = 2018
# Width of a degree of longitude over one of latitude, at 50.4° north.
ASPECT = 0.637
# Smallest corner kept, in square hundred-thousandths of a degree of latitude
# (1.24 m² each): about 2 hectares inside the territory, 30 around it.
FINE, LIGHT = 16_000, 240_000


@dataclass(frozen=True)
class Borders:
    """Communes of the territory, pieces of EPCI around it, and who is made of what."""

    topology: Topology
    epcis: Mapping[str, Collection[str]]
    departments: Mapping[str, Collection[str]]
    communes: Collection[str]

    def outlines(self) -> Iterator[Row]:
        """Yield every outline that ships, as GeoJSON with its box."""
        for code in sorted(self.communes):
            yield _outline("commune", code, self.topology.rings(code))
        for code, pieces in sorted(self.epcis.items()):
            yield _outline("epci", code, self.topology.merged(pieces))
        for code, pieces in sorted(self.departments.items()):
            yield _outline("department", code, self.topology.merged(pieces))


def commune_points(originals: Originals) -> dict[str, Row]:
    """Return a point inside each commune drawn, still itself today."""
    found: dict[str, Row] = {}
    for code, rings in originals.rings.items():
        drawn, today = (originals.history.on(code, day) for day in (DRAWN, TODAY))
        if drawn and drawn == today:
            longitude, latitude = centre(rings)
            found[code] = {"longitude": longitude, "latitude": latitude}
    return found


def borders(originals: Originals) -> Borders:
    """Dissolve, cut and simplify; every line is shared by those it parts."""
    epci_of = {str(r["commune"]): str(r["epci"]) for r in originals.epcis[2025]}
    _check_drawn(originals.history, originals.rings.keys())
    pieces = {
        code: _piece(originals.history, code, epci_of) for code in originals.rings
    }
    communes = {code for code, piece in pieces.items() if piece == code}
    epcis, departments = defaultdict(set), defaultdict(set)
    for code, piece in pieces.items():
        epcis[_epci(originals.history, code, epci_of)].add(piece)
        departments[code[:2]].add(piece)
    _check_departments(originals, departments, pieces)
    return Borders(
        topology=simplified(
            _dissolved(originals.rings, pieces), _tolerance(communes), aspect=ASPECT
        ),
        epcis={
            epci: found
            for epci, found in epcis.items()
            if _is_whole(epci, epci_of, departments)
        },
        departments=departments,
        communes=communes,
    )


def _dissolved(rings: Mapping[str, list[Ring]], pieces: Mapping[str, str]) -> Topology:
    members = defaultdict(list)
    for code, piece in pieces.items():
        members[piece].append(code)
    raw = cut(rings)
    return cut({piece: raw.merged(codes) for piece, codes in members.items()})


def _tolerance(communes: Collection[str]) -> Callable[[tuple[str, ...]], float]:
    return lambda users: FINE if set(users) & set(communes) else LIGHT


def _epci(history: History, code: str, epci_of: Mapping[str, str]) -> str:
    """Return the EPCI of today where a commune of the drawing now lies."""
    heirs = history.successors(code, DRAWN, COMPOSED)
    found = {epci_of[heir] for heir in heirs}
    if len(found) != 1:
        raise DataError(
            "a commune of the drawing is now in several EPCI, or in none",
            spot=Spot("communes-hauts-de-france.geojson", "features", column="code"),
            example=code,
            advice="Draw it from a newer edition of the borders.",
        )
    return found.pop()


def _piece(history: History, code: str, epci_of: Mapping[str, str]) -> str:
    epci = _epci(history, code, epci_of)
    return code if epci in HOME else f"{epci}/{code[:2]}"


def _is_whole(
    epci: str, epci_of: Mapping[str, str], departments: Collection[str]
) -> bool:
    return all(
        commune[:2] in departments
        for commune, found in epci_of.items()
        if found == epci
    )


def _outline(level: str, code: str, rings: list[Ring]) -> Row:
    west, south, east, north = bounds(rings)
    return {
        "level": level,
        "code": code,
        "vintage": VINTAGE,
        "bbox": [west, south, east, north],
        "geometry": geometry_of(rings),
    }


def _check_drawn(history: History, codes: Collection[str]) -> None:
    departments = {code[:2] for code in codes}
    expected = {c for c in history.codes_on(DRAWN) if c[:2] in departments}
    differing = sorted(expected ^ set(codes))
    if differing:
        raise DataError(
            "the communes drawn are not those of the vintage",
            spot=Spot("communes-hauts-de-france.geojson", "features", column="code"),
            count=len(differing),
            example=differing[0],
            advice="Take the drawing and the code of the same year.",
        )


def _check_departments(
    originals: Originals,
    departments: Mapping[str, Collection[str]],
    pieces: Mapping[str, str],
) -> None:
    """Hold each département dissolved from its communes against the one published."""
    for row in originals.rows("department_outlines", "2018"):
        published = area(row["rings"])  # type: ignore[arg-type]
        code = str(row["code"])
        dissolved = sum(
            area(originals.rings[commune])
            for commune, piece in pieces.items()
            if piece in departments[code] and commune[:2] == code
        )
        if abs(dissolved - published) > published / 1000:
            raise DataError(
                "the communes do not make up their département, to a thousandth",
                spot=Spot("departements-hauts-de-france.geojson", column="code"),
                example=code,
                advice="Communes are missing: take the drawing again.",
            )
