"""What tests of holding a case look at, and colleagues who are members as far as the database knows."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.casework.kit import Kit
from app.casework.open_case import open_case
from app.domain.requests import Request
from app.persistence.base import metadata
from app.persistence.stepped_aside import is_out_of_sight, stepped_aside
from tests.make import ADA, BEN, LOU, MIRA, SINA, Clock, make_known


def known_staff(kit: Kit) -> None:
    """Rows for those who act directly: who steps aside, or is handed a case, is looked up."""
    for actor in (ADA, BEN, SINA, MIRA, LOU):
        make_known(kit, actor)


def clock_of(kit: Kit) -> Clock:
    assert isinstance(kit.clock, Clock)
    return kit.clock


def request_of(kit: Kit, request_id: str) -> Request:
    with kit.database.reading() as work:
        return work.requests.load(request_id)


def is_hidden(kit: Kit, request_id: str, member_id: str, at: datetime | None = None) -> bool:
    """Whether a member's list of free cases leaves it out."""
    from app.persistence.requests import requests

    hidden = is_out_of_sight(requests.c.id, member_id, at or kit.clock())
    with kit.database.reading() as work:
        query = select(hidden).where(requests.c.id == request_id)
        return bool(work.connection.execute(query).scalar_one())


def notes_of(kit: Kit, request_id: str) -> list[tuple[str, str, str]]:
    """(what about, text, by whom), oldest first, as Ada reads them."""
    return [(note.kind, note.text, note.by) for note in open_case(kit, ADA, request_id).notes]


def everything_in(kit: Kit) -> dict[str, list[Any]]:
    """All rows of all tables: whether a refused verb wrote anything."""
    with kit.database.reading() as work:
        return {
            table.name: list(work.connection.execute(select(table).order_by(*table.primary_key)).all())
            for table in metadata.sorted_tables
        }


def rows_aside(kit: Kit) -> list[tuple[str, str, str]]:
    """(request, member, shelf)."""
    columns = (stepped_aside.c.request_id, stepped_aside.c.staff_id, stepped_aside.c.shelf)
    with kit.database.reading() as work:
        return [tuple(row) for row in work.connection.execute(select(*columns).order_by(*columns))]
