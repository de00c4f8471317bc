"""What a letter's fate means for its notice, for the ladder behind it, and for the places in it.

Each of these loads and saves the request: a verb calls one of them, once, last.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from app.casework.cases import save_moves
from app.casework.chased_places import noticed_since
from app.casework.kit import Kit, new_id
from app.domain.chasing import ESCALATED, begin
from app.domain.letters import Letter
from app.domain.locations import Location
from app.domain.moves import MOVES
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.words import LetterState, LocationState, NoticeState
from app.persistence.database import Work
from app.persistence.notices import Notice

_ON_THE_WAY = frozenset({LocationState.APPROVED, LocationState.BOUNCED})
_BOUNCING = frozenset({LocationState.APPROVED, LocationState.NOTICE_SENT})


def mark_sent(kit: Kit, work: Work, notice: Notice, at: datetime, request: Request | None = None) -> None:
    """The notice went out, by mail or by hand: its places say so, and a first notice is chased from now on.

    `request`: where the caller has just loaded it. Raises Overtaken, Stale.
    """
    sent_at = to_minute(at)
    state = NoticeState.ANSWERED if notice.state is NoticeState.ANSWERED else NoticeState.SENT
    sent = replace(notice, state=state, sent_at=sent_at)
    if notice.is_first:
        _, due_at = begin(notice.kind, sent_at, kit.settings.times)
        sent = replace(sent, chase_done=0, chase_at=due_at, wants=None)
    work.notices.save(sent)
    match notice.step, notice.kind:
        case ChaseStep.UPSTREAM, _:
            until = _next_of(work, notice)
            _change(work, notice, ESCALATED, lambda one: _upstream(one, at, until))
        case ChaseStep(), _:  # another contact of the same provider: the ladder goes on as it was
            until = _next_of(work, notice)
            _change(work, notice, {LocationState.BOUNCED}, lambda one: one.reviewed(until) if until else one)
        case None, NoticeKind.SEARCH:  # results are not the place
            pass
        case _:
            _change(work, notice, _ON_THE_WAY, lambda one: _waited_for(one, at, sent.chase_at), request)


def mark_bounced(kit: Kit, work: Work, notice: Notice, at: datetime) -> None:
    """It cannot be delivered: refused for good, or it came back. Another contact that a caseworker approved
    ahead is written to soon; where there is none, a person is needed. Its chase goes on by time.

    Raises Overtaken, Stale.
    """
    is_search = notice.kind is NoticeKind.SEARCH
    request = work.requests.load(notice.request_id)
    may_go = request.may_go_out and not request.is_on_police_hold(at) and not request.is_forgotten
    rung = _next_way(work, notice.root_id or notice.id) if may_go and not is_search else None
    goes_on = rung is not None and put_in_outbox(kit, work, rung, at + kit.settings.times.bounced)

    if notice.is_first:
        _, due_at = begin(notice.kind, notice.approved_at, kit.settings.times)
        chase_at = due_at if notice.sent_at is None else notice.chase_at
        wants = notice.wants if goes_on else ChaseStep.SECOND_WAY
        work.notices.save(replace(notice, chase_at=chase_at, wants=wants))
    newer = noticed_since(work, notice)

    def change(place: Location) -> Location:
        if place.id in newer:
            return place
        if notice.is_first and place.state in _BOUNCING and not is_search:
            place = place.move(LocationState.BOUNCED, at)
        return place if goes_on else place.wanted(at)

    _change(work, notice, ESCALATED | _BOUNCING, change)


def mark_dropped(work: Work, notice: Notice, at: datetime) -> None:
    """The notice does not go out: its places wait for a notice again, and nothing follows it.

    One that went out before stays as it is: what was dropped then is a reminder. Raises Overtaken, Stale.
    """
    if notice.sent_at is not None:
        return
    work.notices.save(replace(notice, state=NoticeState.UNDELIVERED, chase_at=None, wants=None))
    work.notices.destroy_pack(notice.id)
    if notice.is_first:
        cancel_planned(work, notice.id)
        give_back(work, notice, _ON_THE_WAY, at)


def give_back(work: Work, notice: Notice, states: Iterable[LocationState], at: datetime) -> None:
    """Those of its places that are in these states wait for a new notice. Raises Stale."""
    if notice.kind is not NoticeKind.SEARCH:
        _change(work, notice, states, lambda one: one.move(LocationState.ASSESSED, at))


def wait_again(work: Work, notice: Notice, at: datetime) -> None:
    """A reminder that could not be delivered goes once more: what it is about is waited for again. Raises
    Stale."""
    if notice.kind is not NoticeKind.SEARCH:
        _change(work, notice, {LocationState.BOUNCED}, lambda one: _waited_for(one, at, notice.chase_at))


def cancel_planned(work: Work, root_id: str) -> None:
    """What was approved ahead for its ladder is not needed any more. Raises Overtaken."""
    for rung in work.notices.rungs_of(root_id):
        if rung.state is NoticeState.PLANNED:
            work.notices.save(replace(rung, state=NoticeState.CANCELLED))
            work.notices.destroy_pack(rung.id)


def put_in_outbox(kit: Kit, work: Work, rung: Notice, due_at: datetime) -> bool:
    """The step of a letter that was approved ahead is reached: it goes out then. Its Message-ID is made here,
    once. False where a person sends it by hand. Raises Overtaken."""
    work.notices.save(replace(rung, state=NoticeState.APPROVED))
    if not rung.channel.is_mail:
        return False
    message_id = f"<{new_id()}@{kit.settings.hotline.domain}>"
    work.letters.add(
        Letter(
            id=new_id(),
            notice_id=rung.id,
            state=LetterState.WAITING,
            due_at=due_at,
            attempts=0,
            message_id=message_id,
            lease=None,
            lease_until=None,
            provider_id=rung.provider_id,
        )
    )
    return True


def _next_way(work: Work, root_id: str) -> Notice | None:
    """The next contact of the same provider that was approved ahead."""
    planned = [one for one in work.notices.rungs_of(root_id) if one.state is NoticeState.PLANNED]
    return next((one for one in planned if one.step is ChaseStep.SECOND_WAY), None)


def _next_of(work: Work, rung: Notice) -> datetime | None:
    """When the ladder that the rung belongs to goes on."""
    return work.notices.load(rung.root_id).chase_at if rung.root_id else None


def _waited_for(place: Location, at: datetime, until: datetime | None) -> Location:
    moved = place.move(LocationState.NOTICE_SENT, at)
    return moved.due(until) if until else moved


def _upstream(place: Location, at: datetime, until: datetime | None) -> Location:
    if LocationState.UPSTREAM not in MOVES[place.state]:
        return place
    moved = place.move(LocationState.UPSTREAM, at)
    return moved.due(until) if until else moved


def _change(
    work: Work,
    notice: Notice,
    states: Iterable[LocationState],
    change: Callable[[Location], Location],
    request: Request | None = None,
) -> None:
    """Of the notice's places, those in these states: who withdrew or answered meanwhile stays so."""
    mine, fitting = set(work.notices.location_ids(notice.id)), frozenset(states)
    known = work.requests.locations_of(notice.request_id)
    found = [one for one in known if one.id in mine and one.state in fitting]
    changed = [after for one in found if (after := change(one)) != one]
    save_moves(work, request or work.requests.load(notice.request_id), *changed, known=known)
