"""Legal populations: municipal, counted apart, total."""

from typing import TYPE_CHECKING

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.geography.addresses import COMMUNE
from terril.analytics.readers import Grid, read_csv

if TYPE_CHECKING:
    import ibis.expr.types as ir

REFERENCE = "2023"
# Cities which the file gives by arrondissement, and those arrondissements.
CITIES = {
    "75056": range(75101, 75121),
    "69123": range(69381, 69390),
    "13055": range(13201, 13217),
}
CITY_OF = {str(code): city for city, codes in CITIES.items() for code in codes}


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return the file, checked: one line per commune or arrondissement."""
    columns = recipe("populations").columns
    grid = read_csv(raw, file, delimiter=";", columns=list(columns))
    check_types(grid, columns)
    grid.refuse_doubles("COM", "One line per commune is expected.")
    _check_sums(grid)
    _check_cities(grid)
    return [grid]


def observations(raw: "ir.Table") -> "ir.Table":
    """Return the municipal and total populations of communes.

    The municipal populations of arrondissements make their city's; its total
    population is left out, as people counted apart do not add up.
    """
    import ibis  # noqa: PLC0415 -- slow import

    city = raw.COM.cases(*CITY_OF.items())
    whole = raw.filter(city.isnull())
    parts = raw.mutate(COM=city).filter(city.notnull())
    cities = parts.group_by("COM").agg(
        text=parts.PMUN.cast("int64").sum().cast("string"),
        _place=parts["_place"].first(),
        _line=parts["_line"].min(),
    )
    columns = {"PMUN": "population_municipal", "PTOT": "population_total"}
    rows = formulas.long(whole, list(columns)).select(
        "COM", "text", "column", "_place", "_line"
    )
    rows = rows.union(
        cities.select(
            "COM", "text", "_place", "_line", column=ibis.literal("PMUN")
        ).select("COM", "text", "column", "_place", "_line")
    )
    return formulas.observations(
        rows,
        indicator=rows.column.cases(*columns.items()),
        level=COMMUNE,
        place=rows.COM,
        period=REFERENCE,
    )


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per commune; a city in arrondissements keeps what adds up.

    The municipal populations of arrondissements add up to the city's. People
    counted apart do not: some are of another arrondissement of the same city.
    """
    (grid,) = grids(raw, file)
    return [
        {
            "code": line["COM"],
            "municipal": int(line["PMUN"]),
            "apart": int(line["PCAP"]),
            "total": int(line["PTOT"]),
            "basis": "published",
        }
        for line in grid
        if line["COM"] not in CITY_OF
    ] + _cities(grid)


def _check_sums(grid: Grid) -> None:
    grid.refuse(
        lambda line: int(line["PMUN"]) + int(line["PCAP"]) != int(line["PTOT"]),
        "municipal and counted apart do not add up to the total",
        "PTOT",
        "Take the original file again.",
    )


def _check_cities(grid: Grid) -> None:
    present = {line["COM"] for line in grid}
    parts = {CITY_OF[code] for code in present & CITY_OF.keys()}
    grid.refuse(
        lambda line: line["COM"] in parts,
        "a city is there whole and by arrondissement: it would count twice",
        "COM",
        "Keep one of the two, and change the recipe.",
    )
    grid.refuse(
        lambda line: (
            line["COM"] in CITY_OF
            and not present.issuperset(map(str, CITIES[CITY_OF[line["COM"]]]))
        ),
        "a city has only some of its arrondissements",
        "COM",
        "Take the original file again.",
    )


def _cities(grid: Grid) -> list[dict[str, object]]:
    sums: dict[str, int] = {}
    for line in grid:
        city = CITY_OF.get(line["COM"])
        if city:
            sums[city] = sums.get(city, 0) + int(line["PMUN"])
    return [
        {
            "code": city,
            "municipal": municipal,
            "apart": None,
            "total": None,
            "basis": "arrondissements",
        }
        for city, municipal in sums.items()
    ]
