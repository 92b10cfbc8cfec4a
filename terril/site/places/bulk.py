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
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    target = f"{connection.ops.quote_name(model._meta.db_table)} ({names})"
    if connection.vendor == "postgresql":
        _copy(f"COPY {target} FROM STDIN", rows)
    else:
        holes = ", ".join(["%s"] * len(columns))
        # The names are those of our own models, quoted.
        _run(f"INSERT INTO {target} VALUES ({holes})", rows)  # noqa: S608


def update(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Update rows of plain values; the last value of each is the primary key."""
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(column)} = %s" for column in columns)
    table = quote(model._meta.db_table)
    # The names are those of our own models, quoted.
    _run(f"UPDATE {table} SET {sets} WHERE {quote('id')} = %s", rows)  # noqa: S608


def analyse(*models: type[Model]) -> None:
    """Let the database count its rows now: it would plan on empty tables."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _copy(sql: str, rows: Iterable[Row]) -> None:
    # Row by row, PostgreSQL takes a minute for what it copies in two seconds.
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)


def _run(sql: str, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            cursor.executemany(sql, chunk)


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk
