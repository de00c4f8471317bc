"""Mails the courier read from the hotline's mailbox: text alone, sealed to the team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping

from app.domain.mails import ROBOTS, KeptOfNotice, MailCounted
from app.domain.notice_words import MailKind
from app.domain.words import RequestState
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.errors import AlreadyThere, NotThere, Overtaken
from app.persistence.notices import notices
from app.persistence.requests import requests
from app.persistence.sealed_to import SealedTo

received_mails = Table(
    "received_mails",
    metadata,
    plain("id", ID, primary_key=True),
    plain("notice_id", ID, ForeignKey("notices.id"), nullable=True, index=True),
    plain("kind", String(16)),
    plain("arrived_at", UtcTime),
    plain("dropped_parts", Integer),
    plain("settled_at", UtcTime, nullable=True),
    digest("raw_digest", unique=True),
    sealed("mail_sealed"),
    Index(None, "settled_at", "arrived_at"),
)

mailbox_counts = Table(
    "mailbox_counts",
    metadata,
    plain("name", String(32), primary_key=True),
    plain("count", Integer),
)


@dataclass(frozen=True)
class ReceivedMail:
    """One mail. Without `notice_id` it matched nothing, and waits in a queue of its own; one that is settled
    all the same was set aside. `dropped_parts`: attachments and pictures that were dropped unread."""

    id: str
    notice_id: str | None
    kind: MailKind
    arrived_at: datetime
    dropped_parts: int
    settled_at: datetime | None
    mail_sealed: bytes

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None

    def __repr__(self) -> str:
        return f"ReceivedMail({self.id}, {self.kind})"


_COLUMNS = [one for one in received_mails.c if one.name != "raw_digest"]
_WAITS = received_mails.c.settled_at.is_(None)
_UNMATCHED = received_mails.c.notice_id.is_(None)


class ReceivedMails:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.sealed = SealedTo(connection, received_mails.c.id, received_mails.c.mail_sealed)

    def has(self, raw_digest: bytes) -> bool:
        """Whether this very mail was taken in before."""
        query = select(received_mails.c.id).where(received_mails.c.raw_digest == raw_digest)
        return self._connection.execute(query).first() is not None

    def add(self, mail: ReceivedMail, raw_digest: bytes) -> None:
        """Raises AlreadyThere: another courier took this very mail in at the same moment."""
        values = vars(mail) | {"raw_digest": raw_digest}
        added = self._insert(received_mails).values(**values).on_conflict_do_nothing()
        if self._connection.execute(added.returning(received_mails.c.id)).first() is None:
            raise AlreadyThere

    def load(self, mail_id: str) -> ReceivedMail:
        """Raises NotThere."""
        row = (
            self._connection.execute(select(*_COLUMNS).where(received_mails.c.id == mail_id))
            .mappings()
            .first()
        )
        if row is None:
            raise NotThere
        return _mail(row)

    def of_notice(self, notice_id: str) -> tuple[ReceivedMail, ...]:
        """Oldest first."""
        return self._select(select(*_COLUMNS).where(received_mails.c.notice_id == notice_id))

    def kept_of(self, notice_id: str, since: datetime) -> KeptOfNotice:
        """How many mails of this notice are kept, and how many of them came after that moment."""
        mails = received_mails.c
        of_it = select(func.count()).where(mails.notice_id == notice_id)
        lately = of_it.where(mails.arrived_at > since)
        counts = (of_it, lately, lately.where(mails.kind.in_(ROBOTS)))
        return KeptOfNotice(*(self._connection.execute(one).scalar() or 0 for one in counts))

    def waiting(self, most: int, *, is_matched: bool) -> tuple[ReceivedMail, ...]:
        """Those that wait for a person, oldest first; those of forgotten requests are hidden."""
        query = select(*_COLUMNS).where(_WAITS, _of_shown_requests() if is_matched else _UNMATCHED)
        return self._select(query, most)

    def aside(self, most: int) -> tuple[ReceivedMail, ...]:
        """Those that belong to no notice and were set aside, oldest first."""
        return self._select(select(*_COLUMNS).where(~_WAITS, _UNMATCHED), most)

    def count_waiting(self, *, is_matched: bool) -> int:
        shown = _of_shown_requests() if is_matched else _UNMATCHED
        return (
            self._connection.execute(select(func.count(received_mails.c.id)).where(_WAITS, shown)).scalar()
            or 0
        )

    def attach(self, mail: ReceivedMail, notice_id: str, mail_sealed: bytes) -> None:
        """To a notice, by a person. Raises Overtaken."""
        values = {"notice_id": notice_id, "mail_sealed": mail_sealed, "settled_at": None}
        self._write(received_mails.c.id == mail.id, _UNMATCHED, values)

    def settle(self, mail: ReceivedMail, at: datetime) -> None:
        """A person has decided. Raises Overtaken when somebody else had."""
        self._write(received_mails.c.id == mail.id, _WAITS, {"settled_at": at})

    def take_up_again(self, mail: ReceivedMail) -> None:
        """One that was set aside waits again. Raises Overtaken."""
        self._write(received_mails.c.id == mail.id, ~_WAITS, {"settled_at": None})

    def _write(
        self, mine: ColumnElement[bool], fitting: ColumnElement[bool], values: Mapping[str, object]
    ) -> None:
        changed = update(received_mails).where(mine, fitting).values(**values)
        if self._connection.execute(changed).rowcount != 1:
            raise Overtaken

    def sweep(self, before: datetime) -> int:
        """Destroy those that belong to no notice and were set aside before that moment; how many."""
        old = delete(received_mails).where(_UNMATCHED, received_mails.c.settled_at <= before)
        return self._connection.execute(old).rowcount

    def count(self, name: MailCounted, by: int = 1) -> None:
        """One more of these."""
        if by < 1:
            return
        added = self._insert(mailbox_counts).values(name=name, count=by)
        grown = {"count": mailbox_counts.c.count + by}
        self._connection.execute(added.on_conflict_do_update(index_elements=["name"], set_=grown))

    def counts(self) -> dict[MailCounted, int]:
        known = {one.value: one for one in MailCounted}
        rows = self._connection.execute(select(mailbox_counts.c.name, mailbox_counts.c.count))
        return {known[name]: count for name, count in rows if name in known}

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        is_sqlite = self._connection.dialect.name == "sqlite"
        return sqlite.insert(table) if is_sqlite else postgresql.insert(table)

    def _select(self, query: Select[tuple[object, ...]], most: int | None = None) -> tuple[ReceivedMail, ...]:
        ordered = query.order_by(received_mails.c.arrived_at, received_mails.c.id).limit(most)
        return tuple(_mail(row) for row in self._connection.execute(ordered).mappings())


def _of_shown_requests() -> ColumnElement[bool]:
    shown = select(notices.c.id).join(requests, requests.c.id == notices.c.request_id)
    shown = shown.where(
        notices.c.id == received_mails.c.notice_id, requests.c.state != RequestState.FORGOTTEN
    )
    return shown.exists()


def _mail(row: RowMapping) -> ReceivedMail:
    fields = dict(row)
    return ReceivedMail(**fields | {"kind": MailKind(fields["kind"])})
