"""EPCI and their members as INSEE publishes them; header on line 6."""

from collections import Counter

from terril.analytics.catalogue import recipe
from terril.analytics.columns import TYPES, check_types
from terril.analytics.readers import read_sheet

# The code INSEE gives to communes without EPCI.
NONE = "ZZZZZZZZZ"
HEADER_LINE = 6


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per commune; without EPCI, its code is empty."""
    columns = recipe("intercommunalities_insee").columns
    grid = read_sheet(
        raw,
        file,
        sheet="Composition_communale",
        header_line=HEADER_LINE,
        columns=list(columns),
    )
    check_types(grid, columns)
    grid.refuse_doubles("CODGEO", "A commune is in one EPCI only.")
    is_siren = TYPES["siren"].pattern.fullmatch
    grid.refuse(
        lambda line: line["EPCI"] != NONE and not is_siren(line["EPCI"]),
        "neither a SIREN of 9 digits nor ZZZZZZZZZ (no EPCI)",
        "EPCI",
        "Take the original file again.",
    )
    _check_counts(raw, file, Counter(line["EPCI"] for line in grid))
    return [
        {
            "epci": "" if line["EPCI"] == NONE else line["EPCI"],
            "epci_name": "" if line["EPCI"] == NONE else line["LIBEPCI"],
            "commune": line["CODGEO"],
            "commune_name": line["LIBGEO"],
        }
        for line in grid
    ]


def _check_counts(raw: bytes, file: str, counted: Counter[str]) -> None:
    columns = {"EPCI": "text", "LIBEPCI": "name", "NB_COM": "count"}
    grid = read_sheet(
        raw, file, sheet="EPCI", header_line=HEADER_LINE, columns=list(columns)
    )
    check_types(grid, columns)
    grid.refuse(
        lambda line: counted[line["EPCI"]] != int(line["NB_COM"]),
        "the number of communes is not that of the composition",
        "NB_COM",
        "The two sheets disagree: take the original file again.",
    )
