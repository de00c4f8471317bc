"""The desk's queue: plain, indexed columns only. Nothing sealed is opened to show it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Column, ColumnElement, Row, and_, func, or_, select

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.words import SafetyState
from app.persistence.requests import requests

Which = Literal["free", "mine", "open", "due"]
PAGE = 50


@dataclass(frozen=True)
class QueueRow:
    """`due_by`: until when somebody must look at the case; `is_overdue`: nobody did."""

    request_id: str
    handle: str
    received_at: datetime
    open_places: int
    taken: bool
    taken_by_me: bool
    lease_until: datetime | None
    due_by: datetime | None
    is_overdue: bool
    safety: SafetyState

    @property
    def safety_due(self) -> bool:
        return self.safety is SafetyState.DUE


@dataclass(frozen=True)
class QueuePage:
    """`next_after` is the key of the next page, or None on the last."""

    rows: tuple[QueueRow, ...]
    counts: dict[str, int]
    next_after: str | None


def read_queue(kit: Kit, actor: Caseworker, which: Which, after: str | None) -> QueuePage:
    """Oldest first; a case stays in the queue while a place of it is open.

    "due" lists what is to be looked at by now, the longest overdue first, also where every place is done:
    the day on which a requester was told that somebody looks again is kept.
    """
    at = kit.clock()
    filters = _filters(actor, at)
    order = _order(which)
    query = select(requests).where(filters[which]).order_by(order, requests.c.id).limit(PAGE + 1)
    key = _key(after)
    if key is not None:
        seen, request_id = key
        query = query.where(or_(order > seen, and_(order == seen, requests.c.id > request_id)))
    with kit.database.reading() as work:
        found = work.connection.execute(query).all()
        counts = {
            name: work.connection.execute(
                select(func.count()).select_from(requests).where(condition)
            ).scalar()
            or 0
            for name, condition in filters.items()
        }
    last = found[PAGE - 1] if len(found) > PAGE else None
    return QueuePage(
        rows=tuple(_row(row, actor, at) for row in found[:PAGE]),
        counts=counts,
        next_after=None if last is None else f"{int(getattr(last, order.name).timestamp())}-{last.id}",
    )


def _order(which: Which) -> Column[Any]:
    return requests.c.due_by if which == "due" else requests.c.received_at


def _filters(actor: Caseworker, at: datetime) -> dict[str, ColumnElement[bool]]:
    is_open = requests.c.open_places > 0
    is_due = requests.c.due_by <= at  # a forgotten request has none
    is_free = or_(requests.c.lease_until.is_(None), requests.c.lease_until <= at)
    mine = and_(requests.c.taken_by == actor.id, requests.c.lease_until > at)
    return {
        "free": and_(is_open, is_free),
        "mine": and_(or_(is_open, is_due), mine),
        "open": is_open,
        "due": is_due,
    }


def _row(row: Row[Any], actor: Caseworker, at: datetime) -> QueueRow:
    is_taken = row.lease_until is not None and row.lease_until > at
    return QueueRow(
        request_id=row.id,
        handle=handle_of(row.id),
        received_at=row.received_at,
        open_places=row.open_places,
        taken=is_taken,
        taken_by_me=is_taken and row.taken_by == actor.id,
        lease_until=row.lease_until,
        due_by=row.due_by,
        is_overdue=row.due_by is not None and row.due_by <= at,
        safety=SafetyState(row.safety),
    )


def _key(after: str | None) -> tuple[datetime, str] | None:
    """The last row's place in the order; anything that is not one starts at the top."""
    seconds, _, request_id = (after or "").partition("-")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12 and request_id.isalnum()):
        return None
    return datetime.fromtimestamp(int(seconds), UTC), request_id[:32]
