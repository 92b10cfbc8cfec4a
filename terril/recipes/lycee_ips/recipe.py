"""Social position of lycées; the producer's export lost the zeros of its codes."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.cells import Figures, check_figures
from terril.analytics.columns import check_types
from terril.analytics.readers import Grid, Line, read_csv

if TYPE_CHECKING:
    import ibis.expr.types as ir

INDEX = "ips_ensemble_gt_pro"
# How the export writes départements: Ain is 1, Corse is 02A and 02B.
WRITTEN = re.compile(r"[1-9]|\d{2}|0?2[AB]|97\d", re.ASCII)
# Saint-Martin is written under Guadeloupe, as it was until 2007.
ELSEWHERE = {("971", "97801")}
COMMUNE = re.compile(r"\d[\dAB]\d{3}", re.ASCII)


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return one line per lycée and school year, with the whole code of its commune."""
    columns = recipe("lycee_ips").columns
    grid = read_csv(raw, file, delimiter=";", columns=[*columns, INDEX])
    check_types(grid, columns)
    check_figures(grid, Figures([INDEX], decimals=1, as_text=True, most=200))
    _check_codes(grid)
    keyed = _keyed(grid)
    keyed.refuse_doubles("key", "A lycée has one index a year.")
    return [keyed]


def _check_codes(grid: Grid) -> None:
    """Refuse what the loss of zeros, known and declared, does not explain."""
    grid.refuse(
        lambda line: not WRITTEN.fullmatch(line["code_du_departement"]),
        "not a département as this export writes them",
        "code_du_departement",
        "1 to 9 for the first ones, 02A and 02B for Corse are expected.",
    )
    grid.refuse(
        lambda line: not _is_explained(line),
        "the commune is not one of its département, even with its zero restored",
        "code_insee_de_la_commune",
        "Columns are swapped, or a code is cut: take the original file again.",
    )


def _is_explained(line: Line) -> bool:
    whole = _whole(line)
    if (line["code_du_departement"], whole) in ELSEWHERE:
        return True
    department = line["code_du_departement"].removeprefix("0").zfill(2)
    return bool(COMMUNE.fullmatch(whole)) and whole.startswith(department)


def _whole(line: Line) -> str:
    """Return the code of the commune; a département of one digit tells of a lost zero."""
    is_cut = len(line["code_du_departement"]) == 1
    return f"{'0' if is_cut else ''}{line['code_insee_de_la_commune']}"


def _keyed(grid: Grid) -> Grid:
    lines = tuple(
        Line(
            line.number,
            {
                **line.values,
                "key": f"{line['uai']} {line['rentree_scolaire']}",
                "commune": f"com:{_whole(line)}",
            },
        )
        for line in grid
    )
    return replace(grid, header=(*grid.header, "key", "commune"), lines=lines)


def observations(raw: "ir.Table") -> "ir.Table":
    """Return one row per lycée and school year, marked with its commune."""
    rows = raw.mutate(text=raw[INDEX])
    return formulas.observations(
        rows,
        indicator="lycee_social_index",
        level="lycee",
        place=rows.uai,
        period=rows.rentree_scolaire[:4],
        mark=rows.commune,
    )
