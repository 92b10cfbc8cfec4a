"""Communes of the official geographic code: actual communes only."""

from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.readers import read_csv

# COMD and COMA share the codes of actual communes; ARM are parts of three cities.
TYPES = {"COM", "COMD", "COMA", "ARM"}


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per actual commune."""
    columns = recipe("communes").columns
    grid = read_csv(raw, file, delimiter=",", columns=list(columns))
    check_types(grid, columns)
    grid.refuse(
        lambda line: line["TYPECOM"] not in TYPES,
        "unknown type of commune",
        "TYPECOM",
        "Read what it means in INSEE's documentation, and change the recipe.",
    )
    communes = grid.keep(lambda line: line["TYPECOM"] == "COM")
    communes.refuse_doubles("COM", "Actual communes only: take COMD and COMA out.")
    communes.refuse(
        lambda line: not line["DEP"],
        "an actual commune has no département",
        "DEP",
        "Take the original file again.",
    )
    return [
        {
            "code": line["COM"],
            "department": line["DEP"],
            "region": line["REG"],
            "article": line["TNCC"],
            "bare_name": line["NCCENR"],
            "name": line["LIBELLE"],
        }
        for line in communes
    ]
