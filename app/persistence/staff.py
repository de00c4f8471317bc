"""Caseworkers and admins: their keys, second factors and grants of the team key."""

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
    func,
    insert,
    select,
    update,
)

from app.domain.staff import StaffState
from app.domain.words import Role
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.errors import NotThere, Overtaken

staff = Table(
    "staff",
    metadata,
    plain("id", ID, primary_key=True),
    plain("role", String(16)),
    plain("state", String(16), server_default=StaffState.ACTIVE),
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

grant_proposals = Table(
    "grant_proposals",
    metadata,
    plain("staff_id", ID, ForeignKey("staff.id"), primary_key=True),
    plain("proposed_by", ID),
    plain("proposed_at", UtcTime),
    digest("public_mac"),
)

factor_codes = Table(
    "factor_codes",
    metadata,
    plain("staff_id", ID, ForeignKey("staff.id"), primary_key=True),
    digest("code_digest", primary_key=True),
)


@dataclass(frozen=True)
class Member:
    """One person at the hotline. The sign-in name is a keyed digest; the name is sealed to their own key.

    `public_mac` vouches for `public` under a key derived from the team key; empty until granted.
    """

    id: str
    role: Role
    state: StaffState
    salt: bytes
    public: bytes
    public_mac: bytes
    totp_counter: int
    pair_sealed: bytes
    totp_sealed: bytes
    name_sealed: bytes

    def __repr__(self) -> str:
        return f"Member({self.id}, {self.role}, {self.state})"


@dataclass(frozen=True)
class Proposal:
    """A grant one colleague proposed; `public_mac` binds it to the key that was compared by voice."""

    staff_id: str
    proposed_by: str
    proposed_at: datetime
    public_mac: bytes


class Staff:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_member(self, member: Member, sign_in_digest: bytes) -> None:
        self._connection.execute(insert(staff).values(**vars(member), sign_in_digest=sign_in_digest))

    def by_sign_in(self, sign_in_digest: bytes) -> Member | None:
        return next(iter(self._select(staff.c.sign_in_digest == sign_in_digest)), None)

    def member(self, member_id: str) -> Member:
        found = self._select(staff.c.id == member_id)
        if not found:
            raise NotThere
        return found[0]

    def members(self, *states: StaffState) -> tuple[Member, ...]:
        """Those in one of the states, or all."""
        return self._select(staff.c.state.in_(states) if states else staff.c.id.is_not(None))

    def _select(self, condition: ColumnElement[bool]) -> tuple[Member, ...]:
        columns = [c for c in staff.c if c.name != "sign_in_digest"]
        rows = self._connection.execute(select(*columns).where(condition).order_by(staff.c.id)).mappings()
        return tuple(
            Member(**dict(row) | {"role": Role(row["role"]), "state": StaffState(row["state"])})
            for row in rows
        )

    def save(self, member: Member, before: StaffState) -> None:
        """Write a member's state and keys. Overtaken when the state is no longer `before`."""
        values = {
            name: value for name, value in vars(member).items() if name not in ("id", "role", "totp_counter")
        }
        fitting = (staff.c.id == member.id) & (staff.c.state == before)
        if self._connection.execute(update(staff).where(fitting).values(**values)).rowcount != 1:
            raise Overtaken

    def change_role(self, member_id: str, before: Role, to: Role) -> None:
        """Overtaken when the role is no longer `before`."""
        fitting = (staff.c.id == member_id) & (staff.c.role == before)
        if self._connection.execute(update(staff).where(fitting).values(role=to)).rowcount != 1:
            raise Overtaken

    def free_sign_in(self, member_id: str) -> None:
        """Let the sign-in name of somebody who left be given anew."""
        freed = update(staff).where(staff.c.id == member_id).values(sign_in_digest=member_id.encode())
        self._connection.execute(freed)

    def use_totp(self, member_id: str, counter: int) -> bool:
        """Remember a time step as used. False when it, or a later one, was used before."""
        unused = update(staff).where(staff.c.id == member_id, staff.c.totp_counter < counter)
        return self._connection.execute(unused.values(totp_counter=counter)).rowcount == 1

    def add_grant(self, member_id: str, team_key_id: str, team_sealed: bytes) -> None:
        row = {"staff_id": member_id, "team_key_id": team_key_id, "team_sealed": team_sealed}
        self._connection.execute(insert(grants).values(**row))

    def grant(self, member_id: str, team_key_id: str) -> bytes | None:
        query = select(grants.c.team_sealed).where(grants.c.staff_id == member_id)
        return self._connection.execute(query.where(grants.c.team_key_id == team_key_id)).scalar()

    def destroy_grants(self, member_id: str | None = None, team_key_id: str | None = None) -> None:
        """Those of one member, those of one team key, or the one that fits both."""
        named = {"staff_id": member_id, "team_key_id": team_key_id}
        theirs = [grants.c[name] == one for name, one in named.items() if one is not None]
        if theirs:  # never all of them
            self._connection.execute(delete(grants).where(*theirs))

    def vouch(self, member: Member, public_mac: bytes) -> None:
        """Vouch anew for a member's key, as it was read. Overtaken when it is another one by now."""
        mine = update(staff).where(staff.c.id == member.id, staff.c.public == member.public)
        if self._connection.execute(mine.values(public_mac=public_mac)).rowcount != 1:
            raise Overtaken

    def propose_grant(self, proposal: Proposal) -> None:
        """One proposal stands per member; a newer one takes its place."""
        self.drop_proposal(proposal.staff_id)
        self._connection.execute(insert(grant_proposals).values(**vars(proposal)))

    def proposal(self, member_id: str) -> Proposal | None:
        query = select(grant_proposals).where(grant_proposals.c.staff_id == member_id)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else Proposal(**dict(row))

    def drop_proposal(self, member_id: str) -> None:
        self._connection.execute(delete(grant_proposals).where(grant_proposals.c.staff_id == member_id))

    def replace_factor_codes(self, member_id: str, digests: tuple[bytes, ...]) -> None:
        self._connection.execute(delete(factor_codes).where(factor_codes.c.staff_id == member_id))
        rows = [{"staff_id": member_id, "code_digest": one} for one in digests]
        if rows:
            self._connection.execute(insert(factor_codes), rows)

    def use_factor_code(self, member_id: str, code_digest: bytes) -> bool:
        """Each recovery code works once."""
        mine = (factor_codes.c.staff_id == member_id) & (factor_codes.c.code_digest == code_digest)
        return self._connection.execute(delete(factor_codes).where(mine)).rowcount == 1

    def count_factor_codes(self, member_id: str) -> int:
        query = select(func.count()).select_from(factor_codes).where(factor_codes.c.staff_id == member_id)
        return self._connection.execute(query).scalar() or 0
