"""Rows with something that is sealed to a lasting public key: a rotation goes through them."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, func, select, update


class SealedTo:
    """One sealed column of a table, by the table's one-column key. Within one transaction."""

    def __init__(self, connection: Connection, row_id: Column[Any], sealed: Column[Any]) -> None:
        self._connection = connection
        self._table, self._row_id, self._sealed = row_id.table, row_id, sealed

    def count(self, start: bytes) -> int:
        """Those that begin like everything that is sealed to one key."""
        query = select(func.count()).select_from(self._table).where(self._begins(start))
        return self._connection.execute(query).scalar() or 0

    def batch(self, start: bytes, after: str, most: int) -> dict[str, bytes]:
        """The next ones, by id."""
        query = select(self._row_id, self._sealed).where(self._begins(start), self._row_id > after)
        rows = self._connection.execute(query.order_by(self._row_id).limit(most))
        return {row_id: bytes(sealed) for row_id, sealed in rows}

    def reseal(self, row_id: str, before: bytes, sealed: bytes) -> bool:
        """False when it is gone or was sealed anew."""
        mine = update(self._table).where(self._row_id == row_id, self._sealed == before)
        return self._connection.execute(mine.values({self._sealed: sealed})).rowcount == 1

    def _begins(self, start: bytes) -> ColumnElement[bool]:
        return func.substr(self._sealed, 1, len(start)) == start
