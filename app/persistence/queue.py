"""The desk's queue on plain, indexed columns: which cases one caseworker is shown, in which order, how many.

Every list goes along one index (app/persistence/requests.py), and so does every number. What a list only
passes over is asked as an expression (`coalesce`), so that no database looks through another index for it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    case,
    func,
    literal,
    select,
    tuple_,
)

from app.domain.moves import DONE
from app.persistence.base import UtcTime
from app.persistence.queue_counts import queue_counts
from app.persistence.requests import locations, requests
from app.persistence.stepped_aside import is_out_of_sight, is_recused_from

MOST_DUE = 1000
"""What is due is counted no further: that many say enough."""

_LONG_AGO, _NEVER = datetime.fromtimestamp(0, UTC), datetime(9999, 1, 1, tzinfo=UTC)
_ROW = (
    *("id", "received_at", "open_places", "queue_at", "since_at", "why", "taken_by", "lease_until", "due_by"),
    *("safety", "hold_until", "offered_to", "police_until", "doubted_by"),
)


@dataclass(frozen=True)
class Key:
    """Where a case stands in a list; the next page begins after it."""

    at: datetime
    request_id: str


@dataclass(frozen=True)
class Numbers:
    """For one caseworker. `due` is at most MOST_DUE + 1; `places` are those of all that is open."""

    open: int
    places: int
    free: int
    due: int


@dataclass(frozen=True)
class OpenPlaces:
    """Of one case, in one state. `threat_at`: the nearest day of a threat, or the last that is over."""

    request_id: str
    state: str
    count: int
    threat_at: datetime | None


class Queue:
    """Reading within one transaction. A case from which the member stepped back is in none of the lists."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def free(self, staff_id: str, at: datetime, after: Key | None = None, most: int = 1) -> tuple[Key, ...]:
        """What waits for the hotline now, and nobody has: not taken, on hold or doubted, nor skipped."""
        waits = (
            _has_come(requests.c.since_at, at),
            *_is_nobodys(at),
            ~is_out_of_sight(requests.c.id, staff_id, at),
        )
        return self._keys(requests.c.queue_at, waits, after, most)

    def open(self, staff_id: str, after: Key | None, most: int) -> tuple[Key, ...]:
        """All that is open, whoever has it."""
        return self._keys(requests.c.queue_at, (~is_recused_from(requests.c.id, staff_id),), after, most)

    def due(self, staff_id: str, at: datetime, after: Key | None, most: int) -> tuple[Key, ...]:
        """The longest overdue first, also where every place is done. A forgotten request is never due."""
        is_due = (requests.c.due_by <= at, ~is_recused_from(requests.c.id, staff_id))
        return self._keys(requests.c.due_by, is_due, after, most)

    def mine(self, staff_id: str, at: datetime) -> tuple[Key, ...]:
        """What the member holds, and what a colleague handed over to them: few, so all of them."""
        query = select(requests.c.queue_at, requests.c.id).where(~is_recused_from(requests.c.id, staff_id))
        held = query.where(requests.c.lease_until > at, requests.c.taken_by == staff_id)
        offered = query.where(requests.c.offered_to == staff_id, _is_open())
        rows = (row for each in (held, offered) for row in self._connection.execute(each))
        keys = {Key(queue_at or _NEVER, request_id) for queue_at, request_id in rows}
        return tuple(sorted(keys, key=lambda key: (key.at, key.request_id)))

    def numbers(self, staff_id: str, at: datetime) -> Numbers:
        """From what is kept, less what few rows say: nothing here counts all that is open."""
        waits = _has_come(requests.c.since_at, at)
        nobody_has, is_off_hold, is_trusted = _is_nobodys(at)
        later = _count(requests.c.since_at > at)
        taken = _count(requests.c.lease_until > at, waits)
        on_hold = _count(requests.c.hold_until > at, waits, nobody_has)
        doubted = _count(requests.c.doubted_by.is_not(None), waits, nobody_has, is_off_hold)
        is_aside = is_out_of_sight(requests.c.id, staff_id, at)
        aside = _count(is_aside, waits, nobody_has, is_off_hold, is_trusted)
        due = select(requests.c.id).where(requests.c.due_by <= at, ~is_recused_from(requests.c.id, staff_id))
        bounded = due.limit(MOST_DUE + 1).subquery()
        query = select(
            _kept("open").label("open"),
            _kept("places").label("places"),
            _count(is_recused_from(requests.c.id, staff_id), _is_open()).label("recused"),
            (later + taken + on_hold + doubted + aside).label("not_free"),
            select(func.count()).select_from(bounded).scalar_subquery().label("due"),
        )
        row = self._connection.execute(query).one()
        kept = int(row.open or 0)
        return Numbers(kept - row.recused, int(row.places or 0), max(0, kept - row.not_free), row.due)

    def rows(self, ids: list[str]) -> dict[str, RowMapping]:
        """The plain columns of these cases that the queue shows, by id."""
        query = select(*(requests.c[name] for name in _ROW)).where(requests.c.id.in_(ids))
        return {row["id"]: row for row in self._connection.execute(query).mappings()}

    def open_places(self, ids: list[str], today: datetime) -> tuple[OpenPlaces, ...]:
        """Of these cases, by state, the most first."""
        day = locations.c.threat_at
        nearest = func.coalesce(func.min(case((day >= today, day), else_=None)), func.max(day))
        count = func.count()
        query = (
            select(locations.c.request_id, locations.c.state, count, nearest)
            .where(locations.c.request_id.in_(ids), locations.c.state.not_in(DONE))
            .group_by(locations.c.request_id, locations.c.state)
            .order_by(count.desc(), locations.c.state)
        )
        return tuple(OpenPlaces(*row) for row in self._connection.execute(query))

    def _keys(
        self,
        order: Column[datetime | None],
        conditions: tuple[ColumnElement[bool], ...],
        after: Key | None,
        most: int,
    ) -> tuple[Key, ...]:
        query = select(order, requests.c.id).where(order.is_not(None), *conditions)
        if after is not None:
            last = tuple_(literal(after.at, UtcTime()), literal(after.request_id))
            query = query.where(tuple_(order, requests.c.id) > last)
        found = self._connection.execute(query.order_by(order, requests.c.id).limit(most))
        return tuple(Key(*row) for row in found)


def _is_open() -> ColumnElement[bool]:
    return requests.c.queue_at.is_not(None)


def _has_come(column: Column[datetime | None], at: datetime) -> ColumnElement[bool]:
    """False where there is no such time."""
    return func.coalesce(column, literal(_NEVER, UtcTime())) <= literal(at, UtcTime())


def _is_over(column: Column[datetime | None], at: datetime) -> ColumnElement[bool]:
    """True where there is no such time."""
    return func.coalesce(column, literal(_LONG_AGO, UtcTime())) <= literal(at, UtcTime())


def _is_nobodys(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        _is_over(requests.c.lease_until, at),
        _is_over(requests.c.hold_until, at),
        func.coalesce(requests.c.doubted_by, "") == "",
    )


def _count(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(requests).where(*conditions).scalar_subquery()


def _kept(name: str) -> ScalarSelect[int]:
    return select(queue_counts.c.count).where(queue_counts.c.name == name).scalar_subquery()
