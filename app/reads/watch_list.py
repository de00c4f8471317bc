"""Cases with places that the hotline's authorised system, or a partner, is to look at now. From plain columns
only: no address, nothing sealed is opened, and nothing is contacted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, Select, func, literal, select, tuple_

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.moves import SAID_GONE
from app.domain.words import LocationState, RequestState
from app.persistence.base import UtcTime
from app.persistence.queue import Key
from app.persistence.requests import locations, requests
from app.persistence.stepped_aside import is_recused_from
from app.reads.queue import after_of, key_of

PAGE = 50
WATCHED = SAID_GONE
"""States in which a place is looked at for whether it is (still) gone."""


@dataclass(frozen=True)
class WatchRow:
    """One case. `places` are due, the first of them since `due_at`; `said` of them stand on the provider's
    word alone."""

    request_id: str
    handle: str
    due_at: datetime
    places: int
    said: int
    taken: bool
    taken_by_me: bool


@dataclass(frozen=True)
class WatchList:
    """`next_after` is the key of the next page, or None on the last."""

    rows: tuple[WatchRow, ...]
    next_after: str | None


def read_watch_list(kit: Kit, actor: Caseworker, after: str | None = None) -> WatchList:
    """The longest due first. Not in it: cases from which the caseworker stepped back, and forgotten ones."""
    at = kit.clock()
    with kit.database.reading() as work:
        found = work.connection.execute(_due(actor.id, at, key_of(after)).limit(PAGE + 1)).mappings().all()
    rows = tuple(_row(row, actor, at) for row in found[:PAGE])
    is_more = len(found) > PAGE
    return WatchList(rows, after_of(Key(rows[-1].due_at, rows[-1].request_id)) if is_more else None)


def _due(staff_id: str, at: datetime, after: Key | None) -> Select[tuple[object, ...]]:
    """Along the index of cases that are due: one of which a place is due is due itself."""
    first = func.min(locations.c.due_at)
    query = (
        select(
            requests.c.id,
            requests.c.taken_by,
            requests.c.lease_until,
            first.label("due_at"),
            func.count().label("places"),
            func.count().filter(locations.c.state == LocationState.SAYS_REMOVED).label("said"),
        )
        .where(
            requests.c.due_by <= at,
            requests.c.state == RequestState.OPEN,
            locations.c.request_id == requests.c.id,
            locations.c.state.in_(WATCHED),
            locations.c.due_at <= at,
            ~is_recused_from(requests.c.id, staff_id),
        )
        .group_by(requests.c.id, requests.c.taken_by, requests.c.lease_until)
        .order_by(first, requests.c.id)
    )
    if after is None:
        return query
    last = tuple_(literal(after.at, UtcTime()), literal(after.request_id))
    return query.having(tuple_(first, requests.c.id) > last)


def _row(row: RowMapping, actor: Caseworker, at: datetime) -> WatchRow:
    is_taken = row["lease_until"] is not None and row["lease_until"] > at
    return WatchRow(
        request_id=row["id"],
        handle=handle_of(row["id"]),
        due_at=row["due_at"],
        places=row["places"],
        said=row["said"],
        taken=is_taken,
        taken_by_me=is_taken and row["taken_by"] == actor.id,
    )
