"""Make the compact tables that ship, with their attribution, byte for byte the same."""

import csv
import gzip
import io
import json
from collections.abc import Iterable
from pathlib import Path

from terril.analytics.borders import borders, commune_points
from terril.analytics.originals import Originals, Row
from terril.analytics.snapshots import digest
from terril.analytics.tables import (
    area_rows,
    commune_rows,
    membership_rows,
    movement_rows,
    name_rows,
    population_rows,
    weight_rows,
)

# Datasets that only serve to check others: nothing of them ships.
CHECKS = (
    "department_outlines",
    "intercommunalities_dgcl",
    "intercommunalities_insee",
)


def derive(originals: Originals, into: Path) -> None:
    """Read the original files and write the compact tables into a folder."""
    into.mkdir(parents=True, exist_ok=True)
    tables = {
        "places.csv.gz": _csv(
            [
                *area_rows(originals),
                *commune_rows(originals, commune_points(originals)),
            ]
        ),
        "names.csv.gz": _csv(name_rows(originals.history)),
        "movements.csv.gz": _csv(movement_rows(originals.history)),
        "memberships.csv.gz": _csv(membership_rows(originals)),
        "populations.csv.gz": _csv(population_rows(originals)),
        "weights.csv.gz": _csv(weight_rows(originals)),
        "outlines.json.gz": _lines(borders(originals).outlines()),
    }
    for name, content in tables.items():
        (into / name).write_bytes(gzip.compress(content, 9, mtime=0))
    attribution = _attribution(tables, originals)
    text = json.dumps(attribution, ensure_ascii=False, indent=1) + "\n"
    (into / "attribution.json").write_text(text, "utf-8")
    (into / "ATTRIBUTION.md").write_text(_page(attribution), "utf-8")


def _csv(rows: Iterable[Row]) -> bytes:
    found = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(found[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return text.getvalue().encode()


def _lines(rows: Iterable[Row]) -> bytes:
    return b"".join(
        json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in rows
    )


def _attribution(
    tables: dict[str, bytes], originals: Originals
) -> dict[str, list[Row]]:
    return {
        "sources": [
            {
                "dataset": recipe.name,
                "vintage": edition.vintage,
                "producer": recipe.source.producer,
                "title": recipe.source.title,
                "licence": recipe.source.licence,
                "address": recipe.source.address,
                "attribution": recipe.source.attribution,
                "note": recipe.source.note,
                "file": edition.file,
                "sha256": edition.sha256,
                "use": "check" if recipe.name in CHECKS else "shipped",
            }
            for recipe in originals.catalogue.values()
            if recipe.has_rows
            for edition in recipe.editions
        ],
        "tables": [
            {
                "file": name,
                "lines": content.count(b"\n") - name.endswith(".csv.gz"),
                "sha256_unpacked": digest(content),
            }
            for name, content in tables.items()
        ],
        "gaps": _gaps(originals),
    }


def _gaps(originals: Originals) -> list[Row]:
    """Return what is known to be missing, each under a name the site explains."""
    repeated = [
        _gap("intercommunalities", vintage, "repeats", reason)
        for vintage, reason in originals.epci_gaps.items()
    ]
    return [
        _gap("intercommunalities", "2017", "not_at_hand"),
        _gap("intercommunalities", "2018", "not_at_hand"),
        *repeated,
        _gap("populations", "2023", "mayotte", "976"),
        _gap("populations", "2023", "apart_unknown", "75056 69123 13055"),
        _gap("communes", "2026", "overseas"),
    ]


def _gap(dataset: str, vintage: str, gap: str, detail: str = "") -> Row:
    return {"dataset": dataset, "vintage": vintage, "gap": gap, "detail": detail}


def _page(attribution: dict[str, list[Row]]) -> str:
    lines = ["# Where these tables come from", ""]
    lines.append(
        "Written by `terril derive`; do not edit. Licence Ouverte 2.0 (Etalab)."
    )
    for source in attribution["sources"]:
        use = "" if source["use"] == "shipped" else " Used as a check only."
        lines += [
            "",
            f"- **{source['title']}**, {source['vintage']} — {source['producer']}.{use}",
            f"  {source['attribution']} {source['licence']}. <{source['address']}>",
            f"  File `{source['file']}`, sha256 `{source['sha256']}`.",
        ]
    return "\n".join(lines) + "\n"
