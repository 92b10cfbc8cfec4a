"""Communes of the ANCT's programmes, and the day they signed, when it is known."""

from typing import TYPE_CHECKING

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.documents import read_json, records_grid
from terril.analytics.errors import DataError, Spot
from terril.analytics.geography.addresses import COMMUNE
from terril.analytics.readers import Grid

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAMES = {
    "acv": "action_coeur_de_ville",
    "pvd": "petites_villes_de_demain",
    "ort": "revitalisation_operations",
}
PERIOD = "2026"


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return one line per commune and programme, checked against the file's counts."""
    told = read_json(raw, file)
    records = [
        {
            "code": code,
            "programme": name,
            "is_in": one[name],
            "signed_on": one.get(f"{name}_signed_at", ""),
        }
        for code, one in told["communes"].items()
        for name in NAMES
        if name in one
    ]
    names = ["code", "programme", "is_in", "signed_on"]
    grid = records_grid(records, file, "communes", names)
    check_types(grid, {**recipe("town_programmes").columns, "signed_on": "date?"})
    grid.refuse(
        lambda line: line.values["is_in"] is not True,
        "a commune is listed in a programme that it is not in",
        "is_in",
        "Only true is expected: look what the other value means.",
    )
    _check_counts(grid, told["meta"])
    return [grid]


def _check_counts(grid: Grid, meta: dict[str, int]) -> None:
    for name in NAMES:
        found = sum(line["programme"] == name for line in grid)
        if found != meta[f"row_count_{name}"]:
            raise DataError(
                "the file says another number of communes than it lists",
                spot=Spot(grid.file, "meta", column=f"row_count_{name}"),
                count=abs(found - meta[f"row_count_{name}"]),
                example=found,
                advice="Lines were lost or added: take the original file again.",
            )


def observations(raw: "ir.Table") -> "ir.Table":
    """Return one row per commune and programme, marked with the day it signed."""
    rows = raw.mutate(text=raw.is_in.cases(("True", "1")))
    return formulas.observations(
        rows,
        indicator=rows.programme.cases(*NAMES.items()),
        level=COMMUNE,
        place=rows.code,
        period=PERIOD,
        mark=rows.signed_on.fill_null(""),
    )
