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
    bindparam,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.engine import RowMapping

from app.domain.chasing import Chase
from app.domain.desk_words import Channel
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.words import NoticeState, Reply
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
    plain("kind", String(16), server_default=text("'csam'")),
    plain("channel", String(16), server_default=text("'plain'")),
    plain("root_id", ID, nullable=True, index=True),
    plain("step", String(16), server_default=text("''")),
    plain("chase_done", Integer, server_default=text("0")),
    plain("chase_at", UtcTime, nullable=True, index=True),
    plain("wants", String(16), server_default=text("''")),
    digest("link_digest", unique=True),
    digest("verify_digest", nullable=True),
    sealed("places_sealed"),
)

_wanted = notices.c.wants != text("''")
Index("ix_notices_wanting", notices.c.wants, sqlite_where=_wanted, postgresql_where=_wanted)
"""Of many notices few want a person."""

notice_locations = Table(
    "notice_locations",
    metadata,
    plain("notice_id", ID, ForeignKey("notices.id"), primary_key=True),
    plain("location_id", ID, ForeignKey("locations.id"), primary_key=True),
    plain("number", Integer),
    plain("reply", String(16), nullable=True),
    plain("replied_at", UtcTime, nullable=True),
)

chase_packs = Table(
    "chase_packs",
    metadata,
    plain("notice_id", ID, ForeignKey("notices.id"), primary_key=True),
    sealed("pack_sealed"),
)


@dataclass(frozen=True)
class Notice:
    """A message to a provider, as the state machine sees it.

    `root_id` and `step`: the first notice of whose ladder it is a rung, and which. `chase_at`: when the next
    step of its own ladder is due; None when it is not chased (any more). `wants`: a step that waits for a
    person.
    """

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
    kind: NoticeKind = NoticeKind.CSAM
    channel: Channel = Channel.PLAIN
    root_id: str | None = None
    step: ChaseStep | None = None
    chase_done: int = 0
    chase_at: datetime | None = None
    wants: ChaseStep | None = None

    @property
    def chase(self) -> Chase:
        """How far it was chased. Only of one that went out."""
        return Chase(self.kind, self.sent_at or self.approved_at, self.chase_done)

    @property
    def is_first(self) -> bool:
        """Whether it is no rung of another one's ladder."""
        return self.root_id is None

    def __repr__(self) -> str:
        return f"Notice({self.reference}, {self.state})"


_COLUMNS = [one for one in notices.c if one.name not in ("link_digest", "verify_digest")]


def _notice(row: RowMapping) -> Notice:
    fields = dict(row)
    return Notice(
        **fields
        | {
            "state": NoticeState(fields["state"]),
            "kind": NoticeKind(fields["kind"]),
            "channel": Channel(fields["channel"]),
            "step": ChaseStep(fields["step"]) if fields["step"] else None,
            "wants": ChaseStep(fields["wants"]) if fields["wants"] else None,
        }
    )


# Made once: the courier needs them for every letter, and making them anew costs more than running them.
_LOAD = select(*_COLUMNS).where(notices.c.id == bindparam("notice"))
_SAVE = update(notices).where(notices.c.id == bindparam("kept_id"), notices.c.version == bindparam("kept"))
_PLACES = (
    select(notice_locations.c.location_id)
    .where(notice_locations.c.notice_id == bindparam("notice"))
    .order_by(notice_locations.c.number)
)
_PACK = select(chase_packs.c.pack_sealed).where(chase_packs.c.notice_id == bindparam("notice"))


class Notices:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.packs = SealedTo(connection, chase_packs.c.notice_id, chase_packs.c.pack_sealed)

    def add(
        self, notice: Notice, link_digest: bytes, verify_digest: bytes, location_ids: tuple[str, ...]
    ) -> None:
        values = vars(notice) | {"step": notice.step or "", "wants": notice.wants or ""}
        digests = {"link_digest": link_digest, "verify_digest": verify_digest}
        self._connection.execute(insert(notices).values(**values, **digests))
        rows = [
            {"notice_id": notice.id, "location_id": location_id, "number": number}
            for number, location_id in enumerate(location_ids, start=1)
        ]
        self._connection.execute(insert(notice_locations), rows)

    def load(self, notice_id: str) -> Notice:
        row = self._connection.execute(_LOAD, {"notice": notice_id}).mappings().first()
        if row is None:
            raise NotThere
        return _notice(row)

    def of_request(self, request_id: str) -> tuple[Notice, ...]:
        return self._select(notices.c.request_id == request_id)

    def by_link(self, link_digest: bytes) -> Notice | None:
        return next(iter(self._select(notices.c.link_digest == link_digest)), None)

    def rungs_of(self, root_id: str) -> tuple[Notice, ...]:
        """Of its ladder: those that were approved ahead, and those that went out."""
        return self._select(notices.c.root_id == root_id)

    def by_reference(self, reference: str) -> Notice | None:
        return next(iter(self._select(notices.c.reference == reference)), None)

    def due_to_chase(self, at: datetime, most: int) -> tuple[Notice, ...]:
        """Those whose next step is due, longest first."""
        due = select(*_COLUMNS).where(notices.c.chase_at <= at).order_by(notices.c.chase_at, notices.c.id)
        return tuple(_notice(row) for row in self._connection.execute(due.limit(most)).mappings())

    def wanting(self, most: int) -> tuple[Notice, ...]:
        """Those with a step that waits for a person."""
        return self._select(notices.c.wants != "", most)

    def _select(self, condition: ColumnElement[bool], most: int | None = None) -> tuple[Notice, ...]:
        query = select(*_COLUMNS).where(condition).order_by(notices.c.approved_at, notices.c.id).limit(most)
        return tuple(_notice(row) for row in self._connection.execute(query).mappings())

    def save(self, notice: Notice) -> None:
        """Raises Overtaken."""
        values = {
            "kept_id": notice.id,
            "kept": notice.version,
            "version": notice.version + 1,
            "state": notice.state,
            "sent_at": notice.sent_at,
            "link_ends_at": notice.link_ends_at,
            "chase_done": notice.chase_done,
            "chase_at": notice.chase_at,
            "wants": notice.wants or "",
        }
        if self._connection.execute(_SAVE, values).rowcount != 1:
            raise Overtaken

    def note_reply(self, notice_id: str, location_id: str, reply: Reply, at: datetime) -> None:
        """The last word of this recipient about this place."""
        row = (notice_locations.c.notice_id == notice_id) & (notice_locations.c.location_id == location_id)
        self._connection.execute(update(notice_locations).where(row).values(reply=reply, replied_at=at))

    def replies(self, notice_id: str) -> dict[str, Reply | None]:
        """The last word about each place, by location id, in the order of their numbers in the notice."""
        table = notice_locations.c
        query = select(table.location_id, table.reply).where(table.notice_id == notice_id)
        rows = self._connection.execute(query.order_by(table.number))
        return {row.location_id: None if row.reply is None else Reply(row.reply) for row in rows}

    def said(self, notice_id: str) -> dict[str, tuple[Reply | None, datetime | None]]:
        """The same, and when it was said."""
        table = notice_locations.c
        query = select(table.location_id, table.reply, table.replied_at).where(table.notice_id == notice_id)
        return {
            row.location_id: (None if row.reply is None else Reply(row.reply), row.replied_at)
            for row in self._connection.execute(query.order_by(table.number))
        }

    def location_ids(self, notice_id: str) -> tuple[str, ...]:
        """In the order of their numbers in the notice."""
        return tuple(self._connection.execute(_PLACES, {"notice": notice_id}).scalars())

    def add_pack(self, notice_id: str, pack_sealed: bytes) -> None:
        self._connection.execute(insert(chase_packs).values(notice_id=notice_id, pack_sealed=pack_sealed))

    def pack(self, notice_id: str) -> bytes:
        found = self._connection.execute(_PACK, {"notice": notice_id}).scalar()
        if found is None:
            raise NotThere
        return bytes(found)

    def destroy_pack(self, notice_id: str) -> None:
        self._connection.execute(delete(chase_packs).where(chase_packs.c.notice_id == notice_id))
