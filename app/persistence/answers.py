"""Providers' answers through the link of a notice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, ForeignKey, Index, String, Table, func, insert, select, update

from app.persistence.base import ID, UtcTime, metadata, plain, sealed

answers = Table(
    "answers",
    metadata,
    plain("id", ID, primary_key=True),
    plain("notice_id", ID, ForeignKey("notices.id"), index=True),
    plain("given_at", UtcTime),
    plain("sealed_to", String(16)),
    sealed("answer_sealed"),
    Index(None, "sealed_to", "id"),
)


@dataclass(frozen=True)
class Answer:
    """A provider's words, sealed to the team. Anyone with the link can have written them."""

    id: str
    notice_id: str
    given_at: datetime
    answer_sealed: bytes
    sealed_to: str


class Answers:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count_sealed_to(self, key_id: str) -> int:
        query = select(func.count()).select_from(answers).where(answers.c.sealed_to == key_id)
        return self._connection.execute(query).scalar() or 0

    def sealed_to(self, key_id: str, after: str, most: int) -> tuple[Answer, ...]:
        """The next ones that are sealed to this team key, by id."""
        query = select(answers).where(answers.c.sealed_to == key_id, answers.c.id > after)
        rows = self._connection.execute(query.order_by(answers.c.id).limit(most)).mappings()
        return tuple(Answer(**dict(row)) for row in rows)

    def reseal(self, answer_id: str, before: str, answer_sealed: bytes, sealed_to: str) -> bool:
        """False when it is gone or was sealed anew."""
        mine = update(answers).where(answers.c.id == answer_id, answers.c.sealed_to == before)
        values = {"answer_sealed": answer_sealed, "sealed_to": sealed_to}
        return self._connection.execute(mine.values(**values)).rowcount == 1

    def add(self, answer: Answer) -> None:
        self._connection.execute(insert(answers).values(**vars(answer)))

    def to_notice(self, notice_id: str) -> tuple[Answer, ...]:
        query = (
            select(answers).where(answers.c.notice_id == notice_id).order_by(answers.c.given_at, answers.c.id)
        )
        return tuple(Answer(**dict(row)) for row in self._connection.execute(query).mappings())
