"""Approving one notice to one provider: from here the courier takes over."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_folder import CasePlace
from app.casework.case_keys import open_case_keys, wrap_for_team, wrap_under
from app.casework.cases import load_held, save_moves
from app.casework.current_team import current_team
from app.casework.errors import NotAllowed, NotFound, SafetyCheckDue, Stale
from app.casework.kit import Kit, new_id
from app.casework.notice_facts import make_facts, new_link_secret, new_reference, print_of, verify_digest
from app.casework.notice_gate import may_notify
from app.casework.open_case import places_of
from app.casework.own_words import OwnWords, words_for, words_to_pass_on
from app.casework.packs import facts_record, seal_pack
from app.casework.preview_notice import noticed_before
from app.casework.step_second import finders_of, require_second
from app.casework.unlock_courier import courier_seed, unlock_courier
from app.domain.desk_words import Step
from app.domain.letters import Letter
from app.domain.notices import NoticeFacts
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState, LocationState, NoticeState
from app.persistence.database import Work
from app.persistence.errors import NotThere
from app.persistence.notices import Notice
from app.persistence.team_keys import COURIER
from app.persistence.wraps import LINK
from app.vault.derive import hkdf, key_from
from app.vault.pairs import KeyPair
from app.vault.records import lock_record
from app.vault.seal import Purpose, new_key


@dataclass(frozen=True)
class ApproveInput:
    """The locations grouped for this provider; `seen` is the print of the letter that was read.

    `words_of`: the party whose own words go along; nobody's unless a caseworker said so.
    """

    request_id: str
    provider_id: str
    location_ids: tuple[str, ...]
    seen: str
    words_of: str = ""


def approve_notice(kit: Kit, actor: Caseworker, given: ApproveInput) -> str:
    """Put the notice into the outbox; its reference.

    Raises Stale when a location, a finding or the provider is not as it was read, or the team key was
    rotated since the actor signed in;
    SafetyCheckDue, SecondCaseworkerNeeded (who assessed may not approve, where the policy says so),
    ReferFirst, PoliceHoldRuns, NotAllowed, NotFound, NotHolding, KeyNotTrusted.
    """
    unlock_courier(kit, actor)
    at = kit.clock()
    reference, link_secret = new_reference(), new_link_secret()
    with kit.database.writing() as work:
        team_public = current_team(kit, work, actor)
        request = load_held(work, actor, given.request_id, kit)
        keys = open_case_keys(work, actor.team, request.id)
        if not request.may_go_out:
            raise SafetyCheckDue
        chosen = _ready(places_of(work, request, keys), given)
        if any(one.state is LocationState.REFERRED for one in chosen):
            _refuse_second_letter(work, request.id, chosen)
        require_second(work, actor, Step.NOTICE, finders_of(work, request.id, given.location_ids))
        try:
            provider = work.providers.load(given.provider_id)
        except NotThere:
            raise NotFound from None
        may_notify(kit, work, request, provider.country, given.location_ids, at)
        own_words = words_for(provider, words_to_pass_on(work, request.id, keys))
        if given.seen != print_of(provider, chosen, own_words):
            raise Stale
        statement = _statement(own_words, given.words_of)
        facts = make_facts(kit.settings, provider, chosen, reference, link_secret, at, statement)
        notice = _add_notice(
            work, team_public, actor, request, facts, link_secret, given, at, at + kit.settings.times.link
        )
        _put_in_outbox(work, actor, notice, facts, kit.settings.hotline.domain, at)
        approved = [
            location.move(LocationState.APPROVED, at)
            for location in work.requests.locations_of(request.id)
            if location.id in given.location_ids
        ]
        save_moves(work, request, *approved)
        work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_APPROVED, notice.id), actor.id, at)
        if statement:
            work.trail.append(request.trail_id, Entry(TrailKind.WORDS_PASSED_ON, notice.id), actor.id, at)
        work.commit()
    return reference


def _statement(own_words: tuple[OwnWords, ...], words_of: str) -> str:
    """The words of that party, or none. Raises Stale when they may not be passed on (any more)."""
    if not words_of:
        return ""
    found = next((one for one in own_words if one.party_id == words_of), None)
    if found is None:
        raise Stale
    return found.words


def _ready(places: tuple[CasePlace, ...], given: ApproveInput) -> tuple[CasePlace, ...]:
    chosen = tuple(place for place in places if place.id in given.location_ids)
    if not chosen or len(chosen) != len(set(given.location_ids)):
        raise NotFound
    for place in chosen:
        if not place.ready or place.provider_id != given.provider_id:
            raise Stale
        if place.finding is None or not place.finding.asks_removal:
            raise NotAllowed
    return chosen


def _refuse_second_letter(work: Work, request_id: str, chosen: tuple[CasePlace, ...]) -> None:
    """A place that another hotline has may get its first notice from us, no second one by itself."""
    before = noticed_before(work, request_id)
    if any(one.state is LocationState.REFERRED and one.id in before for one in chosen):
        raise NotAllowed


def _add_notice(
    work: Work,
    team_public: bytes,
    actor: Caseworker,
    request: Request,
    facts: NoticeFacts,
    link_secret: str,
    given: ApproveInput,
    at: datetime,
    link_ends_at: datetime,
) -> Notice:
    """The notice with a key of its own: to the team, and under the link that is only in the letter."""
    notice_id, notice_key = new_id(), new_key()
    secret = link_secret.encode()
    # The link opens this record, so it is not inside; nor are own words, which are for the letter's reader.
    shown = facts_record(facts) | {"answer_link": "", "verify_code": "", "statement": ""}
    notice = Notice(
        id=notice_id,
        version=1,
        request_id=request.id,
        provider_id=given.provider_id,
        reference=facts.reference,
        state=NoticeState.APPROVED,
        approved_by=actor.id,
        approved_at=to_minute(at),
        sent_at=None,
        link_ends_at=link_ends_at,
        kind=facts.kind,
        places_sealed=lock_record(notice_key, Purpose.NOTICE_PLACES, notice_id, shown),
    )
    in_case_order = tuple(
        location.id
        for location in work.requests.locations_of(request.id)
        if location.id in given.location_ids
    )
    work.notices.add(
        notice, hkdf(secret, "notice link lookup"), verify_digest(facts.verify_code), in_case_order
    )
    work.wraps.add(
        wrap_for_team(team_public, Purpose.NOTICE_KEY, request.id, notice_id, notice_key),
        wrap_under(
            key_from(secret, "notice link"), LINK, Purpose.NOTICE_KEY, request.id, notice_id, notice_key
        ),
    )
    return notice


def _put_in_outbox(
    work: Work, actor: Caseworker, notice: Notice, facts: NoticeFacts, domain: str, at: datetime
) -> None:
    """The chase pack, sealed to the courier, and its first letter. The Message-ID is made here, once."""
    courier = KeyPair(courier_seed(actor, work.hotline_keys.current(COURIER)))
    work.notices.add_pack(notice.id, seal_pack(courier, notice.id, facts))
    work.letters.add(
        Letter(
            id=new_id(),
            notice_id=notice.id,
            state=LetterState.WAITING,
            due_at=at,
            attempts=0,
            message_id=f"<{new_id()}@{domain}>",
            lease=None,
            lease_until=None,
            provider_id=notice.provider_id,
        )
    )
