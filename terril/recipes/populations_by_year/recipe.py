"""Legal populations of the communes that are members of an EPCI, year after year."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.cells import Figures, check_figures
from terril.analytics.columns import check_types
from terril.analytics.documents import member, read_json, records_grid
from terril.analytics.geography.addresses import COMMUNE
from terril.analytics.readers import Grid

if TYPE_CHECKING:
    import ibis.expr.types as ir

MEMBER = "package/data/epci.json"
NAMES = {
    "populationMunicipale": "population_municipal",
    "populationTotale": "population_total",
}
# A census year is in force three years later, on the first of January.
DELAY = 3


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return one line per member commune, checked, with the year of its census."""
    columns = recipe("populations_by_year").columns
    epcis = read_json(member(raw, file, MEMBER), file)
    records = [
        _record(entry, file) for epci in epcis for entry in epci.get("membres", ())
    ]
    grid = records_grid(records, file, MEMBER, [*columns, *NAMES, "year"])
    check_types(grid, columns)
    grid.refuse_doubles("code", "A commune is in one EPCI only.")
    check_figures(grid, Figures([*NAMES]))
    grid.refuse(
        lambda line: int(line["populationMunicipale"]) > int(line["populationTotale"]),
        "the municipal population is above the total",
        "populationTotale",
        "Columns are swapped: take the original archive again.",
    )
    return [grid]


def _record(entry: Mapping[str, Any], file: str) -> dict[str, Any]:
    kept = {key: entry.get(key) for key in ("code", "nom", *NAMES)}
    return kept | {"year": _census_year(file)}


def _census_year(file: str) -> str:
    """Return the year of the census in force in the vintage of an archive."""
    editions = recipe("populations_by_year").editions
    vintages = [edition.vintage for edition in editions if edition.file == file]
    return str(int((vintages or [editions[0].vintage])[0]) - DELAY)


def observations(raw: "ir.Table") -> "ir.Table":
    """Return the municipal and total populations of each commune."""
    rows = formulas.long(raw, list(NAMES))
    return formulas.observations(
        rows,
        indicator=rows.column.cases(*NAMES.items()),
        level=COMMUNE,
        place=rows.code,
        period=rows.year,
    )
