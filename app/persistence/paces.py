"""How fast letters go to one provider: when the next one may."""

from sqlalchemy import Connection, ForeignKey, Table

from app.persistence.base import ID, UtcTime, metadata, plain

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
