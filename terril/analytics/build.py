"""Read → shape → check → store, recipe after recipe: how a release is made."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from terril.analytics.catalogue import Edition, Recipe, indicators, recipes
from terril.analytics.checks import Expected, check_observations
from terril.analytics.errors import DataError, Spot
from terril.analytics.geography.atlas import Atlas, atlas
from terril.analytics.releases import (
    ATTRIBUTION,
    CATALOGUE,
    OBSERVATIONS,
    Published,
    Release,
    attribution_page,
)
from terril.analytics.snapshots import snapshots
from terril.analytics.workbench import Workbench

if TYPE_CHECKING:
    import pyarrow as pa

ORDER = ("indicator", "level", "place", "period", "edition")


@dataclass(frozen=True)
class Originals:
    """A folder of producers' files, and the release that is built upon."""

    folder: Path
    previous: Release | None = None
    say: Callable[[str], object] = print
    catalogue: Mapping[str, Recipe] = field(default_factory=recipes)
    atlas: Atlas = field(default_factory=atlas)


def build(originals: Originals) -> dict[str, bytes]:
    """Return the files of a release made of every edition that recipes declare.

    An edition whose file is not in the folder is taken from the previous release,
    unchanged: editions are only ever added. One that is in neither stops the build
    with `DataError`, as does any file that is not what its recipe says.
    """
    chosen = [one for one in originals.catalogue.values() if one.is_of_figures]
    editions = [
        published(recipe, vintage)
        for recipe in chosen
        for vintage in dict.fromkeys(edition.vintage for edition in recipe.editions)
    ]
    _check_unchanged(editions, originals.previous)
    kept = _kept(editions, originals.previous)
    with Workbench() as bench:
        tables = [
            table
            for recipe in chosen
            if recipe.has_grids
            for edition in recipe.editions
            for table in _tables(bench, originals, recipe, edition)
        ]
        if originals.previous:
            tables.append(_carried_over(bench, originals.previous, tables))
        return _files(_sorted(tables), [*editions, *kept])


def published(recipe: Recipe, vintage: str) -> Published:
    """Return an edition as releases hold it, with all its files."""
    parts = [edition for edition in recipe.editions if edition.vintage == vintage]
    first, source = parts[0], recipe.source
    return Published(
        id=f"{recipe.name}/{vintage}",
        dataset=recipe.name,
        vintage=vintage,
        files=tuple((part.file, part.sha256) for part in parts),
        producer=source.producer,
        title=source.title,
        licence=source.licence,
        attribution=source.attribution,
        address=source.address,
        universe=source.universe,
        published_on=first.published_on,
        dated=first.dated,
        dated_by=first.dated_by,
        geography=first.geography,
        note=first.note,
    )


def _check_unchanged(editions: list[Published], previous: Release | None) -> None:
    """Refuse an edition whose files are no longer those that were published."""
    before = previous.editions if previous else {}
    for one in editions:
        known = before.get(one.id)
        if known and known.files != one.files:
            raise DataError(
                "an edition already released has other files now",
                spot=Spot(f"recipes/{one.dataset}/recipe.toml"),
                example=one.id,
                advice="Editions are only added: declare the new files under another "
                "vintage, and leave the old one as it is.",
            )


def _kept(editions: list[Published], previous: Release | None) -> list[Published]:
    """Return the editions that only the previous release has: they are kept."""
    ids = {one.id for one in editions}
    before = previous.editions if previous else {}
    return [one for one in before.values() if one.id not in ids]


def _tables(
    bench: Workbench, originals: Originals, recipe: Recipe, edition: Edition
) -> "list[pa.Table]":
    name = f"{recipe.name}/{edition.vintage}"
    is_known = originals.previous and name in originals.previous.editions
    if is_known and not any(originals.folder.rglob(edition.file)):
        return []
    originals.say(f"{name} {edition.file}")
    found = []
    for file, raw in snapshots(edition, originals.folder).items():
        expected = Expected(edition, file, indicators(), originals.atlas)
        for grid in recipe.grids(raw, file):
            table = bench.engine.to_pyarrow(recipe.observations(bench.lay(grid)))
            check_observations(table, expected)
            found.append(_with(table, edition=name, file=file))
    return found


def _with(table: "pa.Table", **constants: str) -> "pa.Table":
    """Return a table with the same text in every row of some new columns."""
    import pyarrow as pa  # noqa: PLC0415 -- slow import

    for name, text in constants.items():
        column = pa.array([text] * table.num_rows, pa.string())
        table = table.append_column(name, column)
    return table


def _carried_over(
    bench: Workbench, previous: Release, tables: "list[pa.Table]"
) -> "pa.Table":
    """Return the observations of the files that were not read again."""
    previous.verify()
    old = bench.engine.to_pyarrow(previous.observations(bench))
    read = {(t["edition"][0].as_py(), t["file"][0].as_py()) for t in tables}
    pairs = zip(old["edition"].to_pylist(), old["file"].to_pylist(), strict=True)
    return old.filter([pair not in read for pair in pairs])


def _sorted(tables: "list[pa.Table]") -> "pa.Table":
    """Return all the observations in one order, each key once."""
    import pyarrow as pa  # noqa: PLC0415 -- slow import

    whole = pa.concat_tables(tables).sort_by([(name, "ascending") for name in ORDER])
    keys = list(zip(*(whole[name].to_pylist() for name in ORDER), strict=True))
    doubles = [key for key, after in pairwise(keys) if key == after]
    if doubles:
        raise DataError(
            "two files of one edition give the same key",
            spot=Spot(doubles[0][-1]),
            count=len(doubles),
            example=", ".join(doubles[0]),
            advice="Tell in the recipe which of the two files holds.",
        )
    return whole


def _files(table: "pa.Table", editions: list[Published]) -> dict[str, bytes]:
    told = sorted(editions, key=lambda one: one.id)
    catalogue = {
        "indicators": [asdict(one) for _, one in sorted(indicators().items())],
        "editions": [asdict(one) for one in told],
    }
    text = json.dumps(catalogue, ensure_ascii=False, indent=1) + "\n"
    return {
        OBSERVATIONS: _parquet(table, text),
        CATALOGUE: text.encode(),
        ATTRIBUTION: attribution_page(told).encode(),
    }


def _parquet(table: "pa.Table", catalogue: str) -> bytes:
    """Return the table as Parquet, which tells its sources and licences by itself."""
    import pyarrow as pa  # noqa: PLC0415 -- slow import
    import pyarrow.parquet as pq  # noqa: PLC0415 -- slow import

    sink = io.BytesIO()
    told = table.replace_schema_metadata({"terril.catalogue": catalogue})
    texts = [field.name for field in told.schema if pa.types.is_string(field.type)]
    pq.write_table(
        told,
        sink,
        compression="zstd",
        compression_level=19,
        use_dictionary=texts,
        column_encoding={"line": "DELTA_BINARY_PACKED"},
        store_decimal_as_integer=True,
    )
    return sink.getvalue()
