"""The trail as rows: appended only, chained per case."""

from datetime import datetime

from sqlalchemy import Connection, Integer, String, Table, insert, select

from app.domain.trail import START, Entry, Line, TrailKind
from app.persistence.base import ID, UtcTime, digest, metadata, plain

trail = Table(
    "trail",
    metadata,
    plain("trail_id", ID, primary_key=True),
    plain("position", Integer, primary_key=True, autoincrement=False),
    plain("at", UtcTime),
    plain("by", String(32)),
    plain("kind", String(32)),
    plain("subject", ID),
    digest("previous_digest"),
    digest("digest"),
)


class Trail:
    """Appending and reading within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, trail_id: str, entry: Entry, by: str, at: datetime) -> None:
        query = select(trail.c.position, trail.c.digest).where(trail.c.trail_id == trail_id)
        last = self._connection.execute(query.order_by(trail.c.position.desc()).limit(1)).first()
        position, previous = (0, START) if last is None else (last.position + 1, bytes(last.digest))
        line = Line(trail_id, position, at.replace(microsecond=0), by, entry, previous)
        row = {"trail_id": trail_id, "position": position, "at": line.at, "by": by, "kind": entry.kind}
        row |= {"subject": entry.subject, "previous_digest": previous, "digest": line.digest}
        self._connection.execute(insert(trail).values(**row))

    def lines(self, trail_id: str) -> list[tuple[Line, bytes]]:
        """Each line with the digest that is stored beside it."""
        rows = self._connection.execute(
            select(trail).where(trail.c.trail_id == trail_id).order_by(trail.c.position)
        )
        return [
            (
                Line(
                    r.trail_id,
                    r.position,
                    r.at,
                    r.by,
                    Entry(TrailKind(r.kind), r.subject),
                    bytes(r.previous_digest),
                ),
                bytes(r.digest),
            )
            for r in rows
        ]
