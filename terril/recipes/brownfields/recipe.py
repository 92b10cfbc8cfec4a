"""Brownfield sites by commune; its codes are not all of one year."""

import gzip
from typing import TYPE_CHECKING

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.cells import Figures, check_figures
from terril.analytics.columns import check_types
from terril.analytics.documents import GZIP, read_json, records_grid
from terril.analytics.errors import DataError, Spot
from terril.analytics.geography.addresses import COMMUNE
from terril.analytics.readers import Grid

if TYPE_CHECKING:
    import ibis.expr.types as ir

PERIOD = "2026"
# Saint-Barthélemy, Saint-Pierre-et-Miquelon, and a code of another year.
LEFT_OUT = {"97701", "97502", "27058"}


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return one line per commune, checked against the file's own count."""
    told = read_json(_unpacked(raw, file), file)
    records = [{"code": code, "n": one["n"]} for code, one in told["communes"].items()]
    grid = records_grid(records, file, "communes", ["code", "n"])
    check_types(grid, recipe("brownfields").columns)
    check_figures(grid, Figures(["n"], least=1))
    sites = sum(int(line["n"]) for line in grid)
    if sites != told["meta"]["row_count_sites"]:
        raise DataError(
            "the file says another number of sites than it lists",
            spot=Spot(file, "meta", column="row_count_sites"),
            count=abs(sites - told["meta"]["row_count_sites"]),
            example=sites,
            advice="Lines were lost or added: take the original file again.",
        )
    return [grid.keep(lambda line: line["code"] not in LEFT_OUT)]


def _unpacked(raw: bytes, file: str) -> bytes:
    if not raw.startswith(GZIP):
        return raw
    try:
        return gzip.decompress(raw)
    except (gzip.BadGzipFile, EOFError) as error:
        raise DataError(
            "the archive cannot be read",
            spot=Spot(file),
            advice="Take the original archive again.",
        ) from error


def observations(raw: "ir.Table") -> "ir.Table":
    """Return one row per commune."""
    rows = raw.mutate(text=raw.n)
    return formulas.observations(
        rows,
        indicator="brownfield_sites",
        level=COMMUNE,
        place=rows.code,
        period=PERIOD,
    )
