"""How much is open: kept as it changes, because counting a million takes longer than a page may."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Connection, String, Table, column, func, insert, select, table, update

from app.persistence.base import metadata, plain

queue_counts = Table(
    "queue_counts",
    metadata,
    plain("name", String(16), primary_key=True),
    plain("count", BigInteger),
)

# Not the table itself: its rows are written by who knows these counters.
_REQUESTS = table("requests", column("queue_at"), column("open_places"))


@dataclass(frozen=True)
class Counted:
    """Cases in the queue, and open places in them. Of one case, or of all."""

    open: int = 0
    places: int = 0

    @classmethod
    def of(cls, queue_at: datetime | None, open_places: int) -> "Counted":
        """What one case counts for: nothing while it is out of the queue."""
        return cls() if queue_at is None else cls(1, open_places)


class QueueCounts:
    """Within one transaction. What changes is noted, and written as its last statement (`Work.commit`):
    everybody who changes the queue needs these rows, and nobody may wait for anything while holding them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._gained = Counted()

    def note(self, before: Counted, after: Counted) -> None:
        """One case changed from what it counted for."""
        self._gained = Counted(
            self._gained.open + after.open - before.open,
            self._gained.places + after.places - before.places,
        )

    def write(self) -> None:
        """Always in the order of the fields, so that nobody waits for who waits for them."""
        gained, self._gained = self._gained, Counted()
        for name, count in vars(gained).items():
            if count and not self._add(name, count):
                self.count_anew()
                return

    def _add(self, name: str, count: int) -> bool:
        """False where the row is missing."""
        mine = update(queue_counts).where(queue_counts.c.name == name)
        return self._connection.execute(mine.values(count=queue_counts.c.count + count)).rowcount == 1

    def read(self) -> Counted:
        rows = self._connection.execute(select(queue_counts.c.name, queue_counts.c.count))
        kept = {row[0]: row[1] for row in rows}
        return Counted(**kept)

    def count_anew(self) -> Counted:
        """After a backup was put in, and at `heard sweep`. The rows are held first: whoever changes the queue
        meanwhile adds to what is counted here. What this transaction noted is counted with the rest."""
        held = {name for name in vars(Counted()) if self._add(name, 0)}
        row = self._connection.execute(
            select(func.count(), func.coalesce(func.sum(_REQUESTS.c.open_places), 0)).where(
                _REQUESTS.c.queue_at.is_not(None)
            )
        ).one()
        counted = Counted(int(row[0]), int(row[1]))
        for name, count in vars(counted).items():
            mine = update(queue_counts).where(queue_counts.c.name == name)
            change = mine if name in held else insert(queue_counts)
            self._connection.execute(change.values(name=name, count=count))
        self._gained = Counted()
        return counted
