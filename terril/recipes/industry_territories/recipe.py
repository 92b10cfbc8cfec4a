"""Members of the Territoires d'industrie: several SIREN in one cell."""

from dataclasses import replace
from typing import TYPE_CHECKING

from stdnum.fr import siren

from terril.analytics import formulas
from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.documents import features, records_grid
from terril.analytics.geography.addresses import EPCI
from terril.analytics.readers import Grid, Line

if TYPE_CHECKING:
    import ibis.expr.types as ir

# The list is that of 2018, when the programme began.
PERIOD = "2018"
# How the SIREN of a commune begins.
COMMUNE = "21"
# Territorial establishments of Greater Paris: no EPCI with taxes of their own.
ESTABLISHMENTS = {"200057990", "200058014", "200058097"}


def grids(raw: bytes, file: str) -> list[Grid]:
    """Return one line per territory and EPCI, checked."""
    columns = recipe("industry_territories").columns
    found = [one["properties"] for one in features(raw, file)]
    names = ["id_ti", "lib_ti", "siren_groupement"]
    territories = records_grid(found, file, "features", names)
    territories.refuse_doubles("id_ti", "One feature per territory is expected.")
    members = _members(territories)
    check_types(members, columns)
    members.refuse(
        lambda line: not siren.is_valid(line["siren"]),
        "the check digit of the SIREN is wrong",
        "siren",
        "A digit is mistyped: take the original file again.",
    )
    members.refuse_doubles("key", "An EPCI is named once in a territory.")
    return [members.keep(lambda line: not _is_left_out(line["siren"]))]


def _is_left_out(number: str) -> bool:
    return number.startswith(COMMUNE) or number in ESTABLISHMENTS


def _members(territories: Grid) -> Grid:
    lines = tuple(
        Line(
            line.number,
            {**line.values, "siren": one, "key": f"{line['id_ti']} {one}"},
        )
        for line in territories
        for one in line["siren_groupement"].split(", ")
    )
    return replace(
        territories, header=(*territories.header, "siren", "key"), lines=lines
    )


def observations(raw: "ir.Table") -> "ir.Table":
    """Return how many territories each EPCI takes part in, marked with their names."""
    named = raw.mutate(told=raw.id_ti + " " + raw.lib_ti)
    rows = named.group_by("siren").agg(
        text=named.id_ti.nunique().cast("string"),
        told=named.told.group_concat(", "),
        _place=named["_place"].first(),
        _line=named["_line"].min(),
    )
    return formulas.observations(
        rows,
        indicator="industry_territories",
        level=EPCI,
        place=rows.siren,
        period=PERIOD,
        mark=rows.told,
    )
