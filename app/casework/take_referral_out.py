"""Taking a referral's package out: the places leave the sealed store, so the trail says who took them."""

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for
from app.casework.errors import NotAllowed, NotFound, PoliceHoldRuns, ReferralRefused, SafetyCheckDue
from app.casework.exposure import count_opening
from app.casework.kit import Kit
from app.casework.referral_records import open_package
from app.casework.step_second import require_second
from app.domain.desk_words import ReferralKind, ReferralState, Step
from app.domain.referrals import Referral, ReferralFacts
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState
from app.persistence.database import Work
from app.persistence.errors import NotThere

STEP_OF = {
    ReferralKind.HOTLINE: Step.HOTLINE,
    ReferralKind.POLICE: Step.POLICE,
    ReferralKind.EMERGENCY: Step.EMERGENCY,
}


def take_referral_out(kit: Kit, actor: Caseworker, referral_id: str) -> ReferralFacts:
    """What is in the package, once more for each time that it is asked for.

    Raises NotFound, NotAllowed once it is over, ReferralRefused ("withdrawn") where a place was withdrawn
    since; as `may_leave`; EnoughForToday.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        referral, request = load_referral(work, actor, referral_id)
        if not referral.is_open:
            raise NotAllowed
        may_leave(kit, work, actor, referral, request)
        if referral.kind is not ReferralKind.EMERGENCY and _is_withdrawn(work, referral):
            raise ReferralRefused("withdrawn")
        facts, _way = open_package(open_case_keys(work, actor.team, request.id), referral)
        count_opening(kit, work, actor)
        entry = Entry(TrailKind.REFERRAL_TAKEN_OUT, referral.id)
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()
    return facts


def load_referral(work: Work, actor: Caseworker, referral_id: str) -> tuple[Referral, Request]:
    """A referral with its case, its row held. Whoever hands it over need not hold the case: it can be a
    second person. Raises NotFound, Recused."""
    try:
        request_id = work.referrals.load(referral_id).request_id
        request = load_for(work, actor, request_id)
        return work.referrals.load(referral_id), request  # anew: the case is held now
    except NotThere:
        raise NotFound from None


def may_leave(kit: Kit, work: Work, actor: Caseworker, referral: Referral, request: Request) -> None:
    """Before it is handed over. Raises SecondCaseworkerNeeded where policy asks for another person than who
    prepared it. Another hotline turns it into a notice, so it waits as a notice does: raises SafetyCheckDue,
    PoliceHoldRuns."""
    if referral.state is not ReferralState.PREPARED:
        return
    require_second(work, actor, STEP_OF[referral.kind], (referral.prepared_by,))
    if referral.kind is ReferralKind.HOTLINE:
        if not request.may_go_out:
            raise SafetyCheckDue
        if request.is_on_police_hold(kit.clock()):
            raise PoliceHoldRuns


def _is_withdrawn(work: Work, referral: Referral) -> bool:
    mine = set(work.referrals.location_ids(referral.id))
    there = work.requests.locations_of(referral.request_id)
    return any(one.id in mine and one.state is LocationState.WITHDRAWN for one in there)
