"""Running couriers: each posts the public half of a pair that lives in its memory only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, LargeBinary, Table, delete, insert, select, update

from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed

courier_processes = Table(
    "courier_processes",
    metadata,
    plain("id", ID, primary_key=True),
    plain("public", LargeBinary),
    plain("seen_at", UtcTime),
    digest("public_mac"),
    sealed("courier_sealed", nullable=True),
)


@dataclass(frozen=True)
class CourierProcess:
    """One running courier."""

    id: str
    public: bytes
    public_mac: bytes
    seen_at: datetime
    courier_sealed: bytes | None


class CourierProcesses:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def post(self, process: CourierProcess) -> None:
        self._connection.execute(insert(courier_processes).values(**vars(process)))

    def seen(self, process_id: str, at: datetime) -> bool:
        """Mark a courier as alive; False when its row was swept away (it then posts itself again)."""
        mine = update(courier_processes).where(courier_processes.c.id == process_id)
        return self._connection.execute(mine.values(seen_at=at)).rowcount == 1

    def sealed_for(self, process_id: str) -> bytes | None:
        """The courier's keys, sealed to this process, once somebody unlocked it."""
        query = select(courier_processes.c.courier_sealed).where(courier_processes.c.id == process_id)
        return self._connection.execute(query).scalar()

    def alive(self, since: datetime) -> tuple[CourierProcess, ...]:
        query = select(courier_processes).where(courier_processes.c.seen_at >= since)
        return tuple(CourierProcess(**dict(row)) for row in self._connection.execute(query).mappings())

    def unlock(self, process_id: str, courier_sealed: bytes) -> None:
        mine = courier_processes.c.id == process_id
        self._connection.execute(update(courier_processes).where(mine).values(courier_sealed=courier_sealed))

    def lock_all(self) -> None:
        """After the courier's key changed: every process waits for a sign-in again."""
        self._connection.execute(update(courier_processes).values(courier_sealed=None))

    def forget_before(self, at: datetime) -> None:
        self._connection.execute(delete(courier_processes).where(courier_processes.c.seen_at < at))
