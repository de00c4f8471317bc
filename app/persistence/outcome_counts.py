"""The framework's chart in numbers: what became of places, counted when it happened, so that it outlives
forgetting. Nothing of it leads to a place or a person."""

from collections import Counter
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Connection, Integer, String, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.counting import Cell
from app.domain.notice_words import NoticeKind
from app.persistence.base import metadata, plain
from app.persistence.notices import notice_locations, notices

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

_ABOUT_PLACES = (NoticeKind.CSAM, NoticeKind.HARMFUL, NoticeKind.IDENTITY)
_NAMES = [one.name for one in fields(Cell)]


class OutcomeCounts:
    """Within one transaction. What is added is written at its end (`Work.commit`), always in the same order:
    nobody waits for who waits for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._added: Counter[Cell] = Counter()

    def add(self, cell: Cell) -> None:
        self._added[cell] += 1

    def write(self) -> None:
        added, self._added = self._added, Counter()
        for cell, count in sorted(added.items()):
            self._increase(cell, count)

    def _increase(self, cell: Cell, count: int) -> None:
        """One statement, so that no two at the same time lose one another's."""
        values = vars(cell) | {"count": count}
        more = {"count": outcome_counts.c.count + count}
        if self._connection.dialect.name == "postgresql":
            of_postgres = postgresql.insert(outcome_counts).values(**values)
            self._connection.execute(of_postgres.on_conflict_do_update(index_elements=_NAMES, set_=more))
        else:
            embedded = sqlite.insert(outcome_counts).values(**values)
            self._connection.execute(embedded.on_conflict_do_update(index_elements=_NAMES, set_=more))

    def of_year(self, year: int) -> dict[Cell, int]:
        query = select(outcome_counts).where(outcome_counts.c.year == year)
        rows = self._connection.execute(query).mappings()
        return {Cell(**{name: row[name] for name in _NAMES}): row["count"] for row in rows}

    def years(self) -> tuple[int, ...]:
        """The newest first."""
        query = select(outcome_counts.c.year).distinct().order_by(outcome_counts.c.year.desc())
        return tuple(self._connection.execute(query).scalars())

    def sent_at_of(self, location_id: str) -> tuple[datetime, ...]:
        """When notices about this place went out that began a ladder; none to a search engine."""
        query = select(notices.c.sent_at).where(
            notices.c.id == notice_locations.c.notice_id,
            notice_locations.c.location_id == location_id,
            notices.c.sent_at.is_not(None),
            notices.c.root_id.is_(None),
            notices.c.kind.in_(_ABOUT_PLACES),
        )
        return tuple(self._connection.execute(query.order_by(notices.c.sent_at)).scalars())
