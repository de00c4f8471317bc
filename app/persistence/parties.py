"""The parties to a request, and what each says of its places: rows, loading, saving."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.engine import RowMapping

from app.domain.words import RequestState, Standing
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.errors import NotThere
from app.persistence.requests import requests

parties = Table(
    "parties",
    metadata,
    plain("id", ID, primary_key=True),
    plain("request_id", ID, ForeignKey("requests.id"), index=True),
    plain("number", Integer),
    plain("standing", String(16)),
    plain("generation", Integer),
    plain("is_handed_over", Boolean),
    plain("revoked_at", UtcTime, nullable=True),
    digest("code_digest", unique=True),
    sealed("facts_sealed"),
    sealed("frozen_sealed", nullable=True),
)

place_notes = Table(
    "place_notes",
    metadata,
    plain("location_id", ID, ForeignKey("locations.id"), primary_key=True),
    plain("party_id", ID, ForeignKey("parties.id"), primary_key=True, index=True),
    sealed("note_sealed"),
)

_COLUMNS = [column for column in parties.c if column.name != "code_digest"]


@dataclass(frozen=True)
class Party:
    """One requester to a request, with a code and a voice of their own. The first one filed it."""

    id: str
    request_id: str
    number: int
    standing: Standing
    generation: int
    facts_sealed: bytes
    is_handed_over: bool = False  # somebody else gave the code out: it is to be replaced at first use
    revoked_at: datetime | None = None  # since then this party sees only what `frozen_sealed` holds
    frozen_sealed: bytes | None = None

    def __repr__(self) -> str:
        return f"Party({self.id}, {self.standing})"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None


class Parties:
    """Loading and saving within one transaction. Who changes a party holds the row of its request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, party: Party, code_digest: bytes) -> None:
        self._connection.execute(insert(parties).values(**vars(party), code_digest=code_digest))

    def load(self, party_id: str) -> Party:
        """Raises NotThere."""
        return self._one(parties.c.id == party_id)

    def by_code(self, code_digest: bytes) -> Party | None:
        """None for a code nobody has and for a forgotten request's, by the same question."""
        shown = select(requests.c.id).where(
            requests.c.id == parties.c.request_id, requests.c.state != RequestState.FORGOTTEN
        )
        try:
            return self._one((parties.c.code_digest == code_digest) & shown.exists())
        except NotThere:
            return None

    def of_request(self, request_id: str) -> tuple[Party, ...]:
        """The one who filed first."""
        query = select(*_COLUMNS).where(parties.c.request_id == request_id).order_by(parties.c.number)
        return tuple(_party(row) for row in self._connection.execute(query).mappings())

    def save(self, party: Party) -> None:
        """Everything of a party but its code."""
        values = {name: value for name, value in vars(party).items() if name != "id"}
        self._connection.execute(update(parties).where(parties.c.id == party.id).values(**values))

    def save_code(self, party_id: str, code_digest: bytes, is_handed_over: bool = False) -> None:
        """The party's code from now on; sessions that were opened by the one before end."""
        values = {"code_digest": code_digest, "is_handed_over": is_handed_over}
        theirs = update(parties).where(parties.c.id == party_id)
        self._connection.execute(theirs.values(**values, generation=parties.c.generation + 1))

    def end_sessions(self, request_id: str) -> None:
        """Whoever follows this request now must come in by a code again."""
        theirs = update(parties).where(parties.c.request_id == request_id)
        self._connection.execute(theirs.values(generation=parties.c.generation + 1))

    def add_notes(self, party_id: str, notes: Mapping[str, bytes]) -> None:
        """What a party says of places it has just named, by location id: many of them at once."""
        rows = [{"location_id": one, "party_id": party_id, "note_sealed": notes[one]} for one in notes]
        if rows:
            self._connection.execute(insert(place_notes), rows)

    def keep_note(self, location_id: str, party_id: str, note_sealed: bytes) -> None:
        """What a party says of a place, in place of what it said before."""
        mine = (place_notes.c.location_id == location_id) & (place_notes.c.party_id == party_id)
        self._connection.execute(delete(place_notes).where(mine))
        row = {"location_id": location_id, "party_id": party_id, "note_sealed": note_sealed}
        self._connection.execute(insert(place_notes).values(**row))

    def notes_of(self, party_id: str) -> dict[str, bytes]:
        """By location id."""
        query = select(place_notes).where(place_notes.c.party_id == party_id)
        return {row.location_id: row.note_sealed for row in self._connection.execute(query)}

    def _one(self, condition: ColumnElement[bool]) -> Party:
        row = self._connection.execute(select(*_COLUMNS).where(condition)).mappings().first()
        if row is None:
            raise NotThere
        return _party(row)


def _party(row: RowMapping) -> Party:
    return Party(**dict(row) | {"standing": Standing(row["standing"])})
