"""The hotline's own ready-made replies, per language. They name nobody and no case."""

from dataclasses import dataclass

from sqlalchemy import Connection, String, Table, delete, insert, select, update

from app.persistence.base import ID, metadata, plain
from app.persistence.errors import NotThere

canned_replies = Table(
    "canned_replies",
    metadata,
    plain("id", ID, primary_key=True),
    plain("language", String(8)),
    plain("title", String(120)),
    plain("text", String(8000)),
)


@dataclass(frozen=True)
class CannedReply:
    """`language`: the code of a locale of the site."""

    id: str
    language: str
    title: str
    text: str

    def __repr__(self) -> str:
        return f"CannedReply({self.id})"


class CannedReplies:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[CannedReply, ...]:
        """By language, then by title."""
        query = select(canned_replies).order_by(
            canned_replies.c.language, canned_replies.c.title, canned_replies.c.id
        )
        return tuple(CannedReply(**dict(row)) for row in self._connection.execute(query).mappings())

    def load(self, reply_id: str) -> CannedReply:
        """Raises NotThere."""
        found = select(canned_replies).where(canned_replies.c.id == reply_id)
        row = self._connection.execute(found).mappings().first()
        if row is None:
            raise NotThere
        return CannedReply(**dict(row))

    def add(self, reply: CannedReply) -> None:
        self._connection.execute(insert(canned_replies).values(**vars(reply)))

    def save(self, reply: CannedReply) -> None:
        """Raises NotThere."""
        fitting = canned_replies.c.id == reply.id
        changed = update(canned_replies).where(fitting).values(**vars(reply))
        if self._connection.execute(changed).rowcount != 1:
            raise NotThere

    def remove(self, reply_id: str) -> None:
        """Raises NotThere."""
        gone = delete(canned_replies).where(canned_replies.c.id == reply_id)
        if self._connection.execute(gone).rowcount != 1:
            raise NotThere
