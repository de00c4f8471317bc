"""What a colleague found to be no request, and what two of them set aside: ids, times, and the reason."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import and_, or_, select

from app.casework.actors import Caseworker
from app.casework.desk_notes import newest_note
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.desk_words import NoteKind
from app.domain.words import RequestState
from app.persistence.requests import requests
from app.persistence.stepped_aside import is_recused_from

DoubtedWhich = Literal["waiting", "aside"]
PAGE = 50
_STATE = {"waiting": RequestState.OPEN, "aside": RequestState.NOT_A_REQUEST}


@dataclass(frozen=True)
class DoubtedRow:
    """`reason`: a colleague's words, not the requester's. `by_me`: another one decides."""

    request_id: str
    handle: str
    received_at: datetime
    reason: str
    by_me: bool
    taken: bool

    def __repr__(self) -> str:
        return f"DoubtedRow({self.handle})"


@dataclass(frozen=True)
class DoubtedPage:
    """`next_after` is the key of the next page, or None on the last."""

    rows: tuple[DoubtedRow, ...]
    next_after: str | None


def read_doubted(kit: Kit, actor: Caseworker, which: DoubtedWhich, after: str = "") -> DoubtedPage:
    """The longest waiting first. Opens the colleague's reason and nothing else of a case; none of those that
    the reader stepped back from."""
    order = (requests.c.received_at, requests.c.id)
    query = (
        select(requests.c.id, requests.c.received_at, requests.c.doubted_by, requests.c.lease_until)
        .where(requests.c.doubted_by.is_not(None), requests.c.state == _STATE[which])
        .where(~is_recused_from(requests.c.id, actor.id))
        .order_by(*order)
        .limit(PAGE + 1)
    )
    key = _key(after)
    if key is not None:
        at, request_id = key
        query = query.where(or_(order[0] > at, and_(order[0] == at, order[1] > request_id)))
    now = kit.clock()
    with kit.database.reading() as work:
        found = work.connection.execute(query).all()
        rows = []
        for row in found[:PAGE]:
            note = newest_note(work, actor.team, row.id, NoteKind.NOT_A_REQUEST)
            rows.append(
                DoubtedRow(
                    request_id=row.id,
                    handle=handle_of(row.id),
                    received_at=row.received_at,
                    reason="" if note is None else note.text,
                    by_me=row.doubted_by == actor.id,
                    taken=row.lease_until is not None and row.lease_until > now,
                )
            )
    last = found[PAGE - 1] if len(found) > PAGE else None
    return DoubtedPage(
        tuple(rows), None if last is None else f"{int(last.received_at.timestamp())}-{last.id}"
    )


def _key(after: str) -> tuple[datetime, str] | None:
    """The last row's place in the order; anything that is not one starts at the top."""
    seconds, _, request_id = after.partition("-")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12 and request_id.isalnum()):
        return None
    return datetime.fromtimestamp(int(seconds), UTC), request_id[:32]
