"""The desk's queue: plain, indexed columns only. Nothing sealed is opened to show it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.persistence.requests import requests

Which = Literal["free", "mine", "open"]
PAGE = 50


@dataclass(frozen=True)
class QueueRow:
    request_id: str
    handle: str
    received_at: datetime
    open_places: int
    taken: bool
    taken_by_me: bool
    lease_until: datetime | None


@dataclass(frozen=True)
class QueuePage:
    """`next_after` is the key of the next page, or None on the last."""

    rows: tuple[QueueRow, ...]
    counts: dict[str, int]
    next_after: str | None


def read_queue(kit: Kit, actor: Caseworker, which: Which, after: str | None) -> QueuePage:
    """Oldest first; a case stays in the queue while a place of it is open."""
    at = kit.clock()
    filters = _filters(actor, at)
    query = (
        select(requests).where(filters[which]).order_by(requests.c.received_at, requests.c.id).limit(PAGE + 1)
    )
    key = _key(after)
    if key is not None:
        received_at, request_id = key
        later = requests.c.received_at > received_at
        same = requests.c.received_at == received_at
        query = query.where(or_(later, and_(same, requests.c.id > request_id)))
    with kit.database.reading() as work:
        found = work.connection.execute(query).all()
        counts = {
            name: work.connection.execute(
                select(func.count()).select_from(requests).where(condition)
            ).scalar()
            or 0
            for name, condition in filters.items()
        }
    rows = tuple(
        QueueRow(
            request_id=row.id,
            handle=handle_of(row.id),
            received_at=row.received_at,
            open_places=row.open_places,
            taken=row.lease_until is not None and row.lease_until > at,
            taken_by_me=row.taken_by == actor.id and row.lease_until is not None and row.lease_until > at,
            lease_until=row.lease_until,
        )
        for row in found[:PAGE]
    )
    more = len(found) > PAGE
    return QueuePage(
        rows, counts, f"{int(rows[-1].received_at.timestamp())}-{rows[-1].request_id}" if more else None
    )


def _filters(actor: Caseworker, at: datetime) -> dict[str, ColumnElement[bool]]:
    is_open = requests.c.open_places > 0
    is_free = or_(requests.c.lease_until.is_(None), requests.c.lease_until <= at)
    mine = and_(requests.c.taken_by == actor.id, requests.c.lease_until > at)
    return {"free": and_(is_open, is_free), "mine": and_(is_open, mine), "open": is_open}


def _key(after: str | None) -> tuple[datetime, str] | None:
    """The last row's place in the order; anything that is not one starts at the top."""
    seconds, _, request_id = (after or "").partition("-")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12 and request_id.isalnum()):
        return None
    return datetime.fromtimestamp(int(seconds), UTC), request_id[:32]
