"""Forgetting a request: hidden from everybody at once, destroyed after seven days."""

from datetime import datetime

from app.casework.actors import Caseworker, Requester
from app.casework.cases import load, load_held
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.casework.letter_moves import mark_dropped
from app.domain.requests import Request
from app.domain.words import LetterState, Standing
from app.persistence.database import Work
from app.persistence.errors import Overtaken


def forget_request(kit: Kit, actor: Requester | Caseworker, request_id: str) -> None:
    """Hide the request, end its sessions, stop its letters and start the seven days.

    Only the person depicted may do it with their own code. A representative or a bystander gets
    NotAllowed: nobody destroys anything for a child, so their wish goes to a caseworker as a message.
    A caseworker needs the case (NotHolding). NotFound when it is not there (any more).
    """
    at = kit.clock()
    with kit.database.writing() as work:
        if isinstance(actor, Caseworker):
            request, by = load_held(work, actor, request_id, kit), actor.id
        else:
            request, by = _own(work, actor, request_id), "requester"
        _stop_letters(work, request, at)
        request, entry = request.forget(at)
        work.requests.save(request)
        work.requests.end_sessions(request.id)
        work.trail.append(request.trail_id, entry, by, at)
        work.commit()


def _own(work: Work, actor: Requester, request_id: str) -> Request:
    """The request of somebody who speaks for themselves; standing is read anew, not from the session."""
    if actor.request_id != request_id:
        raise NotFound
    request = load(work, request_id)
    party = next((p for p in work.requests.parties_of(request_id) if p.id == actor.party_id), None)
    if party is None or party.generation != actor.generation:
        raise NotFound
    if party.standing is not Standing.OWN:
        raise NotAllowed
    return request


def _stop_letters(work: Work, request: Request, at: datetime) -> None:
    """Letters that wait are dropped and the courier keeps no places. One in doubt stays in doubt: should
    the forgetting be undone, it still may have gone out."""
    for notice in work.notices.of_request(request.id):
        is_dropped = False
        for letter in work.letters.of_notice(notice.id):
            if letter.state is LetterState.WAITING:
                try:
                    work.letters.move(letter, LetterState.DROPPED)
                except Overtaken:
                    continue  # the courier is handing it over at this moment: it cannot be called back
                is_dropped = True
        if is_dropped:
            mark_dropped(work, notice, at)
        work.notices.destroy_pack(notice.id)
