"""A new provider in the directory."""

from app.casework.actors import Admin
from app.casework.directory import goes_in_circle
from app.casework.errors import NotFound, SuffixTaken, SuppliedInCircle
from app.casework.hotline_trail import note
from app.casework.kit import Kit, new_id
from app.casework.provider_input import ProviderInput
from app.domain.providers import Provider
from app.domain.trail import TrailKind
from app.persistence.database import Work
from app.persistence.errors import AlreadyThere


def add_provider(kit: Kit, actor: Admin, given: ProviderInput) -> str:
    """Id of the new provider. Raises SuffixTaken, NotFound (of who supplies it)."""
    provider_id = new_id()
    with kit.database.writing() as work:
        work.providers.lock()
        refuse_unfit(work, provider_id, given)
        try:
            work.providers.add(Provider(id=provider_id, **vars(given)))
        except AlreadyThere:
            raise SuffixTaken from None
        note(work, TrailKind.PROVIDER_CHANGED, actor.id, kit.clock(), provider_id)
        work.commit()
    return provider_id


def refuse_unfit(work: Work, provider_id: str, given: ProviderInput) -> None:
    """What only the directory knows. Raises SuffixTaken, SuppliedInCircle, NotFound."""
    owners = set(work.providers.owners_of(given.suffixes).values())
    if not owners <= {provider_id}:
        raise SuffixTaken
    supplies = work.providers.supplies() | {provider_id: given.upstreams}
    if goes_in_circle(supplies, provider_id):
        raise SuppliedInCircle
    if len(work.providers.of_ids(given.upstreams)) != len(given.upstreams):
        raise NotFound
