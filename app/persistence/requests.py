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
    update,
)
from sqlalchemy.exc import IntegrityError

from app.domain.locations import Location
from app.domain.requests import Request
from app.domain.words import LocationState, RequestState, SafetyState
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.errors import AlreadyThere, NotThere, Overtaken

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
    digest("filing_digest", unique=True),
    sealed("facts_sealed"),
    Index(None, "received_at", "id"),
    Index(None, "taken_by", "received_at", "id"),
    Index(None, "due_by", "id"),
)

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
    sealed("place_sealed"),
    Index(None, "request_id", "number", unique=True),
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


class Requests:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection, locking: bool) -> None:
        self._connection = connection
        self._locking = locking

    def add(self, request: Request, filing_digest: bytes) -> None:
        """Raises AlreadyThere when the same filing came first (a double click, a reload)."""
        row = vars(request) | {"filing_digest": filing_digest}
        try:
            self._connection.execute(insert(requests).values(**row))
        except IntegrityError:
            raise AlreadyThere from None

    def is_filed(self, filing_digest: bytes) -> bool:
        found = select(requests.c.id).where(requests.c.filing_digest == filing_digest)
        return self._connection.execute(found).first() is not None

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
            "facts_sealed": request.facts_sealed,
        }
        if self._connection.execute(update(requests).where(fitting).values(**values)).rowcount != 1:
            raise Overtaken

    def add_locations(self, found: tuple[Location, ...]) -> None:
        self._connection.execute(insert(locations), [vars(one) for one in found])

    def locations_of(self, request_id: str) -> tuple[Location, ...]:
        query = select(locations).where(locations.c.request_id == request_id).order_by(locations.c.number)
        rows = self._connection.execute(query).mappings()
        return tuple(Location(**dict(row) | {"state": LocationState(row["state"])}) for row in rows)

    def save_location(self, location: Location) -> None:
        """Write a location's move. One row or Overtaken."""
        fitting = (locations.c.id == location.id) & (locations.c.version == location.version)
        values = {
            "version": location.version + 1,
            "state": location.state,
            "state_at": location.state_at,
            "due_at": location.due_at,
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
