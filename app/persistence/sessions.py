"""Sessions: rows sealed under a key that only the visitor's cookie carries."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, delete, insert, or_, select, update

from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed

sessions = Table(
    "sessions",
    metadata,
    digest("token_digest", primary_key=True),
    plain("made_at", UtcTime),
    plain("seen_at", UtcTime, index=True),
    plain("staff_id", ID, nullable=True, index=True),
    sealed("content_sealed"),
)


@dataclass(frozen=True)
class SessionRow:
    """One session. Neither the database nor the settings can open it."""

    token_digest: bytes
    made_at: datetime
    seen_at: datetime
    content_sealed: bytes
    staff_id: str | None = None

    def __repr__(self) -> str:
        return "SessionRow(…)"


class Sessions:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, token_digest: bytes) -> SessionRow | None:
        row = (
            self._connection.execute(select(sessions).where(sessions.c.token_digest == token_digest))
            .mappings()
            .first()
        )
        return None if row is None else SessionRow(**dict(row))

    def add(self, row: SessionRow) -> None:
        self._connection.execute(insert(sessions).values(**vars(row)))

    def save(self, token_digest: bytes, content_sealed: bytes, seen_at: datetime) -> bool:
        """False when the session was ended meanwhile."""
        mine = update(sessions).where(sessions.c.token_digest == token_digest)
        return (
            self._connection.execute(mine.values(content_sealed=content_sealed, seen_at=seen_at)).rowcount
            == 1
        )

    def touch(self, token_digest: bytes, seen_at: datetime) -> None:
        mine = update(sessions).where(sessions.c.token_digest == token_digest)
        self._connection.execute(mine.values(seen_at=seen_at))

    def end(self, token_digest: bytes) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.token_digest == token_digest))

    def end_of_staff(self, staff_id: str | None = None) -> int:
        """End every session of one member, or of all members."""
        theirs = sessions.c.staff_id.is_not(None) if staff_id is None else sessions.c.staff_id == staff_id
        return self._connection.execute(delete(sessions).where(theirs)).rowcount

    def sweep(self, seen_before: datetime, made_before: datetime) -> int:
        old = or_(sessions.c.seen_at < seen_before, sessions.c.made_at < made_before)
        return self._connection.execute(delete(sessions).where(old)).rowcount
