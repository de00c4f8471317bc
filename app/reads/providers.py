"""The directory as admins see it."""

from app.casework.kit import Kit
from app.persistence.providers import Provider

ProviderRow = Provider


def list_providers(kit: Kit) -> tuple[ProviderRow, ...]:
    with kit.database.reading() as work:
        return work.providers.all()
