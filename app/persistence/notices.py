"""Notices, their locations, providers' answers, chase packs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from app.domain.words import NoticeState
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.errors import NotThere, Overtaken
from app.persistence.sealed_to import SealedTo

notices = Table(
    "notices",
    metadata,
    plain("id", ID, primary_key=True),
    plain("version", Integer),
    plain("request_id", ID, ForeignKey("requests.id"), index=True),
    plain("provider_id", ID, ForeignKey("providers.id"), index=True),
    plain("reference", String(16), unique=True),
    plain("state", String(16)),
    plain("approved_by", ID),
    plain("approved_at", UtcTime),
    plain("sent_at", UtcTime, nullable=True),
    plain("link_ends_at", UtcTime),
    digest("link_digest", unique=True),
    sealed("places_sealed"),
)

notice_locations = Table(
    "notice_locations",
    metadata,
    plain("notice_id", ID, ForeignKey("notices.id"), primary_key=True),
    plain("location_id", ID, ForeignKey("locations.id"), primary_key=True),
    plain("number", Integer),
)

chase_packs = Table(
    "chase_packs",
    metadata,
    plain("notice_id", ID, ForeignKey("notices.id"), primary_key=True),
    sealed("pack_sealed"),
)

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
class Notice:
    """A message to a provider, as the state machine sees it."""

    id: str
    version: int
    request_id: str
    provider_id: str
    reference: str
    state: NoticeState
    approved_by: str
    approved_at: datetime
    sent_at: datetime | None
    link_ends_at: datetime
    places_sealed: bytes

    def __repr__(self) -> str:
        return f"Notice({self.reference}, {self.state})"


@dataclass(frozen=True)
class Answer:
    """A provider's words, sealed to the team. Anyone with the link can have written them."""

    id: str
    notice_id: str
    given_at: datetime
    answer_sealed: bytes
    sealed_to: str


class Notices:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.packs = SealedTo(connection, chase_packs.c.notice_id, chase_packs.c.pack_sealed)

    def add(self, notice: Notice, link_digest: bytes, location_ids: tuple[str, ...]) -> None:
        self._connection.execute(insert(notices).values(**vars(notice), link_digest=link_digest))
        rows = [
            {"notice_id": notice.id, "location_id": location_id, "number": number}
            for number, location_id in enumerate(location_ids, start=1)
        ]
        self._connection.execute(insert(notice_locations), rows)

    def load(self, notice_id: str) -> Notice:
        found = self._select(notices.c.id == notice_id)
        if not found:
            raise NotThere
        return found[0]

    def of_request(self, request_id: str) -> tuple[Notice, ...]:
        return self._select(notices.c.request_id == request_id)

    def by_link(self, link_digest: bytes) -> Notice | None:
        return next(iter(self._select(notices.c.link_digest == link_digest)), None)

    def _select(self, condition: ColumnElement[bool]) -> tuple[Notice, ...]:
        columns = [c for c in notices.c if c.name != "link_digest"]
        query = select(*columns).where(condition).order_by(notices.c.approved_at, notices.c.id)
        rows = self._connection.execute(query).mappings()
        return tuple(Notice(**dict(row) | {"state": NoticeState(row["state"])}) for row in rows)

    def save(self, notice: Notice) -> None:
        fitting = (notices.c.id == notice.id) & (notices.c.version == notice.version)
        values = {"version": notice.version + 1, "state": notice.state, "sent_at": notice.sent_at}
        if self._connection.execute(update(notices).where(fitting).values(**values)).rowcount != 1:
            raise Overtaken

    def location_ids(self, notice_id: str) -> tuple[str, ...]:
        """In the order of their numbers in the notice."""
        query = select(notice_locations.c.location_id).where(notice_locations.c.notice_id == notice_id)
        return tuple(self._connection.execute(query.order_by(notice_locations.c.number)).scalars())

    def add_pack(self, notice_id: str, pack_sealed: bytes) -> None:
        self._connection.execute(insert(chase_packs).values(notice_id=notice_id, pack_sealed=pack_sealed))

    def pack(self, notice_id: str) -> bytes:
        query = select(chase_packs.c.pack_sealed).where(chase_packs.c.notice_id == notice_id)
        found = self._connection.execute(query).scalar()
        if found is None:
            raise NotThere
        return bytes(found)

    def count_answers_sealed_to(self, key_id: str) -> int:
        query = select(func.count()).select_from(answers).where(answers.c.sealed_to == key_id)
        return self._connection.execute(query).scalar() or 0

    def answers_sealed_to(self, key_id: str, after: str, most: int) -> tuple[Answer, ...]:
        """The next ones that are sealed to this team key, by id."""
        query = select(answers).where(answers.c.sealed_to == key_id, answers.c.id > after)
        rows = self._connection.execute(query.order_by(answers.c.id).limit(most)).mappings()
        return tuple(Answer(**dict(row)) for row in rows)

    def reseal_answer(self, answer_id: str, before: str, answer_sealed: bytes, sealed_to: str) -> bool:
        """False when it is gone or was sealed anew."""
        mine = update(answers).where(answers.c.id == answer_id, answers.c.sealed_to == before)
        values = {"answer_sealed": answer_sealed, "sealed_to": sealed_to}
        return self._connection.execute(mine.values(**values)).rowcount == 1

    def destroy_pack(self, notice_id: str) -> None:
        self._connection.execute(delete(chase_packs).where(chase_packs.c.notice_id == notice_id))

    def add_answer(self, answer: Answer) -> None:
        self._connection.execute(insert(answers).values(**vars(answer)))

    def answers_to(self, notice_id: str) -> tuple[Answer, ...]:
        query = (
            select(answers).where(answers.c.notice_id == notice_id).order_by(answers.c.given_at, answers.c.id)
        )
        return tuple(Answer(**dict(row)) for row in self._connection.execute(query).mappings())
