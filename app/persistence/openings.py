"""How much each member was shown today: for themselves alone, and gone after a day."""

from datetime import date, datetime

from sqlalchemy import Connection, Integer, RowMapping, String, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain.exposure import Day, first_day
from app.persistence.base import ID, UtcTime, metadata, plain

openings = Table(
    "openings",
    metadata,
    plain("staff_id", ID, primary_key=True),
    plain("day", String(10)),
    plain("count", Integer),
    plain("working_since", UtcTime),
    plain("seen_at", UtcTime),
)


class Openings:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, staff_id: str) -> Day | None:
        """As it lies there, whatever day it is of."""
        query = select(openings).where(openings.c.staff_id == staff_id)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _day(row)

    def hold(self, staff_id: str, at: datetime, today: date) -> Day:
        """The member's row, made where there is none; their other windows wait until this one is done."""
        query = select(openings).where(openings.c.staff_id == staff_id).with_for_update()
        row = self._connection.execute(query).mappings().first()
        if row is None:
            try:
                with self._connection.begin_nested():
                    values = _values(first_day(at, today))
                    self._connection.execute(insert(openings).values(staff_id=staff_id, **values))
            except IntegrityError:
                pass  # another window was first
            row = self._connection.execute(query).mappings().one()
        return _day(row)

    def save(self, staff_id: str, day: Day) -> None:
        changed = update(openings).where(openings.c.staff_id == staff_id)
        self._connection.execute(changed.values(**_values(day)))

    def others_on(self, today: date, staff_id: str) -> tuple[int, ...]:
        """The counts of that day, without whose they are, and without the one who asks."""
        query = select(openings.c.count).where(
            openings.c.day == today.isoformat(), openings.c.staff_id != staff_id
        )
        return tuple(self._connection.execute(query).scalars())

    def sweep(self, today: date, unseen_since: datetime) -> int:
        """How many rows of earlier days were deleted; who works past midnight keeps theirs for now."""
        old = delete(openings).where(openings.c.day < today.isoformat(), openings.c.seen_at <= unseen_since)
        return self._connection.execute(old).rowcount


def _day(row: RowMapping) -> Day:
    day = date.fromisoformat(row["day"])
    return Day(day, row["count"], row["working_since"], row["seen_at"])


def _values(day: Day) -> dict[str, object]:
    return vars(day) | {"day": day.day.isoformat()}
