"""Many rows at once: what a load of France needs to stay within seconds."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

Row = tuple[Any, ...]
CHUNK = 5000


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of plain values, named by their database columns."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    holes = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)
    _run(f"INSERT INTO {table} ({names}) VALUES ({holes})", rows)  # noqa: S608 -- names of our own model


def update(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Update rows of plain values; the last value of each is the primary key."""
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    table = quote(model._meta.db_table)
    _run(f"UPDATE {table} SET {sets} WHERE {quote('id')} = %s", rows)  # noqa: S608 -- names of our own model


def _run(sql: str, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            cursor.executemany(sql, chunk)


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk
