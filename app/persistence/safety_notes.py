"""What caseworkers found when they thought of a person's safety: kept, one after the other, sealed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, ForeignKey, Index, Integer, Table, func, insert, select

from app.persistence.base import ID, UtcTime, metadata, plain, sealed

safety_notes = Table(
    "safety_notes",
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
class SafetyNote:
    """One check: what was found, and why, is sealed under the desk key."""

    id: str
    request_id: str
    made_by: str
    made_at: datetime
    note_sealed: bytes

    def __repr__(self) -> str:
        return f"SafetyNote({self.id})"


class SafetyNotes:
    """Loading and saving within one transaction. Who adds one holds the row of its request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, note: SafetyNote) -> None:
        count = select(func.count()).select_from(safety_notes)
        made = self._connection.execute(count.where(safety_notes.c.request_id == note.request_id)).scalar()
        self._connection.execute(insert(safety_notes).values(**vars(note), number=(made or 0) + 1))

    def of_request(self, request_id: str) -> tuple[SafetyNote, ...]:
        """Oldest first."""
        columns = [column for column in safety_notes.c if column.name != "number"]
        query = select(*columns).where(safety_notes.c.request_id == request_id)
        rows = self._connection.execute(query.order_by(safety_notes.c.number)).mappings()
        return tuple(SafetyNote(**dict(row)) for row in rows)
