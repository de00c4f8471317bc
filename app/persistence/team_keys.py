"""The team's keys over time, the recovery key, and the keys that are sealed to the team."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from app.domain.staff import KeyState
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.errors import NotThere

COURIER, INDEX, SIGNING = "courier", "index", "signing"

team_keys = Table(
    "team_keys",
    metadata,
    plain("id", ID, primary_key=True),
    plain("public", LargeBinary),
    plain("made_at", UtcTime),
    plain("state", String(16), server_default=KeyState.CURRENT, index=True),
    sealed("before_sealed", nullable=True),
)

recovery_keys = Table(
    "recovery_keys",
    metadata,
    plain("id", ID, primary_key=True),
    plain("public", LargeBinary),
    plain("shares_needed", Integer),
    plain("shares_made", Integer),
    plain("made_at", UtcTime),
    plain("drilled_at", UtcTime, nullable=True),
    digest("public_mac"),
)

recovery_grants = Table(
    "recovery_grants",
    metadata,
    plain("recovery_key_id", ID, ForeignKey("recovery_keys.id"), primary_key=True),
    plain("team_key_id", ID, ForeignKey("team_keys.id"), primary_key=True),
    sealed("team_sealed"),
)

hotline_keys = Table(
    "hotline_keys",
    metadata,
    plain("id", ID, primary_key=True),
    plain("kind", String(16), index=True),
    plain("public", LargeBinary),
    plain("made_at", UtcTime),
    plain("state", String(16)),
    digest("public_mac"),
    digest("installation_mac"),
    sealed("secret_sealed", nullable=True),
)


@dataclass(frozen=True)
class TeamKey:
    """`before_sealed`: while a rotation runs, the key before this one, sealed to this one."""

    id: str
    public: bytes
    made_at: datetime
    state: KeyState
    before_sealed: bytes | None = None


@dataclass(frozen=True)
class RecoveryKey:
    """The printed key's public half and how it was split. `public_mac` vouches under the team key."""

    id: str
    public: bytes
    shares_needed: int
    shares_made: int
    made_at: datetime
    drilled_at: datetime | None
    public_mac: bytes


@dataclass(frozen=True)
class HotlineKey:
    """The courier's, the index's or the signing key. `secret_sealed` is sealed to the team; None once
    only the public half is kept (old signing keys). `public` is empty for the index key.

    `installation_mac` vouches under the settings' secret, for those who hold no team key.
    """

    id: str
    kind: str
    public: bytes
    made_at: datetime
    state: KeyState
    public_mac: bytes
    secret_sealed: bytes | None
    installation_mac: bytes


class TeamKeys:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection, locking: bool) -> None:
        self._connection = connection
        self._locking = locking

    def add(self, key: TeamKey) -> None:
        self._connection.execute(insert(team_keys).values(**vars(key)))

    def in_state(self, state: KeyState) -> TeamKey | None:
        return self._read(select(team_keys).where(team_keys.c.state == state))

    def current(self) -> TeamKey:
        """The key that new things are sealed to.

        In a writing transaction it stays the current one until the end: a rotation waits, so that
        nothing is sealed to a key that is being replaced. Ask for it before any other row is changed.
        """
        query = select(team_keys).where(team_keys.c.state == KeyState.CURRENT)
        query = query.with_for_update(read=True) if self._locking else query
        # Whoever waited for a rotation finds no row at first: it was the old one that they waited for.
        found = self._read(query) or self._read(query)
        if found is None:
            raise NotThere
        return found

    def hold(self) -> None:
        """Wait for everybody who seals to the current key, and let nobody new in before the commit."""
        current = select(team_keys.c.id).where(team_keys.c.state == KeyState.CURRENT)
        self._connection.execute(current.with_for_update())

    def is_empty(self) -> bool:
        return self._connection.execute(select(team_keys.c.id)).first() is None

    def _read(self, query: Select[Any]) -> TeamKey | None:
        row = self._connection.execute(query).mappings().first()
        return None if row is None else TeamKey(**dict(row) | {"state": KeyState(row["state"])})

    def set_state(self, key_id: str, state: KeyState) -> None:
        self._connection.execute(update(team_keys).where(team_keys.c.id == key_id).values(state=state))

    def cut_bridge(self, key_id: str) -> None:
        """Forget the key before: the end of a rotation."""
        self._connection.execute(update(team_keys).where(team_keys.c.id == key_id).values(before_sealed=None))

    def destroy(self, key_id: str) -> None:
        """The row and the recovery key's grant of it. Members' grants go first (Staff.destroy_grants)."""
        self._connection.execute(delete(recovery_grants).where(recovery_grants.c.team_key_id == key_id))
        self._connection.execute(delete(team_keys).where(team_keys.c.id == key_id))

    def add_recovery(self, key: RecoveryKey) -> None:
        self._connection.execute(insert(recovery_keys).values(**vars(key)))

    def recovery(self) -> RecoveryKey | None:
        row = self._connection.execute(select(recovery_keys)).mappings().first()
        return None if row is None else RecoveryKey(**dict(row))

    def vouch_recovery(self, key_id: str, public_mac: bytes) -> None:
        mine = update(recovery_keys).where(recovery_keys.c.id == key_id)
        self._connection.execute(mine.values(public_mac=public_mac))

    def note_drill(self, key_id: str, at: datetime) -> None:
        mine = update(recovery_keys).where(recovery_keys.c.id == key_id)
        self._connection.execute(mine.values(drilled_at=at))

    def add_recovery_grant(self, recovery_key_id: str, team_key_id: str, team_sealed: bytes) -> None:
        row = {"recovery_key_id": recovery_key_id, "team_key_id": team_key_id, "team_sealed": team_sealed}
        self._connection.execute(insert(recovery_grants).values(**row))

    def recovery_grant(self, recovery_key_id: str, team_key_id: str) -> bytes | None:
        query = select(recovery_grants.c.team_sealed).where(
            recovery_grants.c.recovery_key_id == recovery_key_id
        )
        return self._connection.execute(query.where(recovery_grants.c.team_key_id == team_key_id)).scalar()


class HotlineKeys:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, key: HotlineKey) -> None:
        self._connection.execute(insert(hotline_keys).values(**vars(key)))

    def of_kind(self, kind: str, *states: KeyState) -> tuple[HotlineKey, ...]:
        """Newest first."""
        query = select(hotline_keys).where(
            hotline_keys.c.kind == kind, hotline_keys.c.state.in_(states or KeyState)
        )
        rows = self._connection.execute(
            query.order_by(hotline_keys.c.made_at.desc(), hotline_keys.c.id)
        ).mappings()
        return tuple(HotlineKey(**dict(row) | {"state": KeyState(row["state"])}) for row in rows)

    def current(self, kind: str) -> HotlineKey:
        found = self.of_kind(kind, KeyState.CURRENT)
        if not found:
            raise NotThere
        return found[0]

    def save(self, key: HotlineKey) -> None:
        values = {"state": key.state, "public_mac": key.public_mac, "secret_sealed": key.secret_sealed}
        self._connection.execute(update(hotline_keys).where(hotline_keys.c.id == key.id).values(**values))

    def destroy(self, key_id: str) -> None:
        self._connection.execute(delete(hotline_keys).where(hotline_keys.c.id == key_id))
