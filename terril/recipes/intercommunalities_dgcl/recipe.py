"""EPCI and their members as the DGCL publishes them; its SIREN are numbers."""

from collections import Counter

from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.readers import read_sheet


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per member commune of an EPCI."""
    columns = recipe("intercommunalities_dgcl").columns
    grid = read_sheet(
        raw, file, sheet="Epcicom2025", header_line=1, columns=list(columns)
    )
    check_types(grid, columns)
    grid.refuse_doubles("insee", "A commune is in one EPCI only.")
    counted = Counter(line["siren"] for line in grid)
    grid.refuse(
        lambda line: counted[line["siren"]] != int(line["nb_membres"]),
        "the number of members is not the number of lines",
        "nb_membres",
        "Lines are missing or doubled: take the original file again.",
    )
    return [
        {
            "epci": line["siren"],
            "epci_name": line["raison_sociale"],
            "kind": line["nature_juridique"],
            "commune": line["insee"],
            "commune_name": line["nom_membre"],
            # The member's own; the totals of the EPCI are repeated on each line.
            "municipal": int(line["pmun_2025"]),
        }
        for line in grid
    ]
