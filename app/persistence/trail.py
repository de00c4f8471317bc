"""The trail as rows: appended only, chained per case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    func,
    insert,
    select,
    type_coerce,
)

from app.domain.trail import HOTLINE, START, Entry, Line, TrailKind
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

# Made once: every verb appends, and making them anew costs more than running them.
_LAST = (
    select(trail.c.position, trail.c.digest)
    .where(trail.c.trail_id == bindparam("of"))
    .order_by(trail.c.position.desc())
    .limit(1)
)
_APPEND = insert(trail)

_AT_ONCE = 2_000
_HOTLINE_LOCK = 0x48656172  # any number that nothing else here locks


@dataclass(frozen=True)
class Wanted:
    """Which lines of a trail: before a position, of one kind, from `since` until before `until`."""

    below: int | None = None
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Trail:
    """Appending and reading within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, trail_id: str, entry: Entry, by: str, at: datetime) -> None:
        """Who appends to a case's trail holds the row of its request; the hotline's own has no such row."""
        if trail_id == HOTLINE and self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_HOTLINE_LOCK)))
        last = self._connection.execute(_LAST, {"of": trail_id}).first()
        position, previous = (0, START) if last is None else (last.position + 1, bytes(last.digest))
        line = Line(trail_id, position, at.replace(microsecond=0), by, entry, previous)
        row = {"trail_id": trail_id, "position": position, "at": line.at, "by": by, "kind": entry.kind}
        row |= {"subject": entry.subject, "previous_digest": previous, "digest": line.digest}
        self._connection.execute(_APPEND, row)

    def newest_position(self, trail_id: str, kinds: Iterable[TrailKind]) -> int:
        """Position of the last line of these kinds; -1 without any."""
        query = select(func.max(trail.c.position)).where(
            trail.c.trail_id == trail_id, trail.c.kind.in_(kinds)
        )
        found = self._connection.execute(query).scalar()
        return -1 if found is None else found

    def newest_of(self, trail_id: str, kinds: Iterable[TrailKind]) -> dict[tuple[TrailKind, str], datetime]:
        """When a line of these kinds was last written about each subject."""
        query = (
            select(trail.c.kind, trail.c.subject, func.max(trail.c.at))
            .where(trail.c.trail_id == trail_id, trail.c.kind.in_(kinds))
            .group_by(trail.c.kind, trail.c.subject)
        )
        return {(TrailKind(row[0]), row[1]): row[2] for row in self._connection.execute(query)}

    def count(self) -> int:
        """Lines of all trails together."""
        return self._connection.execute(select(func.count()).select_from(trail)).scalar() or 0

    def walk(self) -> Iterator[tuple[str, list[tuple[Line, bytes]]]]:
        """Every chain, by trail id, read as one snapshot and held one chain at a time."""
        rows = self._connection.execute(_as_kept(), execution_options={"yield_per": _AT_ONCE})
        for trail_id, chain in groupby(rows, key=attrgetter("trail_id")):
            yield trail_id, [(_as_it_lies(row), bytes(row.digest)) for row in chain]

    def has(self, trail_id: str, entry: Entry, by: str, since: datetime) -> bool:
        """Whether somebody did just this, at that time or later."""
        same = (trail.c.kind == entry.kind) & (trail.c.subject == entry.subject) & (trail.c.by == by)
        found = select(trail.c.position).where(trail.c.trail_id == trail_id, same, trail.c.at >= since)
        return self._connection.execute(found.limit(1)).first() is not None

    def chain(self, trail_id: str) -> list[tuple[Line, bytes]]:
        """As `lines`, for who looks whether it is whole: also where somebody wrote what there is not."""
        rows = self._connection.execute(_as_kept().where(trail.c.trail_id == trail_id))
        return [(_as_it_lies(row), bytes(row.digest)) for row in rows]

    def page(self, trail_id: str, wanted: Wanted, how_many: int) -> list[Line]:
        """Lines of one trail, the newest first."""
        query = _as_kept().order_by(None).where(trail.c.trail_id == trail_id)
        if wanted.below is not None:
            query = query.where(trail.c.position < wanted.below)
        if wanted.kind:
            query = query.where(trail.c.kind == wanted.kind)
        if wanted.since is not None and wanted.until is not None:
            query = query.where(trail.c.at >= wanted.since, trail.c.at < wanted.until)
        rows = self._connection.execute(query.order_by(trail.c.position.desc()).limit(how_many))
        return [_as_it_lies(row) for row in rows]

    def is_there(self, trail_id: str) -> bool:
        found = select(trail.c.position).where(trail.c.trail_id == trail_id)
        return self._connection.execute(found.limit(1)).first() is not None

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


def _as_kept() -> Select[Any]:
    """Times as the whole seconds that lie there, which may be no time at all."""
    at = type_coerce(trail.c.at, BigInteger).label("at")
    query = select(*(at if c is trail.c.at else c for c in trail.c))
    return query.order_by(trail.c.trail_id, trail.c.position)


def _as_it_lies(row: Any) -> Line:
    """The line even where somebody wrote a kind or a time that there is not: its digest will not fit."""
    try:
        at = datetime.fromtimestamp(row.at, UTC)
    except (ValueError, OverflowError, OSError):
        at = datetime.fromtimestamp(0, UTC)
    entry = Entry(cast(TrailKind, row.kind), row.subject)
    return Line(row.trail_id, row.position, at, row.by, entry, bytes(row.previous_digest))
