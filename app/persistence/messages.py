"""Messages between requester and hotline, sealed under the party's voice key."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Connection, ForeignKey, Index, Integer, Table, func, insert, select

from app.persistence.base import ID, UtcTime, metadata, plain, sealed

messages = Table(
    "messages",
    metadata,
    plain("id", ID, primary_key=True),
    plain("party_id", ID, ForeignKey("parties.id")),
    plain("number", Integer),
    plain("from_hotline", Boolean),
    plain("is_aside", Boolean),
    plain("written_at", UtcTime),
    sealed("text_sealed"),
    Index(None, "party_id", "number", unique=True),
)


@dataclass(frozen=True)
class Message:
    """One message. `written_at` is coarse (the minute).

    An aside tells the hotline what a revoked party did; that party is not shown it, and not to notice.
    """

    id: str
    party_id: str
    from_hotline: bool
    written_at: datetime
    text_sealed: bytes
    is_aside: bool = False

    def __repr__(self) -> str:
        return f"Message({self.id})"


class Messages:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, message: Message) -> None:
        count = select(func.count()).select_from(messages).where(messages.c.party_id == message.party_id)
        number = (self._connection.execute(count).scalar() or 0) + 1
        self._connection.execute(insert(messages).values(**vars(message), number=number))

    def of_party(self, party_id: str) -> tuple[Message, ...]:
        query = select(messages).where(messages.c.party_id == party_id).order_by(messages.c.number)
        names = ("id", "party_id", "from_hotline", "written_at", "text_sealed", "is_aside")
        return tuple(
            Message(**{n: row[n] for n in names}) for row in self._connection.execute(query).mappings()
        )
