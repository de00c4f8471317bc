"""Forgetting a request: hidden from everybody at once, destroyed after seven days."""

from datetime import datetime
from secrets import token_bytes

from app.casework.actors import Caseworker, Requester
from app.casework.cases import load_held
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.casework.own_request import FORGOTTEN, OwnRequest, load_to_change, may_end, say
from app.casework.second_word import check_second_word
from app.casework.stop_letters import stop_letters
from app.domain.requests import Request
from app.persistence.database import Work


def forget_request(kit: Kit, actor: Requester | Caseworker, request_id: str, second_word: str = "") -> None:
    """Hide the request, end its sessions, stop its letters and start the seven days.

    Only the person depicted may do it with their own code and the second word they chose, and with nobody
    beside them who would see it. A representative
    or a bystander gets NotAllowed: nobody destroys anything for a child, so their wish goes to a caseworker
    as a message (`ask_to_end`). A notice that is out, or is being handed over at this moment, cannot be
    called back: app/reads/ending.py names it beforehand. A caseworker needs the case (NotHolding). NotFound
    when it is not there (any more), SecondWordNeeded, Busy.
    """
    if isinstance(actor, Requester):
        check_second_word(kit, actor, second_word)
    at = kit.clock()
    with kit.database.writing() as work:
        if isinstance(actor, Caseworker):
            _forget(work, load_held(work, actor, request_id, kit), actor.id, at)
        else:
            own = _own(work, actor, request_id, at)
            if own.party.is_revoked:
                _leave(work, own, at)
            else:
                _forget(work, own.request, "requester", at)
        work.commit()


def _own(work: Work, actor: Requester, request_id: str, at: datetime) -> OwnRequest:
    """The request of somebody who speaks for themselves; standing is read anew, not from the session."""
    if actor.request_id != request_id:
        raise NotFound
    own = load_to_change(work, actor, at)
    if not may_end(work, own):
        raise NotAllowed
    return own


def _forget(work: Work, request: Request, by: str, at: datetime) -> None:
    stop_letters(work, request, at)
    work.contact_mails.drop(*(party.id for party in work.parties.of_request(request.id)))
    request, entry = work.requests.load(request.id).forget(at)
    work.requests.save(request)
    work.parties.end_sessions(request.id)
    work.trail.append(request.trail_id, entry, by, at)


def _leave(work: Work, own: OwnRequest, at: datetime) -> None:
    """Somebody who was revoked: to them it is forgotten, and the request stays. The hotline is told."""
    say(work, own, FORGOTTEN, at, is_aside=True)
    work.contact_mails.drop(own.party.id)
    work.contacts.remove(own.party.id)
    work.parties.save_code(own.party.id, token_bytes(32))  # no code leads there: theirs opens nothing
