"""EPCI and their members; an edition that repeats another is found out."""

from collections.abc import Mapping

from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.documents import member, read_json, records_grid
from terril.analytics.errors import DataError, Spot
from terril.analytics.readers import Grid
from terril.analytics.snapshots import digest

MEMBER = "package/data/epci.json"


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per member commune of an EPCI."""
    epcis = read_json(member(raw, file, MEMBER), file)
    columns = recipe("intercommunalities").columns
    own = {k: v for k, v in columns.items() if not k.startswith("member_")}
    grid = records_grid(epcis, file, MEMBER, [*own, "membres"])
    check_types(grid, own)
    grid.refuse_doubles("code", "One entry per EPCI is expected.")
    members = _members(grid)
    theirs = {k: v for k, v in columns.items() if k.startswith("member_")}
    check_types(members, theirs)
    members.refuse_doubles("member_code", "A commune is in one EPCI only.")
    return [
        {
            "epci": line["code"],
            "epci_name": line["nom"],
            "kind": line["type"],
            "commune": line["member_code"],
            "commune_name": line["member_nom"],
            "municipal": line.values["municipal"],
        }
        for line in members
    ]


def gaps(archives: Mapping[str, tuple[str, bytes]]) -> dict[str, str]:
    """Return the vintages that only repeat an older one, each with its reason.

    `archives` holds the file and the bytes of each vintage, in order. What is
    found must be what the recipe declares, or the build stops.
    """
    declared = {e.vintage: e.repeats for e in recipe("intercommunalities").editions}
    first: dict[str, str] = {}
    found = {}
    for vintage, (file, raw) in archives.items():
        older = first.setdefault(digest(member(raw, file, MEMBER)), vintage)
        repeated = "" if older == vintage else older
        if repeated != declared[vintage]:
            raise DataError(
                f"the vintage {vintage} repeats {repeated or 'none'}, byte for byte, "
                f"while its recipe declares {declared[vintage] or 'none'}",
                spot=Spot(file, MEMBER),
                example=digest(member(raw, file, MEMBER)),
                advice="Declare `repeats`: the vintage is then a gap, and said so.",
            )
        if repeated:
            found[vintage] = f"{file} repeats the file of {repeated}, byte for byte"
    return found


def _members(grid: Grid) -> Grid:
    records = [
        {
            "code": line["code"],
            "nom": line["nom"],
            "type": line["type"],
            "member_code": entry.get("code"),
            "member_nom": entry.get("nom"),
            # There from version 1.1.1 only: unknown before, which is not zero.
            "municipal": entry.get("populationMunicipale"),
        }
        for line in grid
        for entry in line.values["membres"]  # type: ignore[attr-defined]
    ]
    columns = ["code", "nom", "type", "member_code", "member_nom", "municipal"]
    return records_grid(records, grid.file, f"{MEMBER}, membres", columns)
