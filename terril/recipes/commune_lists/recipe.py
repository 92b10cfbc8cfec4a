"""Lists of actual communes, vintage by vintage, with their municipal population."""

from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.documents import member, read_json, records_grid

MEMBER = "package/data/communes.json"
# Communes of collectivities that are no département: not in INSEE's movements.
OVERSEAS = ("975", "977", "978", "98")


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per actual commune of the départements."""
    columns = recipe("commune_lists").columns
    records = read_json(member(raw, file, MEMBER), file)
    grid = records_grid(records, file, MEMBER, list(columns))
    check_types(grid, columns)
    communes = grid.keep(
        lambda line: (
            line["type"] == "commune-actuelle" and not line["code"].startswith(OVERSEAS)
        )
    )
    communes.refuse_doubles("code", "Actual communes only.")
    communes.refuse(
        lambda line: not _is_population(line.values.get("population")),
        "the population is not a whole number",
        "population",
        "Take the original archive again.",
    )
    return [
        {
            "code": line["code"],
            "name": line["nom"],
            "population": line.values.get("population"),
        }
        for line in communes
    ]


def _is_population(value: object) -> bool:
    """Tell a number of people, or nothing: Mayotte had none in the list of 2019."""
    if value is None:
        return True
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
