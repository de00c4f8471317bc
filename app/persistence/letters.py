"""The outbox of letters to providers."""

from sqlalchemy import ColumnElement, Connection, ForeignKey, Index, String, Table, func, select, text
from sqlalchemy.engine import RowMapping

from app.domain.letters import Letter
from app.domain.notice_words import LetterKind
from app.domain.words import LetterState, RequestState
from app.persistence.base import ID, metadata, plain
from app.persistence.notices import notices
from app.persistence.outbox import Outbox, outbox_columns
from app.persistence.requests import requests

letters = Table(
    "letters",
    metadata,
    plain("id", ID, primary_key=True),
    plain("notice_id", ID, ForeignKey("notices.id"), index=True),
    plain("kind", String(16), server_default=text("'first'")),
    plain("provider_id", ID, server_default=text("''")),
    *outbox_columns(),
    Index(None, "state", "due_at"),
)


class Letters(Outbox[Letter]):
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, letters, _letter)

    def of_notice(self, notice_id: str) -> tuple[Letter, ...]:
        rows = self._connection.execute(select(letters).where(letters.c.notice_id == notice_id)).mappings()
        return tuple(_letter(row) for row in rows)

    def in_state(self, *states: LetterState, most: int = 200) -> tuple[Letter, ...]:
        """Those of forgotten requests are hidden."""
        query = select(letters).where(letters.c.state.in_(states), _of_shown_requests())
        query = query.order_by(letters.c.due_at).limit(most)
        return tuple(_letter(row) for row in self._connection.execute(query).mappings())

    def count(self, *states: LetterState) -> dict[LetterState, int]:
        """How many are in each of these states: few, where most letters went out long ago."""
        query = select(letters.c.state, func.count()).where(letters.c.state.in_(states), _of_shown_requests())
        query = query.group_by(letters.c.state)
        return {LetterState(state): count for state, count in self._connection.execute(query)}


def _of_shown_requests() -> ColumnElement[bool]:
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
