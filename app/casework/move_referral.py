"""What became of a referral, as a person says: handed over, received, acted, declined, dropped, chased."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import NotAllowed, ReferralRefused, Stale
from app.casework.keep_country import country_of
from app.casework.kit import Kit
from app.casework.referral_records import open_package
from app.casework.take_referral_out import load_referral, may_leave
from app.domain.desk_words import NoteKind, ReferralKind, ReferralPolicy, ReferralState
from app.domain.locations import Location
from app.domain.moves import NOTICED
from app.domain.referrals import NoSuchReferralMove, Referral
from app.domain.words import LocationState
from app.persistence.database import Work
from app.persistence.errors import Overtaken

NEEDS_A_REASON = frozenset({ReferralState.DECLINED, ReferralState.DROPPED})


@dataclass(frozen=True)
class MoveInput:
    """`to`: its next state, or None when somebody asked them how it goes. `version` is that of the page;
    `note` is for the desk alone."""

    referral_id: str
    version: int
    to: ReferralState | None
    note: str = ""

    def __repr__(self) -> str:
        return f"MoveInput({self.referral_id}, {self.to})"


def move_referral(kit: Kit, actor: Caseworker, given: MoveInput) -> None:
    """Move it on. Places handed to another hotline are with that hotline from then on; declined, they
    stand as they did before.

    Raises NotFound; Stale when somebody moved it first; NotAllowed where that cannot happen now;
    ReferralRefused ("no_reason") without a note where one is due; as `may_leave` for handing over.
    """
    at, note = kit.clock(), given.note.strip()
    with kit.database.writing() as work:
        referral, request = load_referral(work, actor, given.referral_id)
        if referral.version != given.version:
            raise Stale
        if given.to in NEEDS_A_REASON and not note:
            raise ReferralRefused("no_reason")
        if given.to is ReferralState.SENT:
            may_leave(kit, work, actor, referral, request)
        try:
            moved, entry = referral.chase(at) if given.to is None else referral.move(given.to, at)
        except NoSuchReferralMove:
            raise NotAllowed from None
        try:
            work.referrals.save(moved)
        except Overtaken:
            raise Stale from None
        keys = open_case_keys(work, actor.team, request.id)
        if note:
            text = f"{referral.reference}: {note}"
            keep_note(work, request.id, keys, NoteKind.REFERRAL, text, actor.id, at)
        work.trail.append(request.trail_id, entry, actor.id, at)
        places: tuple[Location, ...] = ()
        if referral.kind is ReferralKind.HOTLINE and given.to is ReferralState.SENT:
            country = open_package(keys, referral)[0].recipient.country
            places = tuple(_with_them(work, referral, _is_parallel(work, country), at))
        elif referral.kind is ReferralKind.HOTLINE and given.to is ReferralState.DECLINED:
            places = tuple(_ours_again(work, referral, at))
        save_moves(work, request, *places)
        work.commit()


def _mine(work: Work, referral: Referral) -> Iterator[Location]:
    mine = set(work.referrals.location_ids(referral.id))
    return (one for one in work.requests.locations_of(referral.request_id) if one.id in mine)


def _is_parallel(work: Work, code: str) -> bool:
    country = country_of(work, code) if code else None
    return country is not None and country.policy is ReferralPolicy.PARALLEL


def _with_them(work: Work, referral: Referral, is_parallel: bool, at: datetime) -> Iterator[Location]:
    """Where a notice is beside it, the place goes on telling how that stands. A letter that waits in the
    outbox, and a place that was withdrawn or is gone meanwhile, stay as they are."""
    stay = NOTICED if is_parallel else frozenset[LocationState]()
    for location in _mine(work, referral):
        if location.state in (NOTICED | {LocationState.ASSESSED}) - stay:
            yield location.move(LocationState.REFERRED, at)


def _ours_again(work: Work, referral: Referral, at: datetime) -> Iterator[Location]:
    """Unless another hotline has them, too."""
    others = {
        location_id
        for other in work.referrals.of_request(referral.request_id)
        if other.id != referral.id and other.kind is ReferralKind.HOTLINE and _has_it(other)
        for location_id in work.referrals.location_ids(other.id)
    }
    for location in _mine(work, referral):
        if location.state is LocationState.REFERRED and location.id not in others:
            yield location.unreferred(at)


def _has_it(referral: Referral) -> bool:
    return referral.state in (ReferralState.SENT, ReferralState.RECEIVED, ReferralState.ACTED)
