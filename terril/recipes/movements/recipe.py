"""Movements of communes by date, with their kind as INSEE codes it."""

from terril.analytics.catalogue import recipe
from terril.analytics.columns import check_types
from terril.analytics.readers import Line, read_csv

TYPES = {"", "COM", "COMD", "COMA", "ARM"}


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per movement; one of its sides may be empty."""
    columns = recipe("movements").columns
    grid = read_csv(raw, file, delimiter=",", columns=list(columns))
    check_types(grid, columns)
    for column in ("TYPECOM_AV", "TYPECOM_AP"):
        grid.refuse(
            lambda line, column=column: line[column] not in TYPES,  # type: ignore[misc]
            "unknown type of commune",
            column,
            "Read what it means in INSEE's documentation, and change the recipe.",
        )
    grid.refuse(
        lambda line: not (line["COM_AV"] or line["COM_AP"]),
        "a movement has neither a before nor an after",
        "COM_AV",
        "Take the original file again.",
    )
    grid.refuse(
        lambda line: not (_is_whole(line, "AV") and _is_whole(line, "AP")),
        "a side has a code without a type or a name",
        "TYPECOM_AV",
        "Take the original file again: a key is the type, the code and the day.",
    )
    return [
        {"kind": line["MOD"], "on": line["DATE_EFF"]}
        | _side(line, "before", "AV")
        | _side(line, "after", "AP")
        for line in grid
    ]


def _side(line: Line, name: str, suffix: str) -> dict[str, object]:
    return {
        f"{name}_type": line[f"TYPECOM_{suffix}"],
        f"{name}_code": line[f"COM_{suffix}"],
        f"{name}_name": line[f"LIBELLE_{suffix}"],
        f"{name}_article": line[f"TNCC_{suffix}"],
    }


def _is_whole(line: Line, suffix: str) -> bool:
    parts = (
        line[f"TYPECOM_{suffix}"],
        line[f"COM_{suffix}"],
        line[f"LIBELLE_{suffix}"],
    )
    return all(parts) or not any(parts)
