"""What is sealed of a referral, and what it is made from: under the desk key, for no requester to see."""

import secrets

from app.casework.case_folder import CasePlace
from app.casework.case_keys import CaseKeys
from app.casework.case_referral import CaseReferral
from app.casework.referral_package import facts_of, record_of
from app.casework.series_records import linked_to, load_series
from app.domain.referrals import EarlierNotice, Referral, ReferralFacts, ReferredPlace
from app.domain.words import NoticeState
from app.persistence.database import Work
from app.vault.pairs import Ring
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose, Sealed

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """A referral's name, to whom it goes and to us: "R-7KQ2-M3TD", random."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"R-{drawn[:4]}-{drawn[4:]}"


def lock_package(keys: CaseKeys, referral_id: str, facts: ReferralFacts, way: str) -> Sealed:
    record = {"facts": record_of(facts), "way": way}
    return lock_record(keys.desk, Purpose.REFERRAL, referral_id, record)


def open_package(keys: CaseKeys, referral: Referral) -> tuple[ReferralFacts, str]:
    """What is in it, and how they take it. Raises NotOpened."""
    record = unlock_record(keys.desk, Purpose.REFERRAL, referral.id, referral.package_sealed)
    return facts_of(record["facts"]), record["way"]


def referrals_of(work: Work, request_id: str, keys: CaseKeys) -> tuple[CaseReferral, ...]:
    """All of a case, oldest first. Raises NotOpened."""
    numbers = {location.id: location.number for location in work.requests.locations_of(request_id)}
    return tuple(_opened(work, one, keys, numbers) for one in work.referrals.of_request(request_id))


def _opened(work: Work, referral: Referral, keys: CaseKeys, numbers: dict[str, int]) -> CaseReferral:
    facts, way = open_package(keys, referral)
    return CaseReferral(
        id=referral.id,
        version=referral.version,
        reference=referral.reference,
        kind=referral.kind,
        state=referral.state,
        state_at=referral.state_at,
        due_at=referral.due_at,
        prepared_by=referral.prepared_by,
        prepared_at=referral.prepared_at,
        sent_at=referral.sent_at,
        numbers=tuple(numbers[one] for one in work.referrals.location_ids(referral.id)),
        way=way,
        facts=facts,
    )


def referred_places(places: tuple[CasePlace, ...]) -> tuple[ReferredPlace, ...]:
    """Numbered anew: nobody learns of the others. What somebody told in words stays here: they are theirs."""
    return tuple(
        ReferredPlace(
            number=number,
            url=place.url,
            app="" if place.url else place.place.app,
            account="" if place.url else place.place.account,
            provider=place.provider_name or "",
            finding=place.finding,
        )
        for number, place in enumerate(places, start=1)
    )


def earlier_notices(work: Work, request_id: str, places: tuple[CasePlace, ...]) -> tuple[EarlierNotice, ...]:
    """Those that went out and named one of these places; numbers are those of the package."""
    numbers = {place.id: number for number, place in enumerate(places, start=1)}
    found = []
    for notice in work.notices.of_request(request_id):
        named = sorted(numbers[one] for one in work.notices.location_ids(notice.id) if one in numbers)
        is_out = notice.state in (NoticeState.SENT, NoticeState.ANSWERED) and notice.sent_at is not None
        if named and is_out and notice.sent_at is not None:
            provider = work.providers.load(notice.provider_id).name
            found.append(EarlierNotice(notice.reference, provider, notice.sent_at, tuple(named)))
    return tuple(found)


def police_reference(work: Work, team: Ring, request_id: str) -> str:
    """Under which police know the child, where the case is in a series that says so."""
    series_id = linked_to(work, team, request_id)
    series = load_series(work, team, series_id) if series_id else None
    if series is None or not series.police.is_known or not series.police.reference:
        return ""
    police = series.police
    return f"{police.reference} ({police.country})" if police.country else police.reference
