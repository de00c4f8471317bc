"""A provider in the directory, changed. Notices that are under way keep what they were approved with."""

from app.casework.actors import Admin
from app.casework.add_provider import refuse_unfit
from app.casework.errors import NotFound, Stale, SuffixTaken
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.provider_input import ProviderInput
from app.domain.providers import Provider
from app.domain.trail import TrailKind
from app.persistence.errors import AlreadyThere, NotThere
from app.vault.derive import digest


def print_of_provider(provider: Provider) -> str:
    """A short print of an entry as it was read."""
    return digest("provider as read", repr(vars(provider)).encode()).hex()[:32]


def change_provider(kit: Kit, actor: Admin, provider_id: str, given: ProviderInput, seen: str = "") -> None:
    """Write what was typed. With `seen` (`print_of_provider`) only when nobody else changed it meanwhile.

    Raises NotFound, Stale, SuffixTaken, SuppliedInCircle.
    """
    with kit.database.writing() as work:
        work.providers.lock()
        try:
            before = work.providers.load(provider_id)
            if seen and seen != print_of_provider(before):
                raise Stale
            refuse_unfit(work, provider_id, given)
            work.providers.save(Provider(id=provider_id, **vars(given)))
        except NotThere:
            raise NotFound from None
        except AlreadyThere:
            raise SuffixTaken from None
        note(work, TrailKind.PROVIDER_CHANGED, actor.id, kit.clock(), provider_id)
        work.commit()
