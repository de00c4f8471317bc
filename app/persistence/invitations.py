"""Invitations: a way in for one person, once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, String, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain.words import Role
from app.persistence.base import ID, UtcTime, digest, metadata, plain, sealed
from app.persistence.errors import AlreadyThere

invitations = Table(
    "invitations",
    metadata,
    plain("id", ID, primary_key=True),
    plain("role", String(16)),
    plain("made_by", ID),
    plain("ends_at", UtcTime),
    digest("link_digest", unique=True),
    digest("sign_in_digest", unique=True),
    sealed("team_sealed", nullable=True),
)


@dataclass(frozen=True)
class Invitation:
    """A way in for one person, once. `team_sealed` is there for a hotline's very first people alone."""

    id: str
    role: Role
    made_by: str
    ends_at: datetime
    sign_in_digest: bytes
    team_sealed: bytes | None

    def __repr__(self) -> str:
        return f"Invitation({self.id}, {self.role})"


class Invitations:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, invitation: Invitation, link_digest: bytes) -> None:
        """Raises AlreadyThere when an invitation for this sign-in name stands open."""
        row = vars(invitation) | {"link_digest": link_digest}
        try:
            self._connection.execute(insert(invitations).values(**row))
        except IntegrityError:
            raise AlreadyThere from None

    def is_invited(self, sign_in_digest: bytes) -> bool:
        query = select(invitations.c.id).where(invitations.c.sign_in_digest == sign_in_digest)
        return self._connection.execute(query).first() is not None

    def drop_keys(self) -> None:
        """After a rotation an invitation no longer carries the team key: a colleague grants it."""
        self._connection.execute(update(invitations).values(team_sealed=None))

    def by_link(self, link_digest: bytes) -> Invitation | None:
        columns = [c for c in invitations.c if c.name != "link_digest"]
        query = select(*columns).where(invitations.c.link_digest == link_digest)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else Invitation(**dict(row) | {"role": Role(row["role"])})

    def count_open(self, at: datetime) -> int:
        query = select(func.count()).select_from(invitations).where(invitations.c.ends_at > at)
        return self._connection.execute(query).scalar() or 0

    def drop(self, invitation_id: str) -> bool:
        """False when it was used or ended meanwhile."""
        used = delete(invitations).where(invitations.c.id == invitation_id)
        return self._connection.execute(used).rowcount == 1

    def sweep(self, at: datetime) -> None:
        self._connection.execute(delete(invitations).where(invitations.c.ends_at <= at))
