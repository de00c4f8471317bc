"""Moving one party, with all that is theirs, from one request to another: rows, within one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, select, update

from app.domain.locations import Location
from app.persistence.assessments import assessments
from app.persistence.base import metadata
from app.persistence.parties import parties, place_notes
from app.persistence.requests import locations
from app.persistence.safety_notes import safety_notes
from app.persistence.series import place_digests
from app.persistence.wraps import wraps


@dataclass(frozen=True)
class Move:
    """From one request to another; the party comes along as number `number`."""

    party_id: str
    source_id: str
    target_id: str
    number: int


class Joining:
    """Who joins two requests holds the rows of both. What is sealed is handed in sealed anew."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move_party(self, move: Move) -> None:
        """The party, every row that names both it and its request, and all wrapped keys that are left: the
        request's own were destroyed before."""
        values = {"request_id": move.target_id, "number": move.number}
        self._connection.execute(update(parties).where(parties.c.id == move.party_id).values(**values))
        for table in of_a_party():
            mine = update(table).where(table.c.party_id == move.party_id)
            self._connection.execute(mine.values(request_id=move.target_id))
        left = update(wraps).where(wraps.c.request_id == move.source_id)
        self._connection.execute(left.values(request_id=move.target_id))

    def move_location(self, location: Location) -> None:
        """Its request, its number and its place, sealed anew. The state stays."""
        values = {
            "request_id": location.request_id,
            "number": location.number,
            "version": location.version + 1,
            "place_sealed": location.place_sealed,
        }
        self._connection.execute(update(locations).where(locations.c.id == location.id).values(**values))

    def destroy_location(self, location_id: str) -> None:
        """One that the other request has already; its findings were moved before."""
        for table in (place_notes, assessments, place_digests):
            self._connection.execute(delete(table).where(table.c.location_id == location_id))
        self._connection.execute(delete(locations).where(locations.c.id == location_id))

    def findings_of(self, request_id: str) -> tuple[tuple[str, str, bytes], ...]:
        """(id, location id, sealed finding), oldest first."""
        query = select(assessments).where(assessments.c.request_id == request_id)
        rows = self._connection.execute(query.order_by(assessments.c.sequence, assessments.c.id))
        return tuple((row.id, row.location_id, bytes(row.finding_sealed)) for row in rows)

    def move_findings(self, move: Move, where: Mapping[str, str], findings: Mapping[str, bytes]) -> None:
        """`where`: the location that stands for another one; `findings` by id, sealed anew.

        They count as older than all findings of the other request, so that of one place its own stay newest.
        """
        query = select(assessments.c.id, assessments.c.location_id, assessments.c.sequence)
        rows = self._connection.execute(query.where(assessments.c.request_id == move.source_id)).all()
        newest = max((row.sequence for row in rows), default=0)
        for row in rows:
            values = {
                "request_id": move.target_id,
                "location_id": where.get(row.location_id, row.location_id),
                "sequence": row.sequence - newest,
                "finding_sealed": findings[row.id],
            }
            self._connection.execute(update(assessments).where(assessments.c.id == row.id).values(**values))

    def destroy_safety_notes(self, request_id: str) -> None:
        """They were added to the other request."""
        self._connection.execute(delete(safety_notes).where(safety_notes.c.request_id == request_id))


def of_a_party() -> list[Table]:
    """The tables whose rows name a party and its request: found by their columns."""
    return [table for table in metadata.sorted_tables if {"party_id", "request_id"} <= set(table.c.keys())]
