"""Caseworkers and admins, their grants of the team key, the team's and the courier's keys."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from app.domain.words import Role
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.errors import NotThere

team_keys = Table(
    "team_keys",
    metadata,
    plain("id", ID, primary_key=True),
    plain("public", LargeBinary),
    plain("made_at", UtcTime),
)

staff = Table(
    "staff",
    metadata,
    plain("id", ID, primary_key=True),
    plain("role", String(16)),
    digest("sign_in_digest", unique=True),
    plain("salt", LargeBinary),
    plain("public", LargeBinary),
    plain("totp_counter", BigInteger),
    digest("public_mac"),
    sealed("pair_sealed"),
    sealed("totp_sealed"),
    sealed("name_sealed"),
)

grants = Table(
    "grants",
    metadata,
    plain("staff_id", ID, ForeignKey("staff.id"), primary_key=True),
    plain("team_key_id", ID, ForeignKey("team_keys.id"), primary_key=True),
    sealed("team_sealed"),
)

courier_keys = Table(
    "courier_keys",
    metadata,
    plain("id", ID, primary_key=True),
    plain("public", LargeBinary),
    digest("public_mac"),
    sealed("pair_sealed"),
)

courier_processes = Table(
    "courier_processes",
    metadata,
    plain("id", ID, primary_key=True),
    plain("public", LargeBinary),
    plain("seen_at", UtcTime),
    digest("public_mac"),
    sealed("courier_sealed", nullable=True),
)


@dataclass(frozen=True)
class Member:
    """One person at the hotline. The sign-in name is a keyed digest; the name is sealed to the team."""

    id: str
    role: Role
    salt: bytes
    public: bytes
    public_mac: bytes
    totp_counter: int
    pair_sealed: bytes
    totp_sealed: bytes
    name_sealed: bytes

    def __repr__(self) -> str:
        return f"Member({self.id}, {self.role})"


@dataclass(frozen=True)
class CourierKey:
    """The courier's lasting pair; the private half is sealed to the team."""

    id: str
    public: bytes
    public_mac: bytes
    pair_sealed: bytes


@dataclass(frozen=True)
class CourierProcess:
    """One running courier: the public half of a pair that lives in its memory only."""

    id: str
    public: bytes
    public_mac: bytes
    seen_at: datetime
    courier_sealed: bytes | None


class Staff:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_team_key(self, key_id: str, public: bytes, made_at: datetime) -> None:
        self._connection.execute(insert(team_keys).values(id=key_id, public=public, made_at=made_at))

    def team_public(self) -> tuple[str, bytes]:
        """Id and public half of the team key in use."""
        row = self._connection.execute(
            select(team_keys).order_by(team_keys.c.made_at.desc()).limit(1)
        ).first()
        if row is None:
            raise NotThere
        return row.id, bytes(row.public)

    def add_member(self, member: Member, sign_in_digest: bytes) -> None:
        self._connection.execute(insert(staff).values(**vars(member), sign_in_digest=sign_in_digest))

    def by_sign_in(self, sign_in_digest: bytes) -> Member | None:
        return self._member(staff.c.sign_in_digest == sign_in_digest)

    def member(self, member_id: str) -> Member:
        found = self._member(staff.c.id == member_id)
        if found is None:
            raise NotThere
        return found

    def members(self) -> tuple[Member, ...]:
        ids = self._connection.execute(select(staff.c.id)).scalars().all()
        return tuple(self.member(one) for one in ids)

    def _member(self, condition: ColumnElement[bool]) -> Member | None:
        columns = [c for c in staff.c if c.name != "sign_in_digest"]
        row = self._connection.execute(select(*columns).where(condition)).mappings().first()
        return None if row is None else Member(**dict(row) | {"role": Role(row["role"])})

    def use_totp(self, member_id: str, counter: int) -> bool:
        """Remember a time step as used. False when it, or a later one, was used before."""
        unused = update(staff).where(staff.c.id == member_id, staff.c.totp_counter < counter)
        return self._connection.execute(unused.values(totp_counter=counter)).rowcount == 1

    def add_grant(self, member_id: str, team_key_id: str, team_sealed: bytes) -> None:
        row = {"staff_id": member_id, "team_key_id": team_key_id, "team_sealed": team_sealed}
        self._connection.execute(insert(grants).values(**row))

    def grant(self, member_id: str, team_key_id: str) -> bytes | None:
        query = select(grants.c.team_sealed).where(
            grants.c.staff_id == member_id, grants.c.team_key_id == team_key_id
        )
        return self._connection.execute(query).scalar()


class CourierKeys:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, key: CourierKey) -> None:
        self._connection.execute(insert(courier_keys).values(**vars(key)))

    def current(self) -> CourierKey:
        row = self._connection.execute(select(courier_keys).limit(1)).mappings().first()
        if row is None:
            raise NotThere
        return CourierKey(**dict(row))

    def post(self, process: CourierProcess) -> None:
        self._connection.execute(insert(courier_processes).values(**vars(process)))

    def seen(self, process_id: str, at: datetime) -> bool:
        """Mark a courier as alive; False when its row was swept away (it then posts itself again)."""
        mine = update(courier_processes).where(courier_processes.c.id == process_id)
        return self._connection.execute(mine.values(seen_at=at)).rowcount == 1

    def sealed_for(self, process_id: str) -> bytes | None:
        """The courier key, sealed to this process, once somebody unlocked it."""
        query = select(courier_processes.c.courier_sealed).where(courier_processes.c.id == process_id)
        return self._connection.execute(query).scalar()

    def processes(self, since: datetime) -> tuple[CourierProcess, ...]:
        query = select(courier_processes).where(courier_processes.c.seen_at >= since)
        return tuple(CourierProcess(**dict(row)) for row in self._connection.execute(query).mappings())

    def unlock(self, process_id: str, courier_sealed: bytes) -> None:
        mine = courier_processes.c.id == process_id
        self._connection.execute(update(courier_processes).where(mine).values(courier_sealed=courier_sealed))

    def forget_before(self, at: datetime) -> None:
        self._connection.execute(delete(courier_processes).where(courier_processes.c.seen_at < at))
