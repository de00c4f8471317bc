"""Passkeys: public halves only. The private half never leaves the person's device."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Connection, ForeignKey, LargeBinary, Table, delete, insert, select, update

from app.persistence.base import ID, UtcTime, metadata, plain, sealed

passkeys = Table(
    "passkeys",
    metadata,
    plain("id", ID, primary_key=True),
    plain("staff_id", ID, ForeignKey("staff.id"), index=True),
    plain("credential_id", LargeBinary, unique=True),
    plain("public", LargeBinary),
    plain("sign_count", BigInteger),
    plain("added_at", UtcTime),
    sealed("label_sealed"),
)


@dataclass(frozen=True)
class Passkey:
    id: str
    staff_id: str
    credential_id: bytes
    public: bytes
    sign_count: int
    added_at: datetime
    label_sealed: bytes

    def __repr__(self) -> str:
        return f"Passkey({self.id})"


class Passkeys:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, passkey: Passkey) -> None:
        self._connection.execute(insert(passkeys).values(**vars(passkey)))

    def of(self, staff_id: str) -> tuple[Passkey, ...]:
        query = (
            select(passkeys)
            .where(passkeys.c.staff_id == staff_id)
            .order_by(passkeys.c.added_at, passkeys.c.id)
        )
        return tuple(Passkey(**dict(row)) for row in self._connection.execute(query).mappings())

    def use(self, passkey: Passkey, sign_count: int) -> bool:
        """Keep the newest counter. False when it changed since it was read."""
        mine = (passkeys.c.id == passkey.id) & (passkeys.c.sign_count == passkey.sign_count)
        return (
            self._connection.execute(update(passkeys).where(mine).values(sign_count=sign_count)).rowcount == 1
        )

    def remove(self, staff_id: str, passkey_id: str | None = None) -> int:
        """One of a member's passkeys, or all of them."""
        mine = passkeys.c.staff_id == staff_id
        if passkey_id is not None:
            mine &= passkeys.c.id == passkey_id
        return self._connection.execute(delete(passkeys).where(mine)).rowcount
