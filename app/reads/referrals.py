"""Referrals that somebody must see to, from plain columns only; and whom one can be for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.casework.actors import Caseworker
from app.casework.case_folder import CasePlace
from app.casework.errors import NotFound
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.desk_words import ReferralKind, ReferralState
from app.persistence.countries import Country
from app.persistence.errors import NotThere

PAGE = 50


@dataclass(frozen=True)
class ReferralRow:
    """One that is open. To whom it goes is sealed: its own page opens that."""

    id: str
    reference: str
    request_id: str
    handle: str
    kind: ReferralKind
    state: ReferralState
    state_at: datetime
    due_at: datetime
    is_overdue: bool


@dataclass(frozen=True)
class ReferralsPage:
    """`counts` are all that are open, by kind. `next_after` is the key of the next page; None on the last."""

    rows: tuple[ReferralRow, ...]
    counts: Mapping[ReferralKind, int]
    overdue: int
    next_after: str | None


def read_referrals(kit: Kit, actor: Caseworker, after: str | None) -> ReferralsPage:
    """The longest overdue first. Those of a case from which the caseworker stepped back are left out."""
    at = kit.clock()
    with kit.database.reading() as work:
        found = work.referrals.due(actor.id, _key(after), PAGE + 1)
        counts = {kind: work.referrals.count_open((kind,)) for kind in ReferralKind}
        overdue = work.referrals.count_open(ReferralKind, before=at)
    rows = tuple(
        ReferralRow(
            id=one.id,
            reference=one.reference,
            request_id=one.request_id,
            handle=handle_of(one.request_id),
            kind=one.kind,
            state=one.state,
            state_at=one.state_at,
            due_at=one.due_at,
            is_overdue=one.due_at <= at,
        )
        for one in found
        if one.due_at is not None
    )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    key = None if last is None else f"{int(last.due_at.timestamp())}-{last.id}"
    return ReferralsPage(rows[:PAGE], counts, overdue, key)


def _key(after: str | None) -> tuple[datetime, str] | None:
    """Of the last row that was seen; None for what is no key."""
    seconds, dash, referral_id = (after or "").partition("-")
    if not dash or not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 12):
        return None
    return datetime.fromtimestamp(int(seconds), UTC), referral_id


def read_referral_case(kit: Kit, actor: Caseworker, referral_id: str) -> str:
    """The id of the request that a referral is of. Raises NotFound."""
    with kit.database.reading() as work:
        try:
            return work.referrals.load(referral_id).request_id
        except NotThere:
            raise NotFound from None


@dataclass(frozen=True)
class Recipient:
    """The hotline, or the police, of one country."""

    code: str
    name: str
    way: str


@dataclass(frozen=True)
class Recipients:
    """Whom a referral can be for. `countries`: of the providers of the case's places, by location id."""

    known: tuple[Recipient, ...]
    countries: Mapping[str, str]
    usual: str  # the country that is chosen to begin with; empty where none suggests itself

    def fits(self, place: CasePlace) -> bool:
        """Whether a place is one for the country that is chosen to begin with."""
        return bool(self.usual) and self.countries.get(place.id) == self.usual


def read_recipients(
    kit: Kit, actor: Caseworker, kind: ReferralKind, places: tuple[CasePlace, ...]
) -> Recipients:
    """Where hotlines are concerned, those of the providers' countries only, and never our own."""
    is_hotline, own = kind is ReferralKind.HOTLINE, kit.settings.hotline.country
    with kit.database.reading() as work:
        countries = work.countries.all()
        found = work.providers.of_ids(sorted({one.provider_id for one in places if one.provider_id}))
    at_home = {provider.id: provider.country for provider in found}
    by_place = {one.id: at_home.get(one.provider_id or "", "") for one in places}
    there = set(by_place.values())
    known = tuple(_recipient(one, is_hotline) for one in countries if not is_hotline or one.code != own)
    known = tuple(one for one in known if one.name and (not is_hotline or one.code in there))
    usual = known[0].code if is_hotline and known else next((o.code for o in known if o.code == own), "")
    return Recipients(known, by_place, usual)


def _recipient(country: Country, is_hotline: bool) -> Recipient:
    if is_hotline:
        return Recipient(country.code, country.hotline_name, country.hotline_way)
    return Recipient(country.code, country.police_name, country.police_way)
