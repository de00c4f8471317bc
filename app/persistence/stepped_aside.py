"""Who stepped aside from which case: for some hours, or for good. Nobody is asked why."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    String,
    Table,
    and_,
    delete,
    insert,
    or_,
    select,
    update,
)

from app.domain.desk_words import Shelf
from app.persistence.base import ID, UtcTime, metadata, plain

stepped_aside = Table(
    "stepped_aside",
    metadata,
    plain("request_id", ID, ForeignKey("requests.id"), primary_key=True),
    plain("staff_id", ID, ForeignKey("staff.id"), primary_key=True, index=True),
    plain("shelf", String(16)),
    plain("until", UtcTime, nullable=True),
)


class SteppedAside:
    """Loading and saving within one transaction. Who changes something holds the row of the request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_recused(self, request_id: str, staff_id: str) -> bool:
        """Whether this member stepped back from this case for good."""
        return self._shelf(request_id, staff_id) is Shelf.RECUSED

    def recused_from(self, request_id: str) -> tuple[str, ...]:
        """Ids of the members who stepped back from this case for good."""
        query = select(stepped_aside.c.staff_id).where(
            stepped_aside.c.request_id == request_id, stepped_aside.c.shelf == Shelf.RECUSED
        )
        return tuple(self._connection.execute(query.order_by(stepped_aside.c.staff_id)).scalars())

    def skip(self, request_id: str, staff_id: str, until: datetime, at: datetime) -> None:
        """Out of this member's sight for some hours. What they skipped before and is over is forgotten, so
        that nobody can read a habit from it."""
        mine = (stepped_aside.c.staff_id == staff_id) & (stepped_aside.c.shelf == Shelf.SKIPPED)
        self._connection.execute(delete(stepped_aside).where(mine, stepped_aside.c.until <= at))
        if not self.is_recused(request_id, staff_id):
            self._put(request_id, staff_id, Shelf.SKIPPED, until)

    def recuse(self, request_id: str, staff_id: str) -> None:
        """For good."""
        self._put(request_id, staff_id, Shelf.RECUSED, None)

    def come_back(self, request_id: str, staff_id: str, shelf: Shelf) -> None:
        """No longer on this shelf; nothing happens where they are not."""
        self._connection.execute(
            delete(stepped_aside).where(_of(request_id, staff_id), stepped_aside.c.shelf == shelf)
        )

    def _shelf(self, request_id: str, staff_id: str) -> Shelf | None:
        query = select(stepped_aside.c.shelf).where(_of(request_id, staff_id))
        found = self._connection.execute(query).scalar()
        return None if found is None else Shelf(found)

    def _put(self, request_id: str, staff_id: str, shelf: Shelf, until: datetime | None) -> None:
        values = {"shelf": shelf, "until": until}
        if self._shelf(request_id, staff_id) is None:
            row = {"request_id": request_id, "staff_id": staff_id} | values
            self._connection.execute(insert(stepped_aside).values(**row))
        else:
            changed = update(stepped_aside).where(_of(request_id, staff_id)).values(**values)
            self._connection.execute(changed)


def _of(request_id: str, staff_id: str) -> ColumnElement[bool]:
    return (stepped_aside.c.request_id == request_id) & (stepped_aside.c.staff_id == staff_id)


def is_recused_from(request_id: ColumnElement[str], staff_id: str) -> ColumnElement[bool]:
    """For lists: whether this member stepped back for good from the case of that column."""
    recused = (stepped_aside.c.staff_id == staff_id) & (stepped_aside.c.shelf == Shelf.RECUSED)
    return request_id.in_(select(stepped_aside.c.request_id).where(recused))


def is_out_of_sight(request_id: ColumnElement[str], staff_id: str, at: datetime) -> ColumnElement[bool]:
    """For the free cases: recused, or skipped and the hours are not over."""
    shelf = stepped_aside.c.shelf
    out = or_(shelf == Shelf.RECUSED, and_(shelf == Shelf.SKIPPED, stepped_aside.c.until > at))
    mine = select(stepped_aside.c.request_id).where(stepped_aside.c.staff_id == staff_id, out)
    return request_id.in_(mine)
