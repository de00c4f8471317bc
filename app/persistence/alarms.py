"""The outbox of alarms: mails to whoever is on call. They say that somebody should look, and nothing else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Index, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping

from app.domain.letters import Mail
from app.domain.words import LetterState
from app.persistence.base import ID, UtcTime, metadata, plain
from app.persistence.outbox import Outbox, outbox_columns

alarms = Table(
    "alarms",
    metadata,
    plain("id", ID, primary_key=True),
    plain("made_at", UtcTime),
    *outbox_columns(),
    Index(None, "state", "due_at"),
)


@dataclass(frozen=True)
class Alarm(Mail):
    """One alarm: of which case it says nothing, not even here."""


class Alarms(Outbox[Alarm]):
    """Within one transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, alarms, _read)

    def add_once(self, alarm: Alarm, at: datetime) -> bool:
        """False when one with this id was written before, by whomever: nobody's work fails by it."""
        is_sqlite = self._connection.dialect.name == "sqlite"
        insert = sqlite.insert if is_sqlite else postgresql.insert
        added = insert(alarms).values(**vars(alarm), made_at=at).on_conflict_do_nothing()
        return self._connection.execute(added.returning(alarms.c.id)).first() is not None

    def is_waiting(self, alarm_id: str) -> bool:
        """Whether it is still to leave, and in nobody's hands."""
        alarm = alarms.c.id == alarm_id
        waits = (alarms.c.state == LetterState.WAITING) & alarms.c.lease.is_(None)
        return self._connection.execute(select(alarms.c.id).where(alarm, waits)).first() is not None

    def sweep(self, made_before: datetime) -> None:
        """Delete the rows of those that are done with."""
        under_way = (LetterState.WAITING, LetterState.SENDING)
        done = alarms.c.state.not_in(under_way) & (alarms.c.made_at <= made_before)
        self._connection.execute(delete(alarms).where(done))


def _read(row: RowMapping) -> Alarm:
    fields = {name: value for name, value in row.items() if name != "made_at"}
    return Alarm(**fields | {"state": LetterState(row["state"])})
