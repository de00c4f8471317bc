"""Wrapped keys, apart from what they open: destroying a wrap is what forgetting means."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from app.persistence.base import ID, metadata, plain, sealed
from app.persistence.errors import NotThere

TEAM = "team"
LINK = "link"
FORMER = "former"
"""Kind of a request key from before a party was revoked, with that party's number behind it. Nothing but the
revoked party's page is sealed under it any more; in an older backup everything is."""

wraps = Table(
    "wraps",
    metadata,
    plain("id", ID, primary_key=True),
    plain("request_id", ID, ForeignKey("requests.id"), index=True),
    plain("key_kind", String(16)),
    plain("owner_id", ID),
    plain("holder", ID),
    plain("sealed_to", String(16)),
    sealed("key_sealed"),
    Index(None, "owner_id", "key_kind", "holder", unique=True),
    Index(None, "sealed_to", "id"),  # a rotation goes through them in this order
)


@dataclass(frozen=True)
class Wrap:
    """One key, wrapped for one holder: `team`, `link`, or a party's id (under code or voice key)."""

    id: str
    request_id: str
    key_kind: str
    owner_id: str
    holder: str
    key_sealed: bytes
    sealed_to: str = ""  # id of the team key; empty under a code or a link

    def __repr__(self) -> str:
        return f"Wrap({self.key_kind}, {self.holder})"


class Wraps:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *made: Wrap) -> None:
        self._connection.execute(insert(wraps), [vars(one) for one in made])

    def replace(self, *made: Wrap) -> None:
        """Each in place of the wrap that its holder had of the same key: that one is destroyed."""
        for one in made:
            self.destroy(one.owner_id, one.key_kind, one.holder)
        self.add(*made)

    def set_aside(self, request_id: str, number: int, holders: Iterable[str]) -> None:
        """What these hold of the request key opens it no more: party `number` is being revoked."""
        mine = self._of_key(request_id, "request") & wraps.c.holder.in_(tuple(holders))
        self._connection.execute(update(wraps).where(mine).values(key_kind=f"{FORMER} {number}"))

    def set_aside_for(self) -> tuple[tuple[str, int], ...]:
        """Request id and party number, wherever a party was revoked."""
        aside = wraps.c.key_kind.like(f"{FORMER} %") & (wraps.c.holder == TEAM)
        rows = self._connection.execute(select(wraps.c.request_id, wraps.c.key_kind).where(aside))
        return tuple((row.request_id, int(row.key_kind.removeprefix(FORMER))) for row in rows)

    def bring_back(self, request_id: str, number: int) -> None:
        """As it was before that party was revoked, for those who had been set aside."""
        former = self._of_key(request_id, f"{FORMER} {number}")
        holders = self._connection.execute(select(wraps.c.holder).where(former)).scalars().all()
        newer = self._of_key(request_id, "request") & wraps.c.holder.in_(holders)
        self._connection.execute(delete(wraps).where(newer))
        self._connection.execute(update(wraps).where(former).values(key_kind="request"))

    def _of_key(self, owner_id: str, key_kind: str) -> ColumnElement[bool]:
        return (wraps.c.owner_id == owner_id) & (wraps.c.key_kind == key_kind)

    def of(self, request_id: str, holder: str) -> dict[tuple[str, str], bytes]:
        """All of one holder's wraps in a request: (key kind, owner id) -> sealed key."""
        query = select(wraps).where(wraps.c.request_id == request_id, wraps.c.holder == holder)
        return {(row.key_kind, row.owner_id): row.key_sealed for row in self._connection.execute(query)}

    def one(self, owner_id: str, key_kind: str, holder: str) -> bytes:
        query = select(wraps.c.key_sealed).where(
            wraps.c.owner_id == owner_id, wraps.c.key_kind == key_kind, wraps.c.holder == holder
        )
        found = self._connection.execute(query).scalar()
        if found is None:
            raise NotThere
        return bytes(found)

    def destroy(self, owner_id: str, key_kind: str, holder: str = "") -> None:
        """Without `holder` every wrap of this key: what it sealed opens no more, for anybody."""
        gone = self._of_key(owner_id, key_kind)
        gone = gone & (wraps.c.holder == holder) if holder else gone
        self._connection.execute(delete(wraps).where(gone))

    def count_sealed_to(self, key_id: str) -> int:
        query = select(func.count()).select_from(wraps).where(wraps.c.sealed_to == key_id)
        return self._connection.execute(query).scalar() or 0

    def batch_sealed_to(self, key_id: str, after: str, most: int) -> tuple[Wrap, ...]:
        """The next ones that are sealed to this team key, by id."""
        query = select(wraps).where(wraps.c.sealed_to == key_id, wraps.c.id > after)
        rows = self._connection.execute(query.order_by(wraps.c.id).limit(most)).mappings()
        return tuple(Wrap(**dict(row)) for row in rows)

    def reseal(self, wrap_id: str, before: str, key_sealed: bytes, sealed_to: str) -> bool:
        """False when it is gone, or was sealed anew by somebody else."""
        mine = update(wraps).where(wraps.c.id == wrap_id, wraps.c.sealed_to == before)
        return self._connection.execute(mine.values(key_sealed=key_sealed, sealed_to=sealed_to)).rowcount == 1
