"""A provider in the directory, changed. Notices that are under way keep what they were approved with."""

from app.casework.actors import Admin
from app.casework.errors import NotFound, SuffixTaken
from app.casework.kit import Kit
from app.casework.provider_input import ProviderInput
from app.persistence.errors import NotThere
from app.persistence.providers import Provider


def change_provider(kit: Kit, actor: Admin, provider_id: str, given: ProviderInput) -> None:
    """Raises NotFound, SuffixTaken."""
    with kit.database.writing() as work:
        for suffix in given.suffixes:
            if work.providers.owner_of(suffix) not in (None, provider_id):
                raise SuffixTaken
        try:
            work.providers.save(Provider(id=provider_id, **vars(given)))
        except NotThere:
            raise NotFound from None
        work.commit()
