"""What the hotline knows of a country: who is to be told there, what was agreed, what the law asks."""

from dataclasses import dataclass, replace

from app.casework.actors import Admin
from app.casework.errors import NotFound, Stale
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.domain.desk_words import ReferralPolicy
from app.domain.trail import TrailKind
from app.persistence.countries import Country
from app.persistence.database import Work
from app.persistence.errors import Overtaken
from app.vault.derive import digest


def country_of(work: Work, code: str) -> Country | None:
    """What is kept of the country of a provider. None: a notice goes out directly."""
    return work.countries.of(code)


def print_of_country(country: Country | None) -> str:
    """A short print of what was read, so that nobody overwrites what a colleague wrote meanwhile."""
    said = "" if country is None else repr(tuple(vars(country).values()))
    return digest("country as read", said.encode()).hex()[:32]


@dataclass(frozen=True)
class CountryInput:
    """One country as typed and checked by the form. `seen`: the print of what was read before."""

    code: str
    hotline_name: str
    hotline_way: str
    policy: ReferralPolicy
    policy_hours: int
    police_name: str
    police_way: str
    legal_note: str
    verified_on: str
    seen: str
    regulator_name: str = ""
    regulator_way: str = ""


def keep_country(kit: Kit, actor: Admin, given: CountryInput) -> None:
    """Write it, with a line in the hotline's trail that names the country and nothing else.

    Raises Stale when it is not as it was read.
    """
    country = Country(**{name: value for name, value in vars(given).items() if name != "seen"})
    with kit.database.writing() as work:
        before = _as_read(work, country.code, given.seen)
        try:
            work.countries.save(_plain(country), before)
        except Overtaken:
            raise Stale from None
        note(work, TrailKind.COUNTRY_CHANGED, actor.id, kit.clock(), country.code)
        work.commit()


def remove_country(kit: Kit, actor: Admin, code: str, seen: str) -> None:
    """From here on its providers are written to directly. Raises Stale, NotFound when nothing was kept."""
    with kit.database.writing() as work:
        before = _as_read(work, code, seen)
        if before is None:
            raise NotFound
        try:
            work.countries.remove(before)
        except Overtaken:
            raise Stale from None
        note(work, TrailKind.COUNTRY_CHANGED, actor.id, kit.clock(), code)
        work.commit()


def _as_read(work: Work, code: str, seen: str) -> Country | None:
    found = work.countries.of(code)
    if seen != print_of_country(found):
        raise Stale
    return found


def _plain(country: Country) -> Country:
    """Without a hotline there is nothing to refer to; hours count only where a notice waits for them."""
    if not country.has_hotline:
        return replace(country, policy=ReferralPolicy.REFER_ONLY, policy_hours=0, hotline_way="")
    if country.policy is not ReferralPolicy.AFTER_HOURS:
        return replace(country, policy_hours=0)
    return country
