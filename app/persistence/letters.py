"""The outbox of letters."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import RowMapping

from app.domain.letters import LEASE, Letter
from app.domain.words import LetterState, RequestState
from app.persistence.base import ID, UtcTime, metadata, plain
from app.persistence.errors import NotThere, Overtaken
from app.persistence.notices import notices
from app.persistence.requests import requests

letters = Table(
    "letters",
    metadata,
    plain("id", ID, primary_key=True),
    plain("notice_id", ID, ForeignKey("notices.id"), index=True),
    plain("state", String(16)),
    plain("due_at", UtcTime),
    plain("attempts", Integer),
    plain("message_id", String(120), unique=True),
    plain("lease", ID, nullable=True),
    plain("lease_until", UtcTime, nullable=True),
    Index(None, "state", "due_at"),
)


class Letters:
    """The outbox: claimed by conditional UPDATE with a lease, so that no two couriers send one letter."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, letter: Letter) -> None:
        self._connection.execute(insert(letters).values(**vars(letter)))

    def load(self, letter_id: str) -> Letter:
        row = self._connection.execute(select(letters).where(letters.c.id == letter_id)).mappings().first()
        if row is None:
            raise NotThere
        return _letter(row)

    def of_notice(self, notice_id: str) -> tuple[Letter, ...]:
        rows = self._connection.execute(select(letters).where(letters.c.notice_id == notice_id)).mappings()
        return tuple(_letter(row) for row in rows)

    def in_state(self, *states: LetterState, most: int = 200) -> tuple[Letter, ...]:
        """Those of forgotten requests are hidden."""
        query = select(letters).where(letters.c.state.in_(states), _of_shown_requests())
        query = query.order_by(letters.c.due_at).limit(most)
        return tuple(_letter(row) for row in self._connection.execute(query).mappings())

    def count(self) -> dict[LetterState, int]:
        query = select(letters.c.state, func.count()).where(_of_shown_requests()).group_by(letters.c.state)
        return {LetterState(state): count for state, count in self._connection.execute(query)}

    def claim_one(self, lease: str, at: datetime) -> Letter | None:
        """Lease the letter that is due longest. It stays `waiting` until it is being handed over."""
        free = or_(letters.c.lease_until.is_(None), letters.c.lease_until <= at)
        due = select(letters.c.id).where(letters.c.state == LetterState.WAITING, letters.c.due_at <= at, free)
        due = due.order_by(letters.c.due_at).limit(1).with_for_update(skip_locked=True)
        letter_id = self._connection.execute(due).scalar()
        if letter_id is None:
            return None
        taken = update(letters).where(letters.c.id == letter_id, letters.c.state == LetterState.WAITING, free)
        if self._connection.execute(taken.values(lease=lease, lease_until=at + LEASE)).rowcount != 1:
            return None
        return self.load(letter_id)

    def hand_over(self, letter: Letter, at: datetime) -> None:
        """It may be out from now on. The lease starts anew: connecting took time. Raises Overtaken."""
        self._write(letter, {"state": LetterState.SENDING, "lease_until": at + LEASE})

    def move(
        self, letter: Letter, to: LetterState, due_at: datetime | None = None, attempts: int | None = None
    ) -> None:
        """Move a letter on and end its lease, which is the fence. Overtaken when it was lost meanwhile."""
        values: dict[str, object] = {"state": to, "lease": None, "lease_until": None}
        if due_at is not None:
            values["due_at"] = due_at
        if attempts is not None:
            values["attempts"] = attempts
        self._write(letter, values)

    def _write(self, letter: Letter, values: dict[str, object]) -> None:
        mine = (letters.c.id == letter.id) & (letters.c.state == letter.state)
        mine &= letters.c.lease == letter.lease if letter.lease else letters.c.lease.is_(None)
        if self._connection.execute(update(letters).where(mine).values(**values)).rowcount != 1:
            raise Overtaken

    def lapsed(self, at: datetime) -> tuple[Letter, ...]:
        """Letters that were being handed over when their courier died."""
        query = select(letters).where(letters.c.state == LetterState.SENDING, letters.c.lease_until <= at)
        return tuple(_letter(row) for row in self._connection.execute(query).mappings())


def _of_shown_requests() -> ColumnElement[bool]:
    forgotten = (
        select(notices.c.id)
        .join(requests, requests.c.id == notices.c.request_id)
        .where(requests.c.state == RequestState.FORGOTTEN)
    )
    return letters.c.notice_id.not_in(forgotten)


def _letter(row: RowMapping) -> Letter:
    fields = dict(row)
    return Letter(**fields | {"state": LetterState(fields["state"])})
