"""Rows as a backup holds them: the same for both databases, read in one snapshot, put back in order.

Two parts. `MAIN` is what is sealed; it may be kept for long. `WRAPS` is what opens it: wrapped keys,
grants of the team key, and what is sealed to a lasting key directly (chase packs, answers, mails). It is kept
for a short time only, so that a forgotten request cannot be opened from an older backup.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum, unique
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    LargeBinary,
    Table,
    TableClause,
    column,
    func,
    insert,
    select,
    table,
    type_coerce,
)

from app.domain.words import RequestState
from app.persistence.base import UtcTime, metadata
from app.persistence.requests import requests
from app.persistence.schema import revision_of

Row = list[Any]
"""The values of one row as JSON knows them: bytes as base64, times as whole seconds."""

_OPENERS = frozenset(
    {
        "wraps",
        "chase_packs",
        "answers",
        "received_mails",
        "series",
        "team_keys",
        "recovery_keys",
        "recovery_grants",
        "grants",
        "invitations",
        "hotline_keys",
    }
)
# An address that somebody took back must not come back: no backup holds any. What is open is counted anew.
_OF_THE_MOMENT = frozenset(
    {"sessions", "courier_processes", "contacts", "contact_mails", "staged_lists", "openings", "alarms"}
    | {"queue_counts", "place_digests"}
)
_AT_ONCE = 500


@unique
class Part(StrEnum):
    MAIN = "main"
    WRAPS = "wraps"


def tables_of(part: Part) -> list[Table]:
    """Parents first. Sessions, running couriers and mail addresses belong to no backup."""
    kept = [one for one in metadata.sorted_tables if one.name not in _OF_THE_MOMENT]
    return [one for one in kept if (one.name in _OPENERS) is (part is Part.WRAPS)]


class Snapshot:
    """A database as it was at one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def schema(self) -> str:
        return revision_of(self._connection)

    def forgotten(self) -> dict[str, int]:
        return forgotten_in(self._connection)

    def count(self) -> int:
        return count_rows(self._connection)

    def rows(self, source: Table) -> Iterator[Row]:
        """Every row, its values in the order of the table's columns."""
        found = self._connection.execute(select(_raw(source)), execution_options={"yield_per": _AT_ONCE})
        for row in found:
            yield [b64encode(one).decode() if isinstance(one, bytes | memoryview) else one for one in row]


@contextmanager
def snapshot(engine: Engine) -> Iterator[Snapshot]:
    """All that is read here is of one moment, while others go on writing."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        try:
            yield Snapshot(connection)
        finally:
            connection.rollback()


def count_rows(connection: Connection) -> int:
    """In all tables of both parts."""
    return sum(
        connection.execute(select(func.count()).select_from(one)).scalar() or 0
        for part in Part
        for one in tables_of(part)
    )


def forgotten_in(connection: Connection) -> dict[str, int]:
    """When each forgotten request is destroyed, in seconds, by its id."""
    when = type_coerce(requests.c.destroy_at, BigInteger)
    query = select(requests.c.id, when).where(requests.c.state == RequestState.FORGOTTEN)
    return {row[0]: row[1] for row in connection.execute(query)}


def _raw(source: Table) -> TableClause:
    """The table with times as the whole seconds that both databases keep."""
    columns = (column(c.name, BigInteger() if isinstance(c.type, UtcTime) else c.type) for c in source.c)
    return table(source.name, *columns)


class Loading:
    """Puts rows into an empty database within one transaction, in the order of `tables_of`.

    A row whose parent is not there is left out: it belongs to something that one part of a backup knows
    and the other does not. `requests` are those that can be opened; any other is left out too.
    """

    def __init__(self, connection: Connection, openable: set[str]) -> None:
        self._connection = connection
        self._openable = openable
        self._there: dict[str, set[str]] = {
            key.column.table.name: set() for one in metadata.sorted_tables for key in one.foreign_keys
        }
        self.trails_left_out: list[str] = []

    def add(self, target: Table, columns: list[str], rows: list[Row]) -> int:
        """How many were put in. `columns` are those of the rows."""
        is_bytes = {c.name for c in target.c if isinstance(c.type, LargeBinary)}
        parents = [(key.parent.name, key.column.table.name) for key in target.foreign_keys]
        kept = []
        for row in rows:
            values: dict[str, Any] = {
                name: b64decode(one) if name in is_bytes and one is not None else one
                for name, one in zip(columns, row, strict=True)
            }
            if target.name == "requests" and values["id"] not in self._openable:
                self.trails_left_out.append(values["trail_id"])
            elif all(values[name] in self._there[parent] for name, parent in parents):
                kept.append(values)
        if target.name in self._there:
            self._there[target.name].update(values["id"] for values in kept)
        if kept:
            self._connection.execute(insert(_raw(target)), kept)
        return len(kept)
