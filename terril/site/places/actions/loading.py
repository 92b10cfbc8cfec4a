"""Load the places of France from the tables that ship, once for each edition."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Manager, Model

from terril.site.commons import journal
from terril.site.commons.models import JournalEntry
from terril.site.places import bulk, rules, tables
from terril.site.places.models import (
    Membership,
    Movement,
    Outline,
    Place,
    PlaceName,
    Population,
)

LOADED = "places.loaded"
KEY = ("level", "code", "valid_from")
TOLD = (
    "is_start_known",
    "valid_to",
    "name",
    "article",
    "search_name",
    "kind",
    "parent_id",
    "longitude",
    "latitude",
)
Key = tuple[str, str, dt.date]
Keys = dict[Key, int]


@transaction.atomic
def load_france(*, by: Model | str | None = None, at: dt.datetime) -> bool:
    """Load the tables that ship, unless this edition already is; say whether it did.

    Places keep their keys from one edition to the next: nothing that had an
    address loses it. Outlines that people added stay.
    """
    if _is_loaded():
        return False

    keys = _load_places()
    _replace(Membership.objects, _memberships(keys))
    _replace(Movement.objects, _movements(keys))
    _replace(PlaceName.objects, _names(keys))
    _replace(Population.objects, _populations(keys))
    _load_outlines(keys)
    bulk.analyse(Place, Membership, Movement, PlaceName, Population, Outline)

    journal.record(LOADED, about=_about(), by=by, at=at)
    return True


@dataclass(frozen=True)
class _Rows:
    """Rows for a table, with the names of its columns."""

    columns: tuple[str, ...]
    rows: Iterable[bulk.Row]


def _about() -> str:
    return f"places.tables/{tables.edition()}"


def _is_loaded() -> bool:
    last = JournalEntry.objects.filter(verb=LOADED).order_by("number").last()
    return last is not None and last.about == _about()


def _replace(manager: Manager[Any], content: _Rows) -> None:
    manager.all().delete()
    bulk.insert(manager.model, content.columns, content.rows)


def _load_places() -> Keys:
    """Insert what is new, update what changed; parents come before their children."""
    keys: Keys = {}
    parents: dict[tuple[str, str], int] = {}
    rows = list(tables.rows("places"))
    for levels in (["region"], ["department"], ["commune", "epci", "employment_zone"]):
        chosen = [row for row in rows if row["level"] in levels]
        _upsert({_key(row): _told(row, parents) for row in chosen})
        found = Place.objects.filter(level__in=levels).values_list(*KEY, "pk")
        keys |= {(level, code, start): pk for level, code, start, pk in found}
        parents |= {(level, code): pk for level, code, _start, pk in found}
    return keys


def _upsert(wanted: dict[Key, bulk.Row]) -> None:
    levels = {level for level, _code, _start in wanted}
    known = {
        found[:3]: found[3:]
        for found in Place.objects.filter(level__in=levels).values_list(
            *KEY, "pk", *TOLD
        )
    }
    new = (key + told for key, told in wanted.items() if key not in known)
    bulk.insert(Place, (*KEY, *TOLD), new)
    changed = (
        (*told, known[key][0])
        for key, told in wanted.items()
        if key in known and known[key][1:] != told
    )
    bulk.update(Place, TOLD, changed)


def _key(row: dict[str, str]) -> Key:
    return (row["level"], row["code"], dt.date.fromisoformat(row["since"]))


def _told(row: dict[str, str], parents: dict[tuple[str, str], int]) -> bulk.Row:
    above = "region" if row["level"] == "department" else "department"
    return (
        row["is_start_known"] == "1",
        dt.date.fromisoformat(row["until"]) if row["until"] else None,
        row["name"],
        row["article"],
        rules.search_name(row["name"]),
        row["kind"],
        parents[above, row["parent"]] if row["parent"] else None,
        float(row["longitude"]) if row["longitude"] else None,
        float(row["latitude"]) if row["latitude"] else None,
    )


def _memberships(keys: Keys) -> _Rows:
    areas = {(level, code): pk for (level, code, _start), pk in keys.items()}
    return _Rows(
        ("child_id", "parent_id", "kind", "since", "until"),
        (
            (
                _commune(keys, row["child"], row["child_since"]),
                areas[row["kind"], row["parent"]],
                row["kind"],
                int(row["since"]),
                int(row["until"]),
            )
            for row in tables.rows("memberships")
        ),
    )


def _movements(keys: Keys) -> _Rows:
    return _Rows(
        ("kind", "on", "before_id", "after_id", "before_name", "after_name"),
        (
            (
                row["kind"],
                dt.date.fromisoformat(row["on"]),
                _commune(keys, row["before_code"], row["before_since"]),
                _commune(keys, row["after_code"], row["after_since"]),
                row["before_name"],
                row["after_name"],
            )
            for row in tables.rows("movements")
        ),
    )


def _names(keys: Keys) -> _Rows:
    return _Rows(
        ("place_id", "name", "article", "search_name", "until"),
        (
            (
                _commune(keys, row["code"], row["since"]),
                row["name"],
                row["article"],
                rules.search_name(row["name"]),
                dt.date.fromisoformat(row["until"]),
            )
            for row in tables.rows("names")
        ),
    )


def _populations(keys: Keys) -> _Rows:
    current = _current(keys)
    edition = tables.source("populations")["vintage"]
    return _Rows(
        ("place_id", "edition", "municipal", "apart", "total", "basis"),
        (
            (
                current["commune", row["code"]],
                edition,
                int(row["municipal"]),
                int(row["apart"]) if row["apart"] else None,
                int(row["total"]) if row["total"] else None,
                row["basis"],
            )
            for row in tables.rows("populations")
        ),
    )


def _load_outlines(keys: Keys) -> None:
    Outline.objects.filter(vintage=rules.OUTLINE_VINTAGE).delete()
    bulk.insert(
        Outline,
        ("place_id", "vintage", "geojson", "west", "south", "east", "north"),
        _outlines(_current(keys)),
    )


def _outlines(current: dict[tuple[str, str], int]) -> Iterator[bulk.Row]:
    for outline in tables.outlines():
        geojson = json.dumps(outline["geometry"], separators=(",", ":"))
        place = current[outline["level"], outline["code"]]
        yield (place, outline["vintage"], geojson, *outline["bbox"])


def _current(keys: Keys) -> dict[tuple[str, str], int]:
    """Return the keys of places by level and code; the newest bearer of a code wins."""
    return {(level, code): pk for (level, code, _start), pk in sorted(keys.items())}


def _commune(keys: Keys, code: str, since: str) -> int | None:
    return keys["commune", code, dt.date.fromisoformat(since)] if code else None
