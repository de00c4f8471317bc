"""The desk's queue: plain, indexed columns only. Nothing sealed is opened to show it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal

from sqlalchemy import RowMapping

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.desk_words import Why
from app.domain.queue_order import read_why
from app.domain.words import LocationState, SafetyState
from app.persistence.database import Work
from app.persistence.queue import MOST_DUE, Key, OpenPlaces

Which = Literal["free", "mine", "open", "due"]
PAGE = 50


@dataclass(frozen=True)
class QueueRow:
    """One case that stands in the queue.

    `since_at`: since when something of it waits for the hotline; `is_later`: nothing does before then, all
    of it is with others. `due_by`: until when somebody must look at the case; `is_overdue`: nobody did.
    `states`: how many open places stand in which. `hold_until`, `police_until`: None once they are over.
    """

    request_id: str
    handle: str
    received_at: datetime
    since_at: datetime | None
    is_later: bool
    why: tuple[Why, ...]
    threat_at: datetime | None
    open_places: int
    states: tuple[tuple[LocationState, int], ...]
    taken: bool
    taken_by_me: bool
    lease_until: datetime | None
    due_by: datetime | None
    is_overdue: bool
    safety: SafetyState
    hold_until: datetime | None
    offered_to_me: bool
    offered: bool
    police_until: datetime | None
    doubted: bool

    @property
    def safety_due(self) -> bool:
        return self.safety is SafetyState.DUE


@dataclass(frozen=True)
class QueuePage:
    """`counts` by the name of the list; `due_is_more`: there are more due than are counted. `places` are all
    that are open. `next_after` is the key of the next page, or None on the last."""

    rows: tuple[QueueRow, ...]
    counts: dict[str, int]
    due_is_more: bool
    places: int
    next_after: str | None


def read_queue(kit: Kit, actor: Caseworker, which: Which, after: str | None) -> QueuePage:
    """In the order of the queue; a case stays in it while a place of it is open.

    "free" is what waits for the hotline and nobody has; "due" lists what is to be looked at by now, the
    longest overdue first, also where every place is done: the day on which a requester was told that somebody
    looks again is kept. A case from which the caseworker stepped back for good is in no list.
    """
    at = kit.clock()
    with kit.database.reading() as work:
        mine = work.queue.mine(actor.id, at)
        keys = _keys(work, actor, which, key_of(after), mine, at)
        numbers = work.queue.numbers(actor.id, at)
        ids = [key.request_id for key in keys[:PAGE]]
        rows = work.queue.rows(ids)
        today = datetime.combine(at.date(), time(), UTC)
        places = work.queue.open_places(ids, today)
    last = keys[PAGE - 1] if len(keys) > PAGE else None
    return QueuePage(
        rows=tuple(_row(rows[id_], places, actor, at) for id_ in ids if id_ in rows),
        counts={
            "free": numbers.free,
            "mine": len(mine),
            "due": min(numbers.due, MOST_DUE),
            "open": numbers.open,
        },
        due_is_more=numbers.due > MOST_DUE,
        places=numbers.places,
        next_after=None if last is None else after_of(last),
    )


def _keys(
    work: Work, actor: Caseworker, which: Which, after: Key | None, mine: tuple[Key, ...], at: datetime
) -> tuple[Key, ...]:
    """One more than a page, where there is more."""
    most = PAGE + 1
    match which:
        case "free":
            return work.queue.free(actor.id, at, after, most)
        case "due":
            return work.queue.due(actor.id, at, after, most)
        case "open":
            return work.queue.open(actor.id, after, most)
        case "mine":
            left = (one for one in mine if after is None or _is_after(one, after))
            return tuple(left)[:most]


def _is_after(one: Key, seen: Key) -> bool:
    return (one.at, one.request_id) > (seen.at, seen.request_id)


def _row(row: RowMapping, places: tuple[OpenPlaces, ...], actor: Caseworker, at: datetime) -> QueueRow:
    is_taken = row["lease_until"] is not None and row["lease_until"] > at
    known = read_why(row["why"])
    of_it = [one for one in places if one.request_id == row["id"]]
    days = [one.threat_at for one in of_it if one.threat_at is not None]
    to_come = [day for day in days if day.date() >= at.date()]
    return QueueRow(
        request_id=row["id"],
        handle=handle_of(row["id"]),
        received_at=row["received_at"],
        since_at=row["since_at"],
        is_later=row["since_at"] is not None and row["since_at"] > at,
        why=tuple(why for why in Why if why in known),
        threat_at=min(to_come, default=max(days, default=None)),
        open_places=row["open_places"],
        states=tuple((LocationState(one.state), one.count) for one in of_it),
        taken=is_taken,
        taken_by_me=is_taken and row["taken_by"] == actor.id,
        lease_until=row["lease_until"],
        due_by=row["due_by"],
        is_overdue=row["due_by"] is not None and row["due_by"] <= at,
        safety=SafetyState(row["safety"]),
        hold_until=_if_ahead(row["hold_until"], at),
        offered_to_me=row["offered_to"] == actor.id,
        offered=row["offered_to"] is not None,
        police_until=_if_ahead(row["police_until"], at),
        doubted=row["doubted_by"] is not None,
    )


def _if_ahead(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is not None and moment > at else None


def after_of(last: Key) -> str:
    """What the address of the next page says."""
    return f"{int(last.at.timestamp())}-{last.request_id}"


def key_of(after: str | None) -> Key | None:
    """The last row's place in the order; anything that is not one starts at the top."""
    seconds, _, request_id = (after or "").rpartition("-")
    digits = seconds.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 12 and request_id.isalnum()):
        return None
    try:
        return Key(datetime.fromtimestamp(int(seconds), UTC), request_id[:32])
    except (ValueError, OverflowError, OSError):
        return None  # a year that there is not
