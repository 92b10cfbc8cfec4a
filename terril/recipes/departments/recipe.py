"""Départements of the official geographic code."""

from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.readers import read_csv


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per département."""
    columns = recipe("departments").columns
    grid = read_csv(raw, file, delimiter=",", columns=list(columns))
    check_types(grid, columns)
    grid.refuse_doubles("DEP", "One line per département is expected.")
    return [
        {
            "code": line["DEP"],
            "region": line["REG"],
            "article": line["TNCC"],
            "bare_name": line["NCCENR"],
            "name": line["LIBELLE"],
        }
        for line in grid
    ]
