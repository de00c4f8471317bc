"""The trail as rows: appended only, chained per case."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from sqlalchemy import BigInteger, Connection, Integer, String, Table, func, insert, select, type_coerce

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

_AT_ONCE = 2_000


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

    def count(self) -> int:
        """Lines of all trails together."""
        return self._connection.execute(select(func.count()).select_from(trail)).scalar() or 0

    def walk(self) -> Iterator[tuple[str, list[tuple[Line, bytes]]]]:
        """Every chain, by trail id, read as one snapshot and held one chain at a time."""
        at = type_coerce(trail.c.at, BigInteger).label("at")
        query = select(*(at if c is trail.c.at else c for c in trail.c))
        query = query.order_by(trail.c.trail_id, trail.c.position)
        rows = self._connection.execute(query, execution_options={"yield_per": _AT_ONCE})
        for trail_id, chain in groupby(rows, key=attrgetter("trail_id")):
            yield trail_id, [(_as_it_lies(row), bytes(row.digest)) for row in chain]

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


def _as_it_lies(row: Any) -> Line:
    """The line even where somebody wrote a kind or a time that there is not: its digest will not fit."""
    try:
        at = datetime.fromtimestamp(row.at, UTC)
    except (ValueError, OverflowError, OSError):
        at = datetime.fromtimestamp(0, UTC)
    entry = Entry(cast(TrailKind, row.kind), row.subject)
    return Line(row.trail_id, row.position, at, row.by, entry, bytes(row.previous_digest))
