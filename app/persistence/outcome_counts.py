"""The framework's chart in numbers: what became of places, counted when it happened, so that it outlives
forgetting. Nothing of it leads to a place or a person."""

from dataclasses import dataclass

from sqlalchemy import Connection, Integer, String, Table

from app.persistence.base import metadata, plain

outcome_counts = Table(
    "outcome_counts",
    metadata,
    plain("year", Integer, primary_key=True),
    plain("kind", String(16), primary_key=True),
    plain("age_band", String(16), primary_key=True),
    plain("identified", String(8), primary_key=True),
    plain("outcome", String(16), primary_key=True),
    plain("days", String(8), primary_key=True),
    plain("count", Integer),
)


@dataclass(frozen=True)
class Cell:
    """One row of the chart. `identified`: "yes", "no" or "unknown". `days`: the band of days from the first
    notice, or "" where no time belongs to the outcome."""

    year: int
    kind: str
    age_band: str
    identified: str
    outcome: str
    days: str


class OutcomeCounts:
    """Within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
