"""Outboxes: mails are claimed by conditional UPDATE with a lease, so that no two couriers send one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    String,
    Table,
    Update,
    bindparam,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import RowMapping

from app.domain.letters import LEASE, Mail
from app.domain.words import LetterState
from app.persistence.base import ID, UtcTime, plain
from app.persistence.errors import NotThere, Overtaken

M = TypeVar("M", bound=Mail)


@cache
def _held(mails: Table, is_leased: bool) -> Update:
    """Changes a mail that is still as it was read. Made once: making it anew costs more than running it."""
    mine = (mails.c.id == bindparam("kept_id")) & (mails.c.state == bindparam("kept_state"))
    kept = bindparam("kept_lease", type_=String)
    return update(mails).where(mine, mails.c.lease == kept if is_leased else mails.c.lease.is_(None))


def outbox_columns() -> tuple[Column[Any], ...]:
    """What a table of mails needs besides an id and what they are about. Index it by state and due_at."""
    return (
        plain("state", String(16)),
        plain("due_at", UtcTime),
        plain("attempts", Integer),
        plain("message_id", String(120), unique=True),
        plain("lease", ID, nullable=True),
        plain("lease_until", UtcTime, nullable=True),
    )


class Outbox(Generic[M]):
    """One table of mails. Works within one transaction."""

    def __init__(self, connection: Connection, mails: Table, read: Callable[[RowMapping], M]) -> None:
        self._connection = connection
        self._mails = mails
        self._read = read

    def add(self, mail: M) -> None:
        self._connection.execute(insert(self._mails).values(**vars(mail)))

    def load(self, mail_id: str) -> M:
        """Raises NotThere."""
        query = select(self._mails).where(self._mails.c.id == mail_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotThere
        return self._read(row)

    def claim_one(self, lease: str, at: datetime) -> M | None:
        """Lease the mail that is due longest. It stays `waiting` until it is being handed over."""
        mails = self._mails.c
        free = or_(mails.lease_until.is_(None), mails.lease_until <= at)
        due = select(mails.id).where(mails.state == LetterState.WAITING, mails.due_at <= at, free)
        due = due.order_by(mails.due_at).limit(1).with_for_update(skip_locked=True)
        mail_id = self._connection.execute(due).scalar()
        if mail_id is None:
            return None
        taken = update(self._mails).where(mails.id == mail_id, mails.state == LetterState.WAITING, free)
        if self._connection.execute(taken.values(lease=lease, lease_until=at + LEASE)).rowcount != 1:
            return None
        return self.load(mail_id)

    def take(self, mails: Sequence[M], lease: str, at: datetime) -> tuple[M, ...]:
        """Lease several under one lease. The caller holds their rows, and saw that they are free."""
        until = at + LEASE
        mine = update(self._mails).where(self._mails.c.id.in_([mail.id for mail in mails]))
        self._connection.execute(mine.values(lease=lease, lease_until=until))
        return tuple(replace(mail, lease=lease, lease_until=until) for mail in mails)

    def give_back(self, mails: Iterable[M]) -> None:
        """Those of them that were not begun, and are leased as they were, are anybody's again."""
        for mail in mails:
            mine = (self._mails.c.id == mail.id) & (self._mails.c.lease == mail.lease)
            waiting = update(self._mails).where(mine, self._mails.c.state == LetterState.WAITING)
            self._connection.execute(waiting.values(lease=None, lease_until=None))

    def hand_over(self, mail: M, at: datetime) -> None:
        """It may be out from now on. The lease starts anew: connecting took time. Raises Overtaken."""
        self._write(mail, {"state": LetterState.SENDING, "lease_until": at + LEASE})

    def move(
        self, mail: M, to: LetterState, due_at: datetime | None = None, attempts: int | None = None
    ) -> None:
        """Move a mail on and end its lease, which is the fence. Overtaken when it was lost meanwhile."""
        values: dict[str, object] = {"state": to, "lease": None, "lease_until": None}
        if due_at is not None:
            values["due_at"] = due_at
        if attempts is not None:
            values["attempts"] = attempts
        self._write(mail, values)

    def _write(self, mail: M, values: dict[str, object]) -> None:
        mine: dict[str, object] = {"kept_id": mail.id, "kept_state": mail.state}
        if mail.lease is not None:
            mine["kept_lease"] = mail.lease
        changed = self._connection.execute(_held(self._mails, mail.lease is not None), mine | values)
        if changed.rowcount != 1:
            raise Overtaken

    def lapsed(self, at: datetime) -> tuple[M, ...]:
        """Mails that were being handed over when their courier died."""
        mails = self._mails.c
        query = select(self._mails).where(mails.state == LetterState.SENDING, mails.lease_until <= at)
        return tuple(self._read(row) for row in self._connection.execute(query).mappings())
