"""The hotline's own directory of providers, with the host suffixes that are theirs."""

from dataclasses import dataclass

from sqlalchemy import Connection, ForeignKey, Integer, String, Table, delete, insert, select, update

from app.domain.words import Channel
from app.persistence.base import ID, metadata, plain
from app.persistence.errors import NotThere

providers = Table(
    "providers",
    metadata,
    plain("id", ID, primary_key=True),
    plain("name", String(200)),
    plain("email", String(254)),
    plain("language", String(8)),
    plain("country", String(2)),
    plain("channel", String(16)),
    plain("terms_clause", String(2000)),
)

provider_suffixes = Table(
    "provider_suffixes",
    metadata,
    plain("suffix", String(253), primary_key=True),
    plain("provider_id", ID, ForeignKey("providers.id"), index=True),
    plain("number", Integer),
)


@dataclass(frozen=True)
class Provider:
    """Who can remove material at the hosts that end in one of the suffixes."""

    id: str
    name: str
    email: str
    language: str
    country: str
    channel: Channel
    terms_clause: str
    suffixes: tuple[str, ...]


class Providers:
    """Loading and saving within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Provider, ...]:
        rows = self._connection.execute(
            select(providers).order_by(providers.c.name, providers.c.id)
        ).mappings()
        suffixes: dict[str, list[str]] = {}
        query = select(provider_suffixes).order_by(
            provider_suffixes.c.provider_id, provider_suffixes.c.number
        )
        for row in self._connection.execute(query):
            suffixes.setdefault(row.provider_id, []).append(row.suffix)
        return tuple(
            Provider(
                **dict(r) | {"channel": Channel(r["channel"]), "suffixes": tuple(suffixes.get(r["id"], ()))}
            )
            for r in rows
        )

    def load(self, provider_id: str) -> Provider:
        found = next((p for p in self.all() if p.id == provider_id), None)
        if found is None:
            raise NotThere
        return found

    def owner_of(self, suffix: str) -> str | None:
        """Id of the provider that already has this suffix."""
        query = select(provider_suffixes.c.provider_id).where(provider_suffixes.c.suffix == suffix)
        return self._connection.execute(query).scalar()

    def add(self, provider: Provider) -> None:
        self._connection.execute(insert(providers).values(**_columns(provider)))
        self._add_suffixes(provider)

    def save(self, provider: Provider) -> None:
        changed = update(providers).where(providers.c.id == provider.id).values(**_columns(provider))
        if self._connection.execute(changed).rowcount != 1:
            raise NotThere
        self._connection.execute(
            delete(provider_suffixes).where(provider_suffixes.c.provider_id == provider.id)
        )
        self._add_suffixes(provider)

    def _add_suffixes(self, provider: Provider) -> None:
        for number, suffix in enumerate(provider.suffixes):
            row = {"suffix": suffix, "provider_id": provider.id, "number": number}
            self._connection.execute(insert(provider_suffixes).values(**row))


def _columns(provider: Provider) -> dict[str, object]:
    return {name: value for name, value in vars(provider).items() if name != "suffixes"}
