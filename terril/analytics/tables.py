"""The compact tables of the geography, made from the original files."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from terril.analytics.errors import DataError, Spot
from terril.analytics.geography import DAWN, Existence, History, turns
from terril.analytics.originals import Originals, Row

# First day of the oldest lists at hand of what is not a commune.
FIRST_LIST = "2019-01-01"
ZONES_VINTAGE = 2023


def commune_rows(originals: Originals, points: Mapping[str, Row]) -> Iterator[Row]:
    """Yield every existence of a commune; today's know their département."""
    departments = {row["code"]: row["department"] for row in originals.communes}
    for existence in originals.history:
        is_current = not existence.until
        point = points.get(existence.code, {}) if is_current else {}
        yield {
            "level": "commune",
            "code": existence.code,
            "since": existence.since,
            "is_start_known": int(existence.since != DAWN),
            "until": existence.until,
            "name": existence.name,
            "article": existence.article,
            "kind": "",
            "parent": departments[existence.code] if is_current else "",
            "longitude": point.get("longitude", ""),
            "latitude": point.get("latitude", ""),
        }


def area_rows(originals: Originals) -> Iterator[Row]:
    """Yield the regions, départements, EPCI and employment zones."""
    for row in originals.rows("regions", "2026"):
        yield _area("region", row, since=FIRST_LIST)
    for row in originals.rows("departments", "2026"):
        parent = str(row["region"])
        yield _area("department", row, since=FIRST_LIST) | {"parent": parent}
    points = {r["code"]: r for r in originals.rows("intercommunality_points", "2025")}
    for row in _epcis(originals.epcis):
        yield row | {
            key: points.get(row["code"], {}).get(key, "")
            for key in ("longitude", "latitude")
        }
    zones = {z["zone"]: z["zone_name"] for z in originals.zones}
    for code, name in sorted(zones.items(), key=lambda zone: str(zone[0])):
        yield _area("employment_zone", {"code": code, "name": name}, since="2020-01-01")


def name_rows(history: History) -> Iterator[Row]:
    """Yield the names that communes bore before today's."""
    for existence in history:
        for name, article, until in existence.former_names:
            yield {
                "code": existence.code,
                "since": existence.since,
                "name": name,
                "article": article,
                "until": until,
            }


def movement_rows(history: History) -> Iterator[Row]:
    """Yield the movements between existences of communes."""
    for link in history.links:
        before, after = link.before or ("", ""), link.after or ("", "")
        yield {
            "kind": link.kind,
            "on": link.on,
            "before_code": before[0],
            "before_since": before[1],
            "after_code": after[0],
            "after_since": after[1],
            "before_name": link.before_name,
            "after_name": link.after_name,
        }


def population_rows(originals: Originals) -> Iterator[Row]:
    """Yield legal populations of today's communes; Mayotte's are not in the file."""
    rows = {str(row["code"]): row for row in originals.rows("populations", "2023")}
    today = {str(row["code"]): row["department"] for row in originals.communes}
    differing = sorted(
        (rows.keys() ^ today.keys())
        - {code for code, department in today.items() if department == "976"}
    )
    if differing:
        raise DataError(
            "the communes with a population are not today's communes",
            spot=Spot("donnees_communes.csv", column="COM"),
            count=len(differing),
            example=differing[0],
            advice="Take the populations and the code from the same year.",
        )
    for code in sorted(rows):
        yield {key: "" if value is None else value for key, value in rows[code].items()}


def weight_rows(originals: Originals) -> Iterator[Row]:
    """Yield the populations, by vintage, of communes that were parts of others."""
    sides = [side for turn in turns(originals.history) for side in turn.sides]
    forks = [many for side in sides for many in side.values() if len(many) > 1]
    codes = {code for many in forks for code, _since in many}
    for edition, rows in originals.lists.items():
        for row in rows:
            if row["code"] in codes and row["population"] is not None:
                yield {
                    "vintage": edition.vintage,
                    "code": row["code"],
                    "population": row["population"],
                }


def membership_rows(originals: Originals) -> Iterator[Row]:
    """Yield runs of vintages in which a commune stays in the same grouping."""
    runs: dict[tuple[Existence, str], list[int]] = {}
    for vintage, rows in originals.epcis.items():
        for row in rows:
            child = _commune_on(originals.history, str(row["commune"]), vintage)
            runs.setdefault((child, str(row["epci"])), []).append(vintage)
    found = [
        (child, run, epci)
        for (child, epci), vintages in runs.items()
        for run in _runs(vintages)
    ]
    for child, run, epci in sorted(found, key=lambda one: (one[0].key, one[1])):
        yield _membership("epci", child, epci, run)
    for row in originals.zones:
        child = _commune_on(originals.history, str(row["commune"]), ZONES_VINTAGE)
        run = (ZONES_VINTAGE, ZONES_VINTAGE)
        yield _membership("employment_zone", child, str(row["zone"]), run)


def _membership(kind: str, child: Existence, parent: str, run: tuple[int, int]) -> Row:
    return {
        "kind": kind,
        "child": child.code,
        "child_since": child.since,
        "parent": parent,
        "since": run[0],
        "until": run[1],
    }


def _runs(vintages: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the unbroken stretches of a list of years."""
    start = vintages[0]
    for year, following in pairwise([*vintages, 0]):
        if following != year + 1:
            yield (start, year)
            start = following


def _commune_on(history: History, code: str, vintage: int) -> Existence:
    found = history.on(code, f"{vintage}-01-01")
    if found is None:
        raise DataError(
            f"a commune of the {vintage} vintage did not exist on its first of January",
            spot=Spot(f"composition {vintage}"),
            example=code,
            advice="The vintage of the file is not the one declared.",
        )
    return found


def _epcis(by_vintage: Mapping[int, list[Row]]) -> Iterator[Row]:
    first = min(by_vintage)
    latest: dict[str, Row] = {}
    years: dict[str, list[int]] = {}
    for vintage, rows in by_vintage.items():
        for row in rows:
            latest[str(row["epci"])] = row
            years.setdefault(str(row["epci"]), []).append(vintage)
    for code in sorted(latest):
        row = {"code": code, "name": latest[code]["epci_name"]}
        start, end = years[code][0], years[code][-1]
        yield _area("epci", row, since=f"{start}-01-01") | {
            "is_start_known": int(start != first),
            "until": "" if end == max(by_vintage) else f"{end + 1}-01-01",
            "kind": latest[code]["kind"],
        }


def _area(level: str, row: Row, *, since: str) -> Row:
    return {
        "level": level,
        "code": row["code"],
        "since": since,
        "is_start_known": 0,
        "until": "",
        "name": row["name"],
        "article": row.get("article", ""),
        "kind": "",
        "parent": "",
        "longitude": "",
        "latitude": "",
    }
