"""Regions of the official geographic code."""

from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.readers import read_csv


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per region."""
    columns = recipe("regions").columns
    grid = read_csv(raw, file, delimiter=",", columns=list(columns))
    check_types(grid, columns)
    grid.refuse_doubles("REG", "One line per region is expected.")
    return [
        {
            "code": line["REG"],
            "article": line["TNCC"],
            "bare_name": line["NCCENR"],
            "name": line["LIBELLE"],
        }
        for line in grid
    ]
