"""Findings on locations: sealed, all of them kept, the newest one counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Connection, ForeignKey, Integer, Table, func, insert, select

from app.persistence.base import ID, UtcTime, metadata, plain, sealed

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


class Assessments:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, request_id: str, made: tuple[Assessment, ...]) -> None:
        newest = self._connection.execute(
            select(func.max(assessments.c.sequence)).where(assessments.c.request_id == request_id)
        ).scalar()
        rows = [vars(one) | {"request_id": request_id, "sequence": (newest or 0) + 1} for one in made]
        self._connection.execute(insert(assessments), rows)

    def newest(self, request_id: str) -> dict[str, Assessment]:
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
