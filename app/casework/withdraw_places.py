"""Withdrawing places: the person it belongs to no longer wants them asked for."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Requester
from app.casework.cases import save_moves
from app.casework.count_outcome import count_outcome, noticed_at
from app.casework.errors import NotAllowed, NotFound
from app.casework.frozen_page import FrozenPlace
from app.casework.kit import Kit
from app.casework.own_request import OwnRequest, load_to_change, may_end, show_and_tell
from app.casework.second_word import check_second_word
from app.casework.stop_letters import end_chase, stop_waiting
from app.domain.counting import Counted
from app.domain.locations import Location
from app.domain.notice_words import LetterKind, NoticeKind
from app.domain.trail import Entry, TrailKind
from app.domain.words import LetterState, LocationState
from app.persistence.database import Work
from app.persistence.notices import Notice


@dataclass(frozen=True)
class WithdrawInput:
    """By number; all of them at once is what "stop everything" means."""

    numbers: tuple[int, ...]
    second_word: str = ""

    def __repr__(self) -> str:
        return "WithdrawInput(…)"


def withdraw_places(kit: Kit, actor: Requester, given: WithdrawInput) -> None:
    """Only for who speaks for themselves, with nobody beside them who would see it; for anybody else it is
    NotAllowed, and `ask_to_end` is the way.

    A notice that waits is dropped: what else it named waits for a new approval. A notice that is out, or is
    being handed over at this moment, cannot be called back (app/reads/ending.py says which). Withdrawing
    twice does no harm. Raises NotAllowed, NotFound (a number that is not theirs, or none), SecondWordNeeded,
    Busy, Stale.
    """
    check_second_word(kit, actor, given.second_word)
    at = kit.clock()
    with kit.database.writing() as work:
        own = load_to_change(work, actor, at)
        if not may_end(work, own):
            raise NotAllowed
        if not given.numbers:
            raise NotFound
        chosen = [own.place(number) for number in dict.fromkeys(given.numbers)]
        chosen = [one for one in chosen if one.state is not LocationState.WITHDRAWN]
        if own.party.is_revoked:
            _show(work, own, chosen, at)
        elif chosen:
            _withdraw(work, own, {one.location_id for one in chosen}, at)
        work.commit()


def _withdraw(work: Work, own: OwnRequest, chosen: set[str], at: datetime) -> None:
    _stop_notices(work, own, chosen, at)
    # Read anew: what shared a dropped notice has moved.
    moved = [
        location.move(LocationState.WITHDRAWN, at)
        for location in work.requests.locations_of(own.request.id)
        if location.id in chosen
    ]
    for location in moved:
        since = noticed_at(work, location)
        if since is not None and own.locations[location.id].is_open:
            count_outcome(work, None, Counted.WITHDRAWN, at, since)
        entry = Entry(TrailKind.PLACE_WITHDRAWN, location.id)
        work.trail.append(own.request.trail_id, entry, "requester", at)
    save_moves(work, work.requests.load(own.request.id), *moved, by_party=own.party.id)


def _stop_notices(work: Work, own: OwnRequest, chosen: set[str], at: datetime) -> None:
    """The courier keeps a pack only of a notice that is out and still names an open place: from any other
    one a place that was withdrawn could go out. A letter that was planned and names one is not planned any
    more. The ladder goes on for what else a notice names, and ends with its last place."""
    for notice in work.notices.of_request(own.request.id):
        named = set(work.notices.location_ids(notice.id))
        if not named & chosen:
            continue
        stop_waiting(work, notice, at)
        first = [one for one in work.letters.of_notice(notice.id) if one.kind is LetterKind.FIRST]
        if not any(_is_asked_for(notice, own.locations[one]) for one in named - chosen):
            end_chase(work, work.notices.load(notice.id))
        elif any(one.state is not LetterState.SENT for one in first):
            work.notices.destroy_pack(notice.id)


def _is_asked_for(notice: Notice, place: Location) -> bool:
    """A search engine is asked for what is gone, too: results stay longer than what they lead to."""
    if notice.kind is NoticeKind.SEARCH:
        return place.state is not LocationState.WITHDRAWN
    return place.is_open


def _show(work: Work, own: OwnRequest, chosen: list[FrozenPlace], at: datetime) -> None:
    withdrawn = tuple(one.moved(LocationState.WITHDRAWN, at) for one in chosen)
    show_and_tell(work, own, at, withdrawn=withdrawn)
