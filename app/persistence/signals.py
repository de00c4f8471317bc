"""Who said, and when, that a place is gone or there."""

from typing import Any

from sqlalchemy import Connection, ForeignKey, Integer, Select, String, Table, insert, select

from app.domain.notice_words import Seen, SignalSource
from app.domain.signals import Signal
from app.persistence.base import ID, UtcTime, metadata, plain
from app.persistence.requests import locations

signals = Table(
    "signals",
    metadata,
    plain("id", ID, primary_key=True),
    plain("location_id", ID, ForeignKey("locations.id"), index=True),
    plain("round", Integer),
    plain("source", String(16)),
    plain("seen", String(8)),
    plain("said_at", UtcTime),
    plain("by", ID),
)


class Signals:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *added: Signal) -> None:
        if added:
            self._connection.execute(insert(signals), [vars(one) for one in added])

    def of_location(self, location_id: str) -> tuple[Signal, ...]:
        """Oldest first."""
        query = select(signals).where(signals.c.location_id == location_id)
        return self._read(query)

    def of_request(self, request_id: str) -> tuple[Signal, ...]:
        """About all places of a case, oldest first."""
        of_case = select(locations.c.id).where(locations.c.request_id == request_id)
        return self._read(select(signals).where(signals.c.location_id.in_(of_case)))

    def _read(self, query: Select[Any]) -> tuple[Signal, ...]:
        rows = self._connection.execute(
            query.order_by(signals.c.said_at, signals.c.seen, signals.c.id)
        ).mappings()
        return tuple(
            Signal(**dict(row) | {"source": SignalSource(row["source"]), "seen": Seen(row["seen"])})
            for row in rows
        )
