"""Mails the courier read from the hotline's mailbox: text alone, sealed to the team."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, ForeignKey, Index, Integer, String, Table

from app.domain.notice_words import MailKind
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.sealed_to import SealedTo

received_mails = Table(
    "received_mails",
    metadata,
    plain("id", ID, primary_key=True),
    plain("notice_id", ID, ForeignKey("notices.id"), nullable=True, index=True),
    plain("kind", String(16)),
    plain("arrived_at", UtcTime),
    plain("dropped_parts", Integer),
    plain("is_settled", Integer),
    digest("raw_digest", unique=True),
    sealed("mail_sealed"),
    Index(None, "is_settled", "arrived_at"),
)

mailbox_counts = Table(
    "mailbox_counts",
    metadata,
    plain("name", String(32), primary_key=True),
    plain("count", Integer),
)


@dataclass(frozen=True)
class ReceivedMail:
    """One mail. Without `notice_id` it matched nothing, and waits in a queue of its own. `dropped_parts`:
    attachments and pictures that were dropped unread."""

    id: str
    notice_id: str | None
    kind: MailKind
    arrived_at: datetime
    dropped_parts: int
    is_settled: bool
    mail_sealed: bytes

    def __repr__(self) -> str:
        return f"ReceivedMail({self.id}, {self.kind})"


class ReceivedMails:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.sealed = SealedTo(connection, received_mails.c.id, received_mails.c.mail_sealed)
