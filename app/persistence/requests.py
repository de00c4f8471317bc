"""Requests, their locations and findings: rows, loading, saving."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import RowMapping
from sqlalchemy.exc import IntegrityError

from app.domain.locations import Location
from app.domain.requests import Request
from app.domain.words import LocationState, RequestState, SafetyState
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.errors import AlreadyThere, NotThere, Overtaken
from app.persistence.queue_counts import Counted, QueueCounts

requests = Table(
    "requests",
    metadata,
    plain("id", ID, primary_key=True),
    plain("version", Integer),
    plain("trail_id", ID, unique=True),
    plain("state", String(16)),
    plain("received_at", UtcTime),
    plain("open_places", Integer),
    plain("taken_by", ID, nullable=True),
    plain("lease_until", UtcTime, nullable=True),
    plain("destroy_at", UtcTime, nullable=True, index=True),
    plain("safety", String(8)),
    plain("safety_by", UtcTime, nullable=True),
    plain("due_by", UtcTime, nullable=True),
    plain("danger", String(8), server_default=text("''")),
    plain("queue_at", UtcTime, nullable=True),
    plain("since_at", UtcTime, nullable=True),
    plain("why", String(64), server_default=text("''")),
    plain("put_at", UtcTime, nullable=True),
    plain("hold_until", UtcTime, nullable=True),
    plain("offered_to", ID, nullable=True),
    plain("police_from", UtcTime, nullable=True),
    plain("police_until", UtcTime, nullable=True),
    plain("doubted_by", ID, nullable=True),
    digest("filing_digest", unique=True),
    sealed("facts_sealed"),
    Index(None, "due_by", "id"),
)


def _index(name: str, *columns: str) -> None:
    """Of those rows alone in which its first column says something: of a million few are taken, or on hold.

    The other columns are there so that what is counted, or passed over, is read in the index alone.
    """
    kept = [requests.c[one] for one in columns]
    there = kept[0].is_not(None)
    Index(f"ix_requests_{name}", *kept, sqlite_where=there, postgresql_where=there)


_index("order", "queue_at", "id", "since_at", "lease_until", "hold_until", "doubted_by", "open_places")
_index("later", "since_at")
_index("leased", "lease_until", "since_at")
_index("on_hold", "hold_until", "since_at", "lease_until")
_index("doubted", "doubted_by", "since_at", "lease_until", "hold_until")
_index("offered", "offered_to")

locations = Table(
    "locations",
    metadata,
    plain("id", ID, primary_key=True),
    plain("request_id", ID, ForeignKey("requests.id")),
    plain("number", Integer),
    plain("version", Integer),
    plain("state", String(16)),
    plain("state_at", UtcTime),
    plain("due_at", UtcTime, nullable=True),
    plain("since_at", UtcTime, server_default="0"),
    plain("known", String(64), server_default=text("''")),
    plain("threat_at", UtcTime, nullable=True),
    plain("shown_state", String(16), nullable=True),
    plain("shown_at", UtcTime, nullable=True),
    plain("shown_due_at", UtcTime, nullable=True),
    plain("provider_id", ID, nullable=True),
    plain("back_count", Integer, server_default=text("0")),
    plain("watch_step", Integer, server_default=text("0")),
    sealed("place_sealed"),
    Index(None, "request_id", "number", unique=True),
    Index("ix_locations_waiting", "request_id", "state", "since_at", "threat_at"),
)

_stalled = locations.c.state == text("'stalled'")
Index("ix_locations_stalled", locations.c.due_at, sqlite_where=_stalled, postgresql_where=_stalled)
"""Few are, and each is looked at every month."""


# Made once: verbs and the courier need them all the time, and making them anew costs more than running them.
_LOAD = select(*(c for c in requests.c if c.name != "filing_digest")).where(
    requests.c.id == bindparam("request")
)
_LOAD_LOCKED = _LOAD.with_for_update()
_FITTING = (requests.c.id == bindparam("kept_id")) & (requests.c.version == bindparam("kept"))
_COUNTED = select(requests.c.queue_at, requests.c.open_places).where(_FITTING)
_SAVE = update(requests).where(_FITTING)
_LOCATIONS = (
    select(locations).where(locations.c.request_id == bindparam("request")).order_by(locations.c.number)
)
_MOVING = (
    "state state_at due_at since_at known threat_at shown_state shown_at "
    "shown_due_at provider_id back_count watch_step place_sealed"
).split()
_SAVE_LOCATION = (
    update(locations)
    .where(locations.c.id == bindparam("kept_id"), locations.c.version == bindparam("kept_version"))
    .values({name: bindparam(name) for name in ("version", *_MOVING)})
)


def _counted(request: Request) -> Counted:
    return Counted.of(request.queue_at, request.open_places)


class Requests:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection, locking: bool, counts: QueueCounts) -> None:
        self._connection = connection
        self._locking = locking
        self._counts = counts
        self._counted: dict[
            tuple[str, int], Counted
        ] = {}  # what those that were loaded count for, by version

    def add(self, request: Request, filing_digest: bytes) -> None:
        """Raises AlreadyThere when the same filing came first (a double click, a reload)."""
        row = vars(request) | {"filing_digest": filing_digest}
        try:
            self._connection.execute(insert(requests).values(**row))
        except IntegrityError:
            raise AlreadyThere from None
        self._counts.note(Counted(), _counted(request))

    def is_filed(self, filing_digest: bytes) -> bool:
        found = select(requests.c.id).where(requests.c.filing_digest == filing_digest)
        return self._connection.execute(found).first() is not None

    def leased_by(self, member_id: str, at: datetime, most: int) -> tuple[str, ...]:
        """Ids of the requests that this member holds now, at most so many."""
        held = (requests.c.taken_by == member_id) & (requests.c.lease_until > at)
        query = select(requests.c.id).where(held, requests.c.destroy_at.is_(None)).order_by(requests.c.id)
        return tuple(self._connection.execute(query.limit(most)).scalars())

    def load(self, request_id: str) -> Request:
        """The request; in a writing transaction its row is locked, so verbs on one case take turns."""
        query = _LOAD_LOCKED if self._locking else _LOAD
        row = self._connection.execute(query, {"request": request_id}).mappings().first()
        if row is None:
            raise NotThere
        if self._locking:  # nobody else changes it from here on
            self._counted[request_id, row["version"]] = Counted.of(row["queue_at"], row["open_places"])
        return Request(
            **dict(row) | {"state": RequestState(row["state"]), "safety": SafetyState(row["safety"])}
        )

    def save(self, request: Request) -> None:
        """Write the plain moves of a request. One row or Overtaken."""
        fitting = {"kept_id": request.id, "kept": request.version}
        values = {
            "version": request.version + 1,
            "state": request.state,
            "open_places": request.open_places,
            "taken_by": request.taken_by,
            "lease_until": request.lease_until,
            "destroy_at": request.destroy_at,
            "safety": request.safety,
            "safety_by": request.safety_by,
            "due_by": request.due_by,
            "danger": request.danger,
            "queue_at": request.queue_at,
            "since_at": request.since_at,
            "why": request.why,
            "put_at": request.put_at,
            "hold_until": request.hold_until,
            "offered_to": request.offered_to,
            "police_from": request.police_from,
            "police_until": request.police_until,
            "doubted_by": request.doubted_by,
            "facts_sealed": request.facts_sealed,
        }
        before = self._counted.pop((request.id, request.version), None)
        if before is None:
            row = self._connection.execute(_COUNTED, fitting).first()
            before = None if row is None else Counted.of(*row)
        changed = self._connection.execute(_SAVE, fitting | values).rowcount
        if before is None or changed != 1:
            raise Overtaken
        self._counts.note(before, _counted(request))

    def add_locations(self, found: tuple[Location, ...]) -> None:
        self._connection.execute(insert(locations), [vars(one) for one in found])

    def locations_of(self, request_id: str) -> tuple[Location, ...]:
        rows = self._connection.execute(_LOCATIONS, {"request": request_id}).mappings()
        return tuple(_location(row) for row in rows)

    def stalled(self, most: int) -> tuple[Location, ...]:
        """Of all requests, what is to be looked at first. Those of forgotten ones are hidden."""
        shown = select(requests.c.id).where(
            requests.c.id == locations.c.request_id, requests.c.state != RequestState.FORGOTTEN
        )
        query = select(locations).where(locations.c.state == text("'stalled'"), shown.exists())
        rows = self._connection.execute(query.order_by(locations.c.due_at, locations.c.id).limit(most))
        return tuple(_location(row) for row in rows.mappings())

    def save_location(self, location: Location) -> None:
        """Write a location's move. One row or Overtaken."""
        self.save_locations((location,))

    def save_locations(self, moved: Sequence[Location]) -> None:
        """Write the moves of several at once. All rows, or Overtaken."""
        if not moved:
            return
        rows = [
            {"kept_id": one.id, "kept_version": one.version, "version": one.version + 1}
            | {name: getattr(one, name) for name in _MOVING}
            for one in moved
        ]
        if self._connection.execute(_SAVE_LOCATION, rows).rowcount != len(rows):
            raise Overtaken


def _location(row: RowMapping) -> Location:
    shown = row["shown_state"] and LocationState(row["shown_state"])
    return Location(**dict(row) | {"state": LocationState(row["state"]), "shown_state": shown})
