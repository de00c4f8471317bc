"""Destroying a request: its rows in every table, and what a database keeps of deleted rows."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, or_, select, text
from sqlalchemy.exc import DBAPIError

from app.domain.requests import Request
from app.domain.words import RequestState
from app.persistence.base import metadata
from app.persistence.queue_counts import Counted, QueueCounts
from app.persistence.requests import requests

_CHECKPOINT_WAIT_MS = 2_000  # while it waits for readers, nobody else writes


class Forgetting:
    """Within one transaction."""

    def __init__(self, connection: Connection, counts: QueueCounts) -> None:
        self._connection = connection
        self._counts = counts

    def due(self, at: datetime) -> tuple[str, ...]:
        """Ids of forgotten requests whose grace is over."""
        query = select(requests.c.id).where(
            requests.c.state == RequestState.FORGOTTEN, requests.c.destroy_at <= at
        )
        return tuple(self._connection.execute(query).scalars())

    def destroy(self, request: Request) -> None:
        """Delete every row that hangs on the request, whichever table it lies in; the trail stays."""
        kept = select(requests.c.queue_at, requests.c.open_places).where(requests.c.id == request.id)
        before = self._connection.execute(kept).first()
        if before is not None:
            self._counts.note(Counted.of(*before), Counted())
        for table in of_a_request()[::-1]:
            self._connection.execute(delete(table).where(_belongs(table, request.id)))


def of_a_request() -> list[Table]:
    """The tables whose rows belong to one request, parents first: found by their foreign keys."""
    found = [requests]
    for table in metadata.sorted_tables:
        if table is not requests and any(key.column.table in found for key in table.foreign_keys):
            found.append(table)
    return found


def _belongs(table: Table, request_id: str) -> ColumnElement[bool]:
    if table is requests:
        return requests.c.id == request_id
    parents = of_a_request()
    return or_(
        *(
            key.parent == request_id
            if key.column.table is requests
            else key.parent.in_(select(key.column).where(_belongs(key.column.table, request_id)))
            for key in table.foreign_keys
            if key.column.table in parents
        )
    )


def scrub(engine: Engine, is_full: bool = False) -> bool:
    """Take what was deleted out of the files; False when somebody was reading: try again later.

    SQLite zeroes deleted rows itself (secure_delete), so only the write-ahead log is left to empty.
    PostgreSQL frees their room, and overwrites it when the room is used again; `is_full` writes the
    tables anew without it, and nobody reads or writes them meanwhile.
    """
    if engine.dialect.name == "sqlite":
        return _empty_log(engine)
    names = ", ".join(f'"{table.name}"' for table in of_a_request())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM {'(FULL) ' if is_full else ''}{names}"))
    return True


def scrub_if_quick(engine: Engine) -> None:
    """The same for a single value, where somebody waits for a page: what SQLite's log still holds of it.

    PostgreSQL sees to it by itself, and at the next sweep. Never a fault: it was destroyed before.
    """
    if engine.dialect.name == "sqlite":
        with suppress(DBAPIError):
            _empty_log(engine)


def _empty_log(engine: Engine) -> bool:
    with engine.connect() as connection:
        waited = connection.execute(text("PRAGMA busy_timeout")).scalar()
        connection.execute(text(f"PRAGMA busy_timeout = {_CHECKPOINT_WAIT_MS}"))
        try:
            return connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar() == 0
        finally:
            connection.execute(text(f"PRAGMA busy_timeout = {waited}"))
