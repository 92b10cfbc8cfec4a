"""What must be true of any table of observations, whatever its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from terril.analytics.catalogue import Edition, Indicator
from terril.analytics.errors import DataError, Spot
from terril.analytics.geography.addresses import COMMUNE, Address
from terril.analytics.geography.atlas import Atlas
from terril.analytics.geography.nearest import proposed, proposed_commune
from terril.analytics.periods import WRITTEN

if TYPE_CHECKING:
    import pyarrow as pa

STATUSES = ("official", "secret")
# Levels that are no places of the geography: their codes are checked when read.
UNPLACED = ("lycee",)
KEY = ("indicator", "level", "place", "period")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Expected:
    """What the observations of one file are held against."""

    edition: Edition
    file: str
    indicators: Mapping[str, Indicator]
    atlas: Atlas


def check_observations(table: "pa.Table", expected: Expected) -> None:
    """Stop the build when observations are doubled, unknown, or no figures at all.

    Raises `DataError` with the sheet and the line of the first wrong row, how many
    there are, and for unknown places the code that was probably meant.
    """
    rows = table.to_pylist()
    if not rows:
        raise DataError(
            "no observation was read",
            spot=Spot(expected.file),
            advice="The table is empty, or its names have changed: look at the file.",
        )
    tests: Mapping[str, Callable[[Row], bool]] = {
        "indicator": lambda row: row["indicator"] not in expected.indicators,
        "place": lambda row: row["place"] is None,
        "status": lambda row: row["status"] not in STATUSES,
        "period": lambda row: not WRITTEN.fullmatch(row["period"] or ""),
        "value": lambda row: (row["value"] is None) != (row["status"] == "secret"),
    }
    for column, is_wrong in tests.items():
        wrong = [row for row in rows if is_wrong(row)]
        if wrong:
            advice = "This is a fault of the recipe: mend its observations."
            raise _error(
                wrong, expected, column, "not what an observation holds", advice
            )
    _check_doubles(rows, expected)
    _check_places(rows, expected)


def _error(
    wrong: list[Row], expected: Expected, column: str, problem: str, advice: str
) -> DataError:
    first = wrong[0]
    return DataError(
        problem,
        spot=Spot(expected.file, first["sheet"], first["line"], column),
        count=len(wrong),
        example=first[column],
        advice=advice,
    )


def _check_doubles(rows: list[Row], expected: Expected) -> None:
    seen: set[tuple[object, ...]] = set()
    doubles = []
    for row in rows:
        key = tuple(row[name] for name in KEY)
        if key in seen:
            doubles.append(row)
        seen.add(key)
    if doubles:
        told = ", ".join(str(doubles[0][name]) for name in KEY)
        advice = f"Two values for one key ({told}): tell which one holds."
        raise _error(doubles, expected, "place", "the same key appears twice", advice)


def _check_places(rows: list[Row], expected: Expected) -> None:
    """Refuse the codes that are not of the declared vintage of the geography."""
    day = f"{expected.edition.geography}-01-01"
    communes = expected.atlas.communes_on(day)
    known = expected.atlas.by_address

    def is_unknown(row: Row) -> bool:
        if row["level"] in UNPLACED:
            return False
        if row["level"] == COMMUNE:
            return row["place"] not in communes
        return (row["level"], row["place"]) not in known

    unknown = [row for row in rows if is_unknown(row)]
    if not unknown:
        return
    first = unknown[0]
    if first["level"] == COMMUNE:
        proposal, reason = proposed_commune(first["place"], communes)
    else:
        proposal, reason = proposed(Address(first["level"], first["place"]), known)
    hint = f" Did you mean {proposal}?" if proposal else ""
    problem = f"the code is not of the geography of {expected.edition.geography}"
    codes = sorted({row["place"] for row in unknown})
    advice = f"{reason.capitalize()}.{hint} {len(codes)} codes: {', '.join(codes[:9])}."
    raise _error(unknown, expected, "place", problem, advice)
