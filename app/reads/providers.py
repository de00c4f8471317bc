"""The directory as admins and caseworkers see it."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.directory import chain_above
from app.casework.errors import NotFound
from app.casework.keep_country import country_of
from app.casework.kit import Kit
from app.domain.providers import Provider
from app.persistence.countries import Country
from app.persistence.database import Work
from app.persistence.errors import NotThere
from app.places.hosts import clean_suffix

ProviderRow = Provider
ON_A_PAGE = 100
MOST_FOUND = 50


@dataclass(frozen=True)
class Named:
    """A provider in a word."""

    id: str
    name: str
    host: str


@dataclass(frozen=True)
class DirectoryPage:
    """Part of the directory by name. `after` leads on, and is empty on the last page."""

    rows: tuple[ProviderRow, ...]
    count: int
    after: str


@dataclass(frozen=True)
class ProviderPage:
    """One provider as a caseworker reads of it. `chain`: who supplies it, who supplies those, and so on."""

    provider: ProviderRow
    chain: tuple[tuple[Named, ...], ...]
    country: Country | None


def list_providers(kit: Kit) -> tuple[ProviderRow, ...]:
    with kit.database.reading() as work:
        return work.providers.all()


def read_directory(kit: Kit, after: str = "") -> DirectoryPage:
    """The providers after the one with that id."""
    with kit.database.reading() as work:
        rows = work.providers.page(after, ON_A_PAGE + 1)
        count = work.providers.count()
    more = rows[ON_A_PAGE - 1].id if len(rows) > ON_A_PAGE else ""
    return DirectoryPage(rows[:ON_A_PAGE], count, more)


def find_providers(kit: Kit, text: str) -> tuple[ProviderRow, ...]:
    """Those with this in their name or in a host; none without a text."""
    if not text:
        return ()
    with kit.database.reading() as work:
        return work.providers.find(text, MOST_FOUND)


def read_provider_row(kit: Kit, provider_id: str) -> ProviderRow:
    """Raises NotFound."""
    with kit.database.reading() as work:
        return _load(work, provider_id)


def read_provider_page(kit: Kit, actor: Caseworker, provider_id: str) -> ProviderPage:
    """Raises NotFound."""
    with kit.database.reading() as work:
        provider = _load(work, provider_id)
        return ProviderPage(provider, _chain(work, provider_id), country_of(work, provider.country))


def read_chain(kit: Kit, provider_id: str) -> tuple[tuple[Named, ...], ...]:
    """Who supplies a provider, step by step up."""
    with kit.database.reading() as work:
        return _chain(work, provider_id)


def read_names(kit: Kit, ids: tuple[str, ...]) -> tuple[Named, ...]:
    """In the same order; who is gone is left out."""
    with kit.database.reading() as work:
        return _names(work, ids)


def find_supplier(kit: Kit, text: str) -> str | None:
    """Id of the provider with this host, or with exactly this name if only one has it."""
    with kit.database.reading() as work:
        owner = work.providers.owners_of((clean_suffix(text),)).values()
        if owner:
            return next(iter(owner))
        named = [one.id for one in work.providers.find(text, MOST_FOUND) if one.name.lower() == text.lower()]
    return named[0] if len(named) == 1 else None


def offer_suppliers(kit: Kit, most: int = ON_A_PAGE) -> tuple[Named, ...]:
    """To choose from, while typing; in a large directory only the first ones."""
    with kit.database.reading() as work:
        return tuple(_named(one) for one in work.providers.page("", most))


def _load(work: Work, provider_id: str) -> Provider:
    try:
        return work.providers.load(provider_id)
    except NotThere:
        raise NotFound from None


def _chain(work: Work, provider_id: str) -> tuple[tuple[Named, ...], ...]:
    return tuple(_names(work, step) for step in chain_above(work.providers.supplies(), provider_id))


def _names(work: Work, ids: tuple[str, ...]) -> tuple[Named, ...]:
    found = {one.id: _named(one) for one in work.providers.of_ids(ids)}
    return tuple(found[one] for one in ids if one in found)


def _named(provider: Provider) -> Named:
    return Named(provider.id, provider.name, next(iter(provider.suffixes), ""))
