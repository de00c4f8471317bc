"""Requests, their parties, locations and findings: rows, loading, saving."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
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
from app.domain.words import LocationState, RequestState, Standing
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
    digest("filing_digest", unique=True),
    sealed("facts_sealed"),
    Index(None, "received_at", "id"),
    Index(None, "taken_by", "received_at", "id"),
)

parties = Table(
    "parties",
    metadata,
    plain("id", ID, primary_key=True),
    plain("request_id", ID, ForeignKey("requests.id"), index=True),
    plain("standing", String(16)),
    plain("generation", Integer),
    digest("code_digest", unique=True),
    sealed("facts_sealed"),
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
class Party:
    """One requester to a request, with a code and a voice of their own."""

    id: str
    request_id: str
    standing: Standing
    generation: int
    facts_sealed: bytes

    def __repr__(self) -> str:
        return f"Party({self.id}, {self.standing})"


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
        return Request(**dict(row) | {"state": RequestState(row["state"])})

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
        }
        if self._connection.execute(update(requests).where(fitting).values(**values)).rowcount != 1:
            raise Overtaken

    def add_party(self, party: Party, code_digest: bytes) -> None:
        self._connection.execute(insert(parties).values(**vars(party), code_digest=code_digest))

    def party(self, party_id: str) -> Party:
        return self._party(parties.c.id == party_id)

    def party_by_code(self, code_digest: bytes) -> Party | None:
        """None for a code nobody has and for a forgotten request's, by the same question."""
        shown = select(requests.c.id).where(
            requests.c.id == parties.c.request_id, requests.c.state != RequestState.FORGOTTEN
        )
        try:
            return self._party((parties.c.code_digest == code_digest) & shown.exists())
        except NotThere:
            return None

    def parties_of(self, request_id: str) -> tuple[Party, ...]:
        columns = [c for c in parties.c if c.name != "code_digest"]
        rows = self._connection.execute(select(*columns).where(parties.c.request_id == request_id)).mappings()
        return tuple(Party(**dict(row) | {"standing": Standing(row["standing"])}) for row in rows)

    def end_sessions(self, request_id: str) -> None:
        """Whoever follows this request now must come in by a code again."""
        theirs = update(parties).where(parties.c.request_id == request_id)
        self._connection.execute(theirs.values(generation=parties.c.generation + 1))

    def save_standing(self, party_id: str, standing: Standing) -> None:
        self._connection.execute(update(parties).where(parties.c.id == party_id).values(standing=standing))

    def _party(self, condition: ColumnElement[bool]) -> Party:
        columns = [c for c in parties.c if c.name != "code_digest"]
        row = self._connection.execute(select(*columns).where(condition)).mappings().first()
        if row is None:
            raise NotThere
        return Party(**dict(row) | {"standing": Standing(row["standing"])})

    def add_locations(self, found: tuple[Location, ...]) -> None:
        self._connection.execute(insert(locations), [vars(one) for one in found])

    def locations_of(self, request_id: str) -> tuple[Location, ...]:
        query = select(locations).where(locations.c.request_id == request_id).order_by(locations.c.number)
        rows = self._connection.execute(query).mappings()
        return tuple(Location(**dict(row) | {"state": LocationState(row["state"])}) for row in rows)

    def save_location(self, location: Location) -> None:
        """Write a location's move. One row or Overtaken."""
        fitting = (locations.c.id == location.id) & (locations.c.version == location.version)
        values = {"version": location.version + 1, "state": location.state, "state_at": location.state_at}
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
