"""Countries as admins see them: what the hotline keeps of each, and where its providers are."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.casework.keep_country import country_of, print_of_country
from app.casework.kit import Kit
from app.persistence.countries import Country
from app.persistence.providers import providers


@dataclass(frozen=True)
class CountryRow:
    """One country of the list. `country` is None where nothing is kept: notices go to it directly."""

    code: str
    providers: int
    country: Country | None


@dataclass(frozen=True)
class KeptCountry:
    """What is kept, if anything, and its print: it goes back with the form."""

    country: Country | None
    seen: str


def read_countries(kit: Kit) -> tuple[CountryRow, ...]:
    """Those of which something is kept, and those of providers, by code."""
    with kit.database.reading() as work:
        kept = {one.code: one for one in work.countries.all()}
        query = select(providers.c.country, func.count()).group_by(providers.c.country)
        counts = {row[0]: row[1] for row in work.connection.execute(query)}
    return tuple(CountryRow(code, counts.get(code, 0), kept.get(code)) for code in sorted({*kept, *counts}))


def read_country(kit: Kit, code: str) -> KeptCountry:
    """One country, known or not."""
    with kit.database.reading() as work:
        found = country_of(work, code)
    return KeptCountry(found, print_of_country(found))
