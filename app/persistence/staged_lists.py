"""Lists that a member brought and has not confirmed yet: sealed to their own key, and gone after a day."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ForeignKey, String, Table, delete, func, insert, select

from app.persistence.base import ID, UtcTime, metadata, plain, sealed
from app.persistence.errors import NotThere

staged_lists = Table(
    "staged_lists",
    metadata,
    plain("id", ID, primary_key=True),
    plain("staff_id", ID, ForeignKey("staff.id"), index=True),
    plain("kind", String(16)),
    plain("made_at", UtcTime),
    sealed("facts_sealed"),
    sealed("list_sealed"),
)


@dataclass(frozen=True)
class StagedRow:
    """One list. `facts_sealed` says how long it is and where it belongs, so that a page need not open it."""

    id: str
    staff_id: str
    kind: str
    made_at: datetime
    facts_sealed: bytes
    list_sealed: bytes = b""

    def __repr__(self) -> str:
        return f"StagedRow({self.id}, {self.kind})"


class StagedLists:
    """Loading and saving within one transaction. Nobody reaches a list of somebody else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: StagedRow) -> None:
        self._connection.execute(insert(staged_lists).values(**vars(row)))

    def of_member(self, staff_id: str) -> tuple[StagedRow, ...]:
        """The newest first, without the lists themselves."""
        columns = [column for column in staged_lists.c if column.name != "list_sealed"]
        query = select(*columns).where(staged_lists.c.staff_id == staff_id)
        rows = self._connection.execute(query.order_by(staged_lists.c.made_at.desc(), staged_lists.c.id))
        return tuple(StagedRow(**dict(row)) for row in rows.mappings())

    def count(self, staff_id: str) -> int:
        query = select(func.count()).select_from(staged_lists).where(staged_lists.c.staff_id == staff_id)
        return self._connection.execute(query).scalar() or 0

    def load(self, list_id: str, staff_id: str) -> StagedRow:
        """Raises NotThere."""
        query = select(staged_lists).where(_own(list_id, staff_id))
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotThere
        return StagedRow(**dict(row))

    def drop(self, list_id: str, staff_id: str) -> bool:
        """False when it is gone: somebody was faster, or its day is over."""
        return self._connection.execute(delete(staged_lists).where(_own(list_id, staff_id))).rowcount == 1

    def drop_all_of(self, staff_id: str) -> None:
        """Of a member who leaves: nobody could open them any more."""
        self._connection.execute(delete(staged_lists).where(staged_lists.c.staff_id == staff_id))

    def sweep(self, made_before: datetime) -> int:
        return self._connection.execute(
            delete(staged_lists).where(staged_lists.c.made_at < made_before)
        ).rowcount


def _own(list_id: str, staff_id: str) -> ColumnElement[bool]:
    return (staged_lists.c.id == list_id) & (staged_lists.c.staff_id == staff_id)
