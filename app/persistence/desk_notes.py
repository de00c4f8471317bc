"""Notes that caseworkers keep in a case for each other: sealed, one after the other."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, ForeignKey, Index, Integer, Table, func, insert, select

from app.persistence.base import ID, UtcTime, metadata, plain, sealed

desk_notes = Table(
    "desk_notes",
    metadata,
    plain("id", ID, primary_key=True),
    plain("request_id", ID, ForeignKey("requests.id")),
    plain("number", Integer),
    plain("made_by", ID),
    plain("made_at", UtcTime),
    sealed("note_sealed"),
    Index(None, "request_id", "number", unique=True),
)


@dataclass(frozen=True)
class DeskNote:
    """One note; what it is about, and its words, are sealed under the desk key (casework/desk_notes.py)."""

    id: str
    request_id: str
    made_by: str
    made_at: datetime
    note_sealed: bytes

    def __repr__(self) -> str:
        return f"DeskNote({self.id})"


class DeskNotes:
    """Loading and saving within one transaction. Who adds one holds the row of its request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, note: DeskNote) -> None:
        count = select(func.count()).select_from(desk_notes)
        made = self._connection.execute(count.where(desk_notes.c.request_id == note.request_id)).scalar()
        self._connection.execute(insert(desk_notes).values(**vars(note), number=(made or 0) + 1))

    def of_request(self, request_id: str) -> tuple[DeskNote, ...]:
        """Oldest first."""
        columns = [column for column in desk_notes.c if column.name != "number"]
        query = select(*columns).where(desk_notes.c.request_id == request_id)
        rows = self._connection.execute(query.order_by(desk_notes.c.number)).mappings()
        return tuple(DeskNote(**dict(row)) for row in rows)
