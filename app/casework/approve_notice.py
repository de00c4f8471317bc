"""Approving one notice to one provider: from here the courier takes over, or a person where no mail leads."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.add_notice import Approval, NewNotice, add_first_letter, add_notice, begin_approval
from app.casework.case_folder import CasePlace
from app.casework.case_keys import CaseKeys, open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.count_outcome import count_outcome
from app.casework.current_team import current_team
from app.casework.drafts import Added, Draft, draft_first, draft_rungs, facts_for, print_of, suppliers_of
from app.casework.errors import NotAllowed, NotFound, SafetyCheckDue, Stale
from app.casework.group_letters import WaitingLetter, letter_to_join, may_join, take_in
from app.casework.kit import Kit
from app.casework.notice_facts import new_link_secret, new_reference
from app.casework.notice_gate import may_notify
from app.casework.offers import read_offers
from app.casework.open_case import places_of
from app.casework.places_to_notice import Noticed, is_second, kind_of, noticed_before, to_search
from app.casework.plan_rung import plan_rung
from app.casework.step_second import finders_of, require_second
from app.casework.unlock_courier import unlock_courier
from app.domain.counting import Counted
from app.domain.desk_words import Step
from app.domain.locations import Location
from app.domain.notice_words import NoticeKind, ProviderKind
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState, NoticeState
from app.persistence.database import Work
from app.persistence.errors import NotThere
from app.persistence.notices import Notice
from app.persistence.providers import Provider


@dataclass(frozen=True)
class ApproveInput:
    """The locations grouped for this provider; `seen` is the print of the letter that was read.

    `words_of`, `names_of`: the party whose own words, or names, go along; nobody's unless a caseworker said
    so. `tells_mandate`: the letter says that somebody gave a mandate. `rungs`: prints of the further letters
    that were read, and go by themselves when nothing happens. `is_search`: to a search engine.
    """

    request_id: str
    provider_id: str
    location_ids: tuple[str, ...]
    seen: str
    words_of: str = ""
    names_of: str = ""
    tells_mandate: bool = False
    rungs: tuple[str, ...] = ()
    is_search: bool = False


def approve_notice(kit: Kit, actor: Caseworker, given: ApproveInput) -> str:
    """Put the notice into the outbox, and what was approved ahead beside it; its reference.

    Raises Stale when a location, a finding, a law or the provider is not as it was read, or the team key was
    rotated since the actor signed in;
    SafetyCheckDue, SecondCaseworkerNeeded (who assessed may not approve, where the policy says so),
    ReferFirst, PoliceHoldRuns, NotAllowed, NotFound, NotHolding, KeyNotTrusted.
    """
    unlock_courier(kit, actor)
    at = kit.clock()
    with kit.database.writing() as work:
        team_public = current_team(kit, work, actor)
        request = load_held(work, actor, given.request_id, kit)
        keys = open_case_keys(work, actor.team, request.id)
        if not request.may_go_out:
            raise SafetyCheckDue
        places = places_of(work, request, keys)
        noticed = noticed_before(work, request.id)
        chosen = _ready(places, noticed, given)
        require_second(work, actor, Step.NOTICE, finders_of(work, request.id, given.location_ids))
        provider = _provider(work, given.provider_id)
        may_notify(kit, work, request, provider.country, given.location_ids, at)
        draft = _draft(work, request, keys, provider, chosen, given)
        rungs = _rungs(kit, work, request, draft, given, at)
        added = _added(draft, given)
        approval = begin_approval(work, kit, actor, team_public, at)
        notice = _approve(approval, request, draft, rungs, added, places)
        _note_added(approval, request, notice, added)
        moved = () if given.is_search else _moved(work, request, given, at)
        _count(work, chosen if moved else (), noticed, at)
        save_moves(work, request, *moved)
        work.commit()
    return notice.reference


def _provider(work: Work, provider_id: str) -> Provider:
    try:
        return work.providers.load(provider_id)
    except NotThere:
        raise NotFound from None


def _ready(places: tuple[CasePlace, ...], noticed: Noticed, given: ApproveInput) -> tuple[CasePlace, ...]:
    chosen = tuple(place for place in places if place.id in given.location_ids)
    if not chosen or len(chosen) != len(set(given.location_ids)):
        raise NotFound
    if given.is_search:
        if len(to_search(chosen, noticed, given.provider_id)) != len(chosen):
            raise Stale
        return chosen
    for place in chosen:
        if not place.ready or place.provider_id != given.provider_id:
            raise Stale
        if place.finding is None or not place.finding.asks_removal or is_second(place, noticed):
            raise NotAllowed
    return chosen


def _draft(
    work: Work,
    request: Request,
    keys: CaseKeys,
    provider: Provider,
    chosen: tuple[CasePlace, ...],
    given: ApproveInput,
) -> Draft:
    """As it was read, or Stale."""
    if given.is_search and provider.kind is not ProviderKind.SEARCH:
        raise NotAllowed
    kind = NoticeKind.SEARCH if given.is_search else kind_of(chosen)
    draft = draft_first(work, provider, chosen, kind, read_offers(work, request.id, keys))
    if given.seen != print_of(draft):
        raise Stale
    return draft


def _rungs(
    kit: Kit, work: Work, request: Request, draft: Draft, given: ApproveInput, at: datetime
) -> tuple[Draft, ...]:
    """The further letters that were ticked, each as it was read, or Stale."""
    if not given.rungs:
        return ()
    possible = {
        print_of(one): one
        for one in draft_rungs(work, draft, suppliers_of(work, draft.provider))
        if one.contact.channel.is_mail
    }
    if not set(given.rungs) <= set(possible):
        raise Stale
    rungs = tuple(one for seen, one in possible.items() if seen in given.rungs)
    for one in rungs:
        may_notify(kit, work, request, one.provider.country, given.location_ids, at)
    return rungs


def _added(draft: Draft, given: ApproveInput) -> Added:
    """What was chosen to go along. Raises Stale where it may not (any more)."""
    words = [one.words for one in draft.own_words if one.party_id == given.words_of]
    names = [one.names for one in draft.own_names if one.party_id == given.names_of]
    may_tell = bool(draft.mandate_laws) or not given.tells_mandate
    if (given.words_of and not words) or (given.names_of and not names) or not may_tell:
        raise Stale
    return Added(words[0] if words else "", names[0] if names else (), given.tells_mandate)


def _approve(
    approval: Approval,
    request: Request,
    draft: Draft,
    rungs: tuple[Draft, ...],
    added: Added,
    places: tuple[CasePlace, ...],
) -> Notice:
    """The notice, its letter where one goes by mail, and what follows it; with the places of a letter that
    waits and says the same."""
    kit, work = approval.kit, approval.work
    joined = _joined(approval, request, draft, added)
    ids = {one.id for one in draft.places} | set(joined.location_ids if joined else ())
    whole = tuple(one for one in places if one.id in ids)
    reference, link_secret = new_reference(), new_link_secret()
    facts = facts_for(kit.settings, draft, reference, link_secret, approval.at, places=whole, added=added)
    location_ids = tuple(one.id for one in whole)
    channel = draft.contact.channel
    new = NewNotice(request.id, draft.provider.id, channel, facts, link_secret, location_ids)
    notice = add_notice(approval, new, NoticeState.APPROVED)
    work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_APPROVED, notice.id), approval.by, approval.at)
    if channel.is_mail:
        wait_until = approval.at + kit.settings.times.grouping
        add_first_letter(approval, notice, joined.letter.due_at if joined else wait_until)
    for rung in rungs:
        plan_rung(approval, request, notice, replace(rung, places=whole))
    return notice


def _joined(approval: Approval, request: Request, draft: Draft, added: Added) -> WaitingLetter | None:
    if not draft.contact.channel.is_mail:
        return None
    waiting = may_join(approval.work, request.id, approval.at)
    found = letter_to_join(approval.work, approval.courier, waiting, draft, added)
    return found if found and take_in(approval, request.trail_id, found) else None


def _note_added(approval: Approval, request: Request, notice: Notice, added: Added) -> None:
    kinds = {
        TrailKind.WORDS_PASSED_ON: bool(added.statement),
        TrailKind.NAMES_PASSED_ON: bool(added.names),
    }
    for kind, holds in kinds.items():
        if holds:
            entry = Entry(kind, notice.id)
            approval.work.trail.append(request.trail_id, entry, approval.by, approval.at)


def _moved(work: Work, request: Request, given: ApproveInput, at: datetime) -> tuple[Location, ...]:
    return tuple(
        location.move(LocationState.APPROVED, at)
        for location in work.requests.locations_of(request.id)
        if location.id in given.location_ids
    )


def _count(work: Work, chosen: tuple[CasePlace, ...], noticed: Noticed, at: datetime) -> None:
    """For the framework's chart: each place once, for each time that it was there."""
    for place in chosen:
        if place.id not in noticed.by_host or place.state is LocationState.BACK:
            count_outcome(work, place.finding, Counted.NOTICED, at)
