"""Requests, their locations and findings: rows, loading, saving."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    func,
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

assessments = Table(
    "assessments",
    metadata,
    plain("id", ID, primary_key=True),
    plain("sequence", BigInteger().with_variant(Integer, "sqlite"), autoincrement=False),
    plain("request_id", ID, ForeignKey("requests.id"), index=True),
    plain("location_id", ID, ForeignKey("locations.id"), index=True),
    plain("made_by", ID),
    plain("made_at", UtcTime),
    sealed("finding_sealed"),
)


@dataclass(frozen=True)
class Assessment:
    """A finding as it lies in the database; the newest one per location counts."""

    id: str
    location_id: str
    made_by: str
    made_at: datetime
    finding_sealed: bytes


def _counted(request: Request) -> Counted:
    return Counted.of(request.queue_at, request.open_places)


class Requests:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection, locking: bool, counts: QueueCounts) -> None:
        self._connection = connection
        self._locking = locking
        self._counts = counts

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
        columns = [c for c in requests.c if c.name != "filing_digest"]
        query = select(*columns).where(requests.c.id == request_id)
        query = query.with_for_update() if self._locking else query
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotThere
        return Request(
            **dict(row) | {"state": RequestState(row["state"]), "safety": SafetyState(row["safety"])}
        )

    def save(self, request: Request) -> None:
        """Write the plain moves of a request. One row or Overtaken."""
        fitting = (requests.c.id == request.id) & (requests.c.version == request.version)
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
        before = self._connection.execute(
            select(requests.c.queue_at, requests.c.open_places).where(fitting)
        ).first()
        changed = self._connection.execute(update(requests).where(fitting).values(**values)).rowcount
        if before is None or changed != 1:
            raise Overtaken
        self._counts.note(Counted.of(*before), _counted(request))

    def add_locations(self, found: tuple[Location, ...]) -> None:
        self._connection.execute(insert(locations), [vars(one) for one in found])

    def locations_of(self, request_id: str) -> tuple[Location, ...]:
        query = select(locations).where(locations.c.request_id == request_id).order_by(locations.c.number)
        rows = self._connection.execute(query).mappings()
        return tuple(_location(row) for row in rows)

    def save_location(self, location: Location) -> None:
        """Write a location's move. One row or Overtaken."""
        fitting = (locations.c.id == location.id) & (locations.c.version == location.version)
        values = {
            "version": location.version + 1,
            "state": location.state,
            "state_at": location.state_at,
            "due_at": location.due_at,
            "since_at": location.since_at,
            "known": location.known,
            "threat_at": location.threat_at,
            "shown_state": location.shown_state,
            "shown_at": location.shown_at,
            "shown_due_at": location.shown_due_at,
            "place_sealed": location.place_sealed,
        }
        if self._connection.execute(update(locations).where(fitting).values(**values)).rowcount != 1:
            raise Overtaken

    def add_assessments(self, request_id: str, made: tuple[Assessment, ...]) -> None:
        newest = self._connection.execute(
            select(func.max(assessments.c.sequence)).where(assessments.c.request_id == request_id)
        ).scalar()
        rows = [vars(one) | {"request_id": request_id, "sequence": (newest or 0) + 1} for one in made]
        self._connection.execute(insert(assessments), rows)

    def newest_assessments(self, request_id: str) -> dict[str, Assessment]:
        """By location id."""
        query = (
            select(assessments).where(assessments.c.request_id == request_id).order_by(assessments.c.sequence)
        )
        newest: dict[str, Assessment] = {}
        for row in self._connection.execute(query).mappings():
            fields = {
                name: row[name] for name in ("id", "location_id", "made_by", "made_at", "finding_sealed")
            }
            newest[row["location_id"]] = Assessment(**fields)
        return newest


def _location(row: RowMapping) -> Location:
    shown = row["shown_state"] and LocationState(row["shown_state"])
    return Location(**dict(row) | {"state": LocationState(row["state"]), "shown_state": shown})
