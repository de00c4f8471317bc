"""A notice that no mail can take: a person pastes its text into a form, or hands it to a partner.

The text is in the pack that was sealed when it was approved, as if the courier wrote it. It holds whole
addresses: showing it counts as an opening, and stands in the trail.
"""

from dataclasses import dataclass, replace

from app.casework.actors import Caseworker
from app.casework.cases import load_for, load_held, save_moves
from app.casework.errors import NotAllowed, NotFound, PoliceHoldRuns, SafetyCheckDue, Stale
from app.casework.exposure import count_opening
from app.casework.kit import Kit
from app.casework.letter_moves import mark_dropped, mark_sent
from app.casework.packs import open_pack
from app.casework.unlock_courier import courier_seed
from app.domain.desk_words import Channel
from app.domain.notice_words import NoticeKind
from app.domain.notices import NoticeFacts
from app.domain.requests import Request
from app.domain.staff import KeyState
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState, NoticeState
from app.i18n.letters import compose_notice
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken
from app.persistence.notices import Notice
from app.persistence.team_keys import COURIER
from app.vault.pairs import KeyPair, ring_of
from app.vault.seal import NotOpened


@dataclass(frozen=True)
class HandNotice:
    """What the page of it says before its text is asked for."""

    id: str
    request_id: str
    reference: str
    provider_name: str
    provider_id: str
    channel: Channel
    kind: NoticeKind
    state: NoticeState
    is_held: bool

    @property
    def is_done(self) -> bool:
        return self.state is not NoticeState.APPROVED


@dataclass(frozen=True)
class HandText:
    """The letter with live addresses, for one page. `way`: the form, or how the partner is reached."""

    way: str
    subject: str
    body: str

    def __repr__(self) -> str:
        return "HandText(…)"


def read_by_hand(kit: Kit, actor: Caseworker, notice_id: str) -> HandNotice:
    """Nothing of it is opened. Raises NotFound, Recused."""
    with kit.database.reading() as work:
        notice = _load(work, notice_id)
        request = load_for(work, actor, notice.request_id)
        return HandNotice(
            id=notice.id,
            request_id=notice.request_id,
            reference=notice.reference,
            provider_name=work.providers.load(notice.provider_id).name,
            provider_id=notice.provider_id,
            channel=notice.channel,
            kind=notice.kind,
            state=notice.state,
            is_held=request.is_held_by(actor.id, kit.clock()),
        )


def show_by_hand(kit: Kit, actor: Caseworker, notice_id: str) -> HandText:
    """The text to paste, with the places that still wait for it.

    Raises NotAllowed when it was done, or nothing in it waits any more; SafetyCheckDue, PoliceHoldRuns,
    EnoughForToday, NotHolding, NotFound, KeyNotTrusted.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        notice, request = _held(kit, work, actor, notice_id)
        if not request.may_go_out:
            raise SafetyCheckDue
        if request.is_on_police_hold(at):
            raise PoliceHoldRuns
        facts = _facts(work, actor, notice)
        letter = compose_notice(facts)
        count_opening(kit, work, actor)
        for location_id in _waiting(work, notice).values():
            work.trail.append(request.trail_id, Entry(TrailKind.PLACE_LIVE, location_id), actor.id, at)
        save_moves(work, request)
        work.commit()
    return HandText(facts.recipient.email, letter.subject, letter.body)


def record_by_hand(kit: Kit, actor: Caseworker, notice_id: str) -> None:
    """It was taken there: from now on it is out. Raises NotAllowed, NotHolding, NotFound, Stale."""
    at = kit.clock()
    with kit.database.writing() as work:
        notice, request = _held(kit, work, actor, notice_id)
        work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_BY_HAND, notice.id), actor.id, at)
        try:
            mark_sent(kit, work, notice, at)
        except Overtaken:
            raise Stale from None
        work.commit()


def drop_by_hand(kit: Kit, actor: Caseworker, notice_id: str) -> None:
    """It is not taken there: its places wait for a notice again. Raises as `record_by_hand`."""
    at = kit.clock()
    with kit.database.writing() as work:
        notice, request = _held(kit, work, actor, notice_id)
        work.trail.append(request.trail_id, Entry(TrailKind.NOTICE_CANCELLED, notice.id), actor.id, at)
        try:
            mark_dropped(work, notice, at)
        except Overtaken:
            raise Stale from None
        work.commit()


def _load(work: Work, notice_id: str) -> Notice:
    try:
        notice = work.notices.load(notice_id)
    except NotThere:
        raise NotFound from None
    if notice.channel.is_mail:
        raise NotFound
    return notice


def _held(kit: Kit, work: Work, actor: Caseworker, notice_id: str) -> tuple[Notice, Request]:
    """While it still waits for somebody to take it there."""
    request = load_held(work, actor, _load(work, notice_id).request_id, kit)
    notice = _load(work, notice_id)  # again, now that changes of this case take turns
    if notice.state is not NoticeState.APPROVED:
        raise NotAllowed
    return notice, request


def _waiting(work: Work, notice: Notice) -> dict[int, str]:
    """Ids of its places by their number in it, but for those that were withdrawn, or are gone, meanwhile."""
    states = {one.id: one for one in work.requests.locations_of(notice.request_id)}
    ids = enumerate(work.notices.location_ids(notice.id), start=1)
    if notice.is_first and notice.kind is not NoticeKind.SEARCH:
        return {number: one for number, one in ids if states[one].state is LocationState.APPROVED}
    if notice.kind is NoticeKind.SEARCH:  # results outlive the place itself
        return {number: one for number, one in ids if states[one].state is not LocationState.WITHDRAWN}
    return {number: one for number, one in ids if states[one].is_open}


def _facts(work: Work, actor: Caseworker, notice: Notice) -> NoticeFacts:
    """Raises NotAllowed where nothing of it waits, or its pack was destroyed."""
    keys = work.hotline_keys.of_kind(COURIER, KeyState.CURRENT, KeyState.OLD)
    ring = ring_of(*(KeyPair(courier_seed(actor, key)) for key in keys))
    waiting = _waiting(work, notice)
    try:
        facts = open_pack(ring, notice.id, work.notices.pack(notice.id))
    except (NotThere, NotOpened):
        raise NotAllowed from None
    if not waiting:
        raise NotAllowed
    return replace(facts, places=tuple(one for one in facts.places if one.number in waiting))
