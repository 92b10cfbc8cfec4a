"""Pupils of vocational lycées by field; two lines of header, and texts for numbers."""

from typing import TYPE_CHECKING

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.cells import Figures, check_figures
from terril.analytics.columns import check_types
from terril.analytics.geography.addresses import COMMUNE
from terril.analytics.geography.nearest import CITIES
from terril.analytics.readers import Grid, read_grouped

if TYPE_CHECKING:
    import ibis.expr.types as ir

SHEET, PERIOD = "LP", "2024"
WHO, GROUP = "Informations établissement", "Nombre d'élèves présents au Bac"
TOTAL = "TOTAL"
# Saint-Martin, which is no commune of the geography, and a lycée abroad.
LEFT_OUT = ("97801", "99130")
NAMES = {
    "TOTAL": "vocational_pupils",
    "Spécialités pluri-techno.": "vocational_pupils_technology",
    "Transformations": "vocational_pupils_transformation",
    "Génie civil, construction et bois": "vocational_pupils_building",
    "Matériaux souples": "vocational_pupils_materials",
    "Mécanique, électricité, électronique": "vocational_pupils_mechanics",
    "Spécialités plurivalentes des services": "vocational_pupils_services",
    "Échanges et gestion": "vocational_pupils_trade",
    "Communication et information": "vocational_pupils_communication",
    "Services aux personnes": "vocational_pupils_care",
    "Services à la collectivité": "vocational_pupils_community",
}


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return one line per vocational lycée, checked; a blank is a field not taught."""
    columns = recipe("vocational_pupils").columns
    grid = read_grouped(
        raw, file, sheet=SHEET, groups={WHO: [*columns], GROUP: [*NAMES]}
    )
    check_types(grid, columns)
    grid.refuse_doubles("UAI", "One line per lycée is expected.")
    check_figures(grid, Figures([*NAMES], may_be_blank=True, as_text=True))
    fields = [name for name in NAMES if name != TOTAL]
    grid.refuse(
        lambda line: (
            sum(int(line[name] or 0) for name in fields) != int(line[TOTAL] or 0)
        ),
        "the fields do not add up to the total",
        TOTAL,
        "Columns are swapped, or a blank hides pupils: take the original file again.",
    )
    return [grid.keep(lambda line: line["Code commune"] not in LEFT_OUT)]


def observations(raw: "ir.Table") -> "ir.Table":
    """Return the pupils of each commune and field; arrondissements make their city."""
    rows = formulas.long(raw, list(NAMES))
    city = rows["Code commune"].cases(*CITIES.items(), else_=rows["Code commune"])
    placed = rows.mutate(commune=city).filter(rows.text.notnull())
    summed = placed.group_by("commune", "column").agg(
        text=placed.text.cast("int64").sum().cast("string"),
        _place=placed["_place"].first(),
        _line=placed["_line"].min(),
    )
    return formulas.observations(
        summed,
        indicator=summed.column.cases(*NAMES.items()),
        level=COMMUNE,
        place=summed.commune,
        period=PERIOD,
    )
