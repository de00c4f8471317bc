"""Preparing a referral: what goes to whom is written and sealed. Nothing leaves by this."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_folder import CasePlace
from app.casework.case_keys import CaseKeys, open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.errors import NotFound, ReferralRefused
from app.casework.keep_country import country_of
from app.casework.kit import Kit
from app.casework.open_case import places_of
from app.casework.referral_records import (
    earlier_notices,
    lock_package,
    new_reference,
    police_reference,
    referred_places,
)
from app.domain.desk_words import ReferralKind, ReferralState
from app.domain.notices import Hotline
from app.domain.referrals import TO_HOTLINE_FROM, Referral, ReferralFacts, ReferredTo, due_from
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState
from app.persistence.database import Work


@dataclass(frozen=True)
class Whom:
    """To whom: the hotline or police of a country that we know, or whom somebody named, and how."""

    country: str = ""
    name: str = ""
    way: str = ""

    def __repr__(self) -> str:
        return "Whom(…)"


@dataclass(frozen=True)
class PrepareInput:
    """`referral_id` is random and made with the page: sending twice is one referral. `kind` is HOTLINE or
    POLICE; for abuse that goes on now there is casework/emergency.py."""

    referral_id: str
    request_id: str
    kind: ReferralKind
    location_ids: tuple[str, ...]
    whom: Whom


@dataclass(frozen=True)
class Draft:
    """What one referral is made from. `must_leave` is for an emergency alone."""

    referral_id: str
    kind: ReferralKind
    places: tuple[CasePlace, ...]
    whom: Whom
    must_leave: str = ""

    def __repr__(self) -> str:
        return f"Draft({self.kind})"


def prepare_referral(kit: Kit, actor: Caseworker, given: PrepareInput) -> str:
    """Keep it, to be handed over; its id.

    Raises ReferralRefused where a place or the recipient does not fit, NotFound, NotHolding, Stale.
    """
    if given.kind is ReferralKind.EMERGENCY:
        raise ReferralRefused("no_recipient")
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        if is_prepared(work, request, given.referral_id):
            return given.referral_id
        keys = open_case_keys(work, actor.team, request.id)
        places = chosen_of(places_of(work, request, keys), given.location_ids)
        _check(work, request, given, places)
        draft = Draft(given.referral_id, given.kind, places, given.whom)
        add_referral(work, actor, request, keys, draft, kit.settings.hotline, at)
        save_moves(work, request)
        work.commit()
    return given.referral_id


def is_prepared(work: Work, request: Request, referral_id: str) -> bool:
    """Whether the same page was sent before. Raises NotFound for an id that is another case's."""
    if not work.referrals.is_there(referral_id):
        return False
    if work.referrals.load(referral_id).request_id != request.id:
        raise NotFound
    return True


def chosen_of(places: tuple[CasePlace, ...], location_ids: Iterable[str]) -> tuple[CasePlace, ...]:
    """In the order of the case. Raises NotFound for one of another case."""
    wanted = set(location_ids)
    chosen = tuple(place for place in places if place.id in wanted)
    if len(chosen) != len(wanted):
        raise NotFound
    return chosen


def add_referral(
    work: Work,
    actor: Caseworker,
    request: Request,
    keys: CaseKeys,
    draft: Draft,
    hotline: Hotline,
    at: datetime,
) -> Referral:
    """Within the transaction of the verb. Raises ReferralRefused where there is nobody to hand it to."""
    recipient, way, legal_note = _recipient(work, draft)
    facts = ReferralFacts(
        reference=new_reference(),
        kind=draft.kind,
        made_at=to_minute(at),
        hotline=hotline,
        recipient=recipient,
        places=referred_places(draft.places),
        notices=earlier_notices(work, request.id, draft.places),
        series_reference=police_reference(work, actor.team, request.id),
        legal_note=legal_note,
        must_leave=draft.must_leave.strip(),
    )
    referral = Referral(
        id=draft.referral_id,
        version=1,
        request_id=request.id,
        kind=draft.kind,
        state=ReferralState.PREPARED,
        state_at=to_minute(at),
        due_at=due_from(draft.kind, ReferralState.PREPARED, at),
        reference=facts.reference,
        prepared_by=actor.id,
        prepared_at=to_minute(at),
        sent_at=None,
        package_sealed=lock_package(keys, draft.referral_id, facts, way),
    )
    work.referrals.add(referral, tuple(place.id for place in draft.places))
    entry = Entry(TrailKind.REFERRAL_PREPARED, referral.id)
    work.trail.append(request.trail_id, entry, actor.id, at)
    return referral


def _recipient(work: Work, draft: Draft) -> tuple[ReferredTo, str, str]:
    """Who, how they take it, and what is to be said of the law there."""
    whom = draft.whom
    if whom.name.strip():
        return ReferredTo(whom.name.strip()), whom.way.strip(), ""
    country = country_of(work, whom.country)
    if country is None:
        raise ReferralRefused("no_recipient")
    is_hotline = draft.kind is ReferralKind.HOTLINE
    name = country.hotline_name if is_hotline else country.police_name
    if not name:
        raise ReferralRefused("no_recipient")
    way = country.hotline_way if is_hotline else country.police_way
    return ReferredTo(name, country.code), way, country.legal_note


def _check(work: Work, request: Request, given: PrepareInput, places: tuple[CasePlace, ...]) -> None:
    """Raises ReferralRefused."""
    if not places:
        raise ReferralRefused("no_places")
    if any(place.state is LocationState.WITHDRAWN for place in places):
        raise ReferralRefused("withdrawn")
    if not all(place.url or place.place.app for place in places):
        raise ReferralRefused("no_address")
    if set(given.location_ids) & _under_way(work, request.id, given.kind):
        raise ReferralRefused("under_way")
    if given.kind is ReferralKind.HOTLINE:
        _check_for_hotline(work, given.whom, places)


def _check_for_hotline(work: Work, whom: Whom, places: tuple[CasePlace, ...]) -> None:
    if not all(place.url for place in places):
        raise ReferralRefused("no_address")
    is_found = (place.finding is not None and place.finding.asks_removal for place in places)
    if not all(is_found) or not all(place.state in TO_HOTLINE_FROM for place in places):
        raise ReferralRefused("not_assessed")
    if not whom.name.strip():
        if not whom.country:
            raise ReferralRefused("no_recipient")
        ids = {place.provider_id for place in places if place.provider_id is not None}
        countries = {work.providers.load(one).country for one in ids}
        if countries - {"", whom.country}:
            raise ReferralRefused("other_country")


def _under_way(work: Work, request_id: str, kind: ReferralKind) -> set[str]:
    """Places in a referral of this kind that is not over: nobody gets one twice."""
    found = (one for one in work.referrals.of_request(request_id) if one.is_open and one.kind is kind)
    return {location_id for one in found for location_id in work.referrals.location_ids(one.id)}
