"""Employment zones of 2020 and their communes; header on line 6."""

from collections import Counter

from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.readers import read_sheet

HEADER_LINE = 6


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per commune, with its zone."""
    columns = recipe("employment_zones").columns
    grid = read_sheet(
        raw,
        file,
        sheet="Composition_communale",
        header_line=HEADER_LINE,
        columns=list(columns),
    )
    check_types(grid, columns)
    grid.refuse_doubles("CODGEO", "A commune is in one zone only.")
    _check_counts(raw, file, Counter(line["ZE2020"] for line in grid))
    return [
        {
            "commune": line["CODGEO"],
            "zone": line["ZE2020"],
            "zone_name": line["LIBZE2020"].strip(),
        }
        for line in grid
    ]


def _check_counts(raw: bytes, file: str, counted: Counter[str]) -> None:
    columns = {"ZE2020": "zone", "LIBZE2020": "name", "NB_COM": "count"}
    grid = read_sheet(
        raw, file, sheet="ZE2020", header_line=HEADER_LINE, columns=list(columns)
    )
    check_types(grid, columns)
    grid.refuse(
        lambda line: counted[line["ZE2020"]] != int(line["NB_COM"]),
        "the number of communes is not that of the composition",
        "NB_COM",
        "The two sheets disagree: take the original file again.",
    )
