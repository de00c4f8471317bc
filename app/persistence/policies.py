"""What the hotline's supervisors decided for all: limits, breaks, and which steps take two people."""

from collections.abc import Mapping

from sqlalchemy import Connection, String, Table, delete, insert, select

from app.persistence.base import metadata, plain

policies = Table(
    "policies",
    metadata,
    plain("name", String(32), primary_key=True),
    plain("value", String(120)),
)


class Policies:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> dict[str, str]:
        """Values by name; what nobody decided is not there."""
        return {row.name: row.value for row in self._connection.execute(select(policies))}

    def save(self, values: Mapping[str, str]) -> None:
        """Instead of what was there."""
        self._connection.execute(delete(policies))
        for name, value in values.items():
            self._connection.execute(insert(policies).values(name=name, value=value))
