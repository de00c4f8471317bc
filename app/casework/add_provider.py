"""A new provider in the directory."""

from app.casework.actors import Admin
from app.casework.errors import SuffixTaken
from app.casework.kit import Kit, new_id
from app.casework.provider_input import ProviderInput
from app.persistence.providers import Provider


def add_provider(kit: Kit, actor: Admin, given: ProviderInput) -> str:
    """Id of the new provider. Raises SuffixTaken."""
    provider_id = new_id()
    with kit.database.writing() as work:
        for suffix in given.suffixes:
            if work.providers.owner_of(suffix) is not None:
                raise SuffixTaken
        work.providers.add(Provider(id=provider_id, **vars(given)))
        work.commit()
    return provider_id
