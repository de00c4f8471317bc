"""The outbox of letters to providers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ForeignKey, Index, String, Table, func, or_, select, text
from sqlalchemy.engine import RowMapping

from app.domain.letters import Letter
from app.domain.notice_words import LetterKind
from app.domain.words import LetterState, RequestState
from app.persistence.base import ID, metadata, plain
from app.persistence.notices import notices
from app.persistence.outbox import Outbox, outbox_columns
from app.persistence.paces import paces
from app.persistence.requests import requests

letters = Table(
    "letters",
    metadata,
    plain("id", ID, primary_key=True),
    plain("notice_id", ID, ForeignKey("notices.id"), index=True),
    plain("kind", String(16), server_default=text("'first'")),
    plain("provider_id", ID, server_default=text("''")),
    *outbox_columns(),
    Index(None, "state", "due_at", "provider_id"),  # whose pace is not up is passed over in the index alone
)


class Letters(Outbox[Letter]):
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, letters, _letter)

    def due(self, at: datetime, most: int) -> tuple[Letter, ...]:
        """Those that are due longest, whose provider may be written to now, and that nobody has.

        On PostgreSQL their rows are locked, and rows that another courier looks at are passed over.
        """
        paced = select(paces.c.provider_id).where(paces.c.next_at > at)
        free = or_(letters.c.lease_until.is_(None), letters.c.lease_until <= at)
        waiting = (letters.c.state == LetterState.WAITING) & (letters.c.due_at <= at)
        query = select(letters).where(waiting, free, letters.c.provider_id.not_in(paced))
        query = query.order_by(letters.c.due_at, letters.c.id).limit(most)
        query = query.with_for_update(skip_locked=True, of=letters)
        return tuple(_letter(row) for row in self._connection.execute(query).mappings())

    def of_notice(self, notice_id: str) -> tuple[Letter, ...]:
        rows = self._connection.execute(select(letters).where(letters.c.notice_id == notice_id)).mappings()
        return tuple(_letter(row) for row in rows)

    def by_message_ids(self, message_ids: Sequence[str]) -> dict[str, Letter]:
        """Those of them that are ours."""
        query = select(letters).where(letters.c.message_id.in_(message_ids))
        return {row["message_id"]: _letter(row) for row in self._connection.execute(query).mappings()}

    def in_state(self, *states: LetterState, most: int = 200) -> tuple[Letter, ...]:
        """Those of forgotten requests are hidden."""
        query = select(letters).where(letters.c.state.in_(states), of_shown_requests())
        query = query.order_by(letters.c.due_at).limit(most)
        return tuple(_letter(row) for row in self._connection.execute(query).mappings())

    def count(self, *states: LetterState) -> dict[LetterState, int]:
        """How many are in each of these states: few, where most letters went out long ago."""
        query = select(letters.c.state, func.count()).where(letters.c.state.in_(states), of_shown_requests())
        query = query.group_by(letters.c.state)
        return {LetterState(state): count for state, count in self._connection.execute(query)}


def of_shown_requests() -> ColumnElement[bool]:
    """Of letters: those whose request is not forgotten."""
    forgotten = (
        select(notices.c.id)
        .join(requests, requests.c.id == notices.c.request_id)
        .where(notices.c.id == letters.c.notice_id, requests.c.state == RequestState.FORGOTTEN)
    )
    return ~forgotten.exists()


def _letter(row: RowMapping) -> Letter:
    fields = dict(row)
    kinds = {"state": LetterState(fields["state"]), "kind": LetterKind(fields["kind"])}
    return Letter(**fields | kinds)
