"""How fast letters go to one provider: when the next one may."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, ForeignKey, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.persistence.base import ID, UtcTime, metadata, plain
from app.persistence.providers import providers

paces = Table(
    "paces",
    metadata,
    plain("provider_id", ID, ForeignKey("providers.id"), primary_key=True),
    plain("next_at", UtcTime),
)


class Paces:
    """Within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def per_hour(self, provider_ids: Iterable[str]) -> dict[str, int]:
        """What their own lines in the directory say; 0 is as many as the setting for all allows."""
        table = providers.c
        query = select(table.id, table.letters_per_hour).where(table.id.in_(sorted(set(provider_ids))))
        return {row.id: row.letters_per_hour for row in self._connection.execute(query)}

    def take(self, provider_id: str, at: datetime, next_at: datetime) -> bool:
        """A letter goes to this provider now, and the next one then. False when it is not time yet: of
        several couriers one gets each turn."""
        mine = update(paces).where(paces.c.provider_id == provider_id, paces.c.next_at <= at)
        if self._connection.execute(mine.values(next_at=next_at)).rowcount == 1:
            return True
        is_sqlite = self._connection.dialect.name == "sqlite"
        insert = sqlite.insert if is_sqlite else postgresql.insert
        first = insert(paces).values(provider_id=provider_id, next_at=next_at).on_conflict_do_nothing()
        added = self._connection.execute(first.returning(paces.c.provider_id))
        return added.first() is not None  # psycopg counts no rows of an INSERT
