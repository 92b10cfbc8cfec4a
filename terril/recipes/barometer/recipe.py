"""The barometer of public action: monthly indicators; an identifier may serve twice."""

import calendar
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.cells import Figures, check_figures
from terril.analytics.columns import check_types
from terril.analytics.geography.addresses import COUNTRY, DEPARTMENT, REGION
from terril.analytics.readers import Grid, Line, read_csv

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Each identifier that is kept, with its only label: some serve for two.
KEPT: Mapping[str, tuple[str, str]] = {
    "nb-entreprises-industrielles-agricoles": (
        "relance_industrial_companies",
        (
            "Nombre d’entreprises industrielles (dont PME) bénéficiaires des aides à "
            "l'investissement de France Relance"
        ),
    ),
    "nombre-contrats-apprentissage": (
        "apprenticeship_contracts",
        "Nombre de contrats d’apprentissage",
    ),
    "nb-points-recharge": (
        "charge_points",
        "Nombre de bornes de recharge pour véhicules électriques déployées",
    ),
    "km-amenagement-cyclables-securises": (
        "cycle_kilometres",
        "Kilomètres d'aménagements cyclables sécurisés",
    ),
    "nb-primes-conversion": (
        "clean_vehicle_bonuses",
        "Nombre de primes à la conversion et de bonus écologiques",
    ),
    "nb-francais-emballages-bac-jaune": (
        "yellow_bin_inhabitants",
        "Nombre de Français qui peuvent mettre tous les emballages dans le bac jaune",
    ),
}
# The column of the place, by the level of the file.
PLACES = {
    "code_departement": (DEPARTMENT, "department"),
    "code_region": (REGION, "region"),
    "maille_geographique": (COUNTRY, "name"),
}


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return the lines of the indicators kept, checked, with their level and code."""
    columns = recipe("barometer").columns
    grid = read_csv(raw, file, delimiter=",", columns=[*columns, "valeur"])
    column = next((name for name in PLACES if name in grid.header), "")
    if not column:
        advice = f"One of {', '.join(PLACES)} is expected: change the recipe."
        raise grid.error("no column gives the place", [], "", advice)
    kept = grid.keep(lambda line: line["id_indicateur"] in KEPT)
    check_types(kept, {**columns, column: PLACES[column][1]})
    _check_labels(kept)
    _check_days(kept)
    check_figures(kept, Figures(["valeur"], decimals=2, as_text=True))
    placed = _placed(kept, column)
    placed.refuse_doubles("key", "One value per indicator, place and day is expected.")
    return [placed]


def _check_labels(grid: Grid) -> None:
    grid.refuse(
        lambda line: line["indicateur"] != KEPT[line["id_indicateur"]][1],
        "the identifier serves for another indicator",
        "indicateur",
        "Two labels share one identifier: tell them apart before keeping either.",
    )


def _check_days(grid: Grid) -> None:
    def is_within(line: Line) -> bool:
        year, month, day = map(int, line["date"].split("-"))
        return not 1 <= month <= 12 or day != calendar.monthrange(year, month)[1]

    advice = "A value is dated by the last day of its month: look which month it is of."
    grid.refuse(is_within, "the day is not the last of its month", "date", advice)


def _placed(grid: Grid, column: str) -> Grid:
    level = PLACES[column][0]
    if level == COUNTRY:
        grid.refuse(
            lambda line: line[column] != "national",
            "the level is not the nation",
            column,
            "Declare the level in the recipe.",
        )

    def placed(line: Line) -> Line:
        code = "" if level == COUNTRY else line[column]
        key = f"{line['id_indicateur']} {code} {line['date']}"
        return Line(
            line.number, line.values | {"level": level, "code": code, "key": key}
        )

    lines = tuple(map(placed, grid))
    return replace(grid, header=(*grid.header, "level", "code", "key"), lines=lines)


def observations(raw: "ir.Table") -> "ir.Table":
    """Return one row per indicator, place and month."""
    names = [(identifier, key) for identifier, (key, _) in KEPT.items()]
    rows = raw.mutate(text=raw.valeur)
    return formulas.observations(
        rows,
        indicator=rows.id_indicateur.cases(*names),
        level=rows.level,
        place=rows.code.fill_null(""),
        period=rows.date[:7],
    )
