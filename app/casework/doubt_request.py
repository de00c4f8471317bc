"""Saying that something that came in is not a request: no readable place, spam. A colleague decides."""

from dataclasses import dataclass, replace

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.domain.desk_words import NoteKind
from app.domain.moves import CORRECTABLE
from app.domain.requests import Request
from app.domain.words import LocationState, RequestState
from app.persistence.database import Work


@dataclass(frozen=True)
class DoubtInput:
    request_id: str
    reason: str

    def __repr__(self) -> str:
        return "DoubtInput(…)"


def doubt_request(kit: Kit, actor: Caseworker, given: DoubtInput) -> None:
    """Give the case back with that finding; it stays open until another caseworker agrees.

    Raises NotAllowed without a reason, where `may_be_doubted` says no (a place that was judged goes its own
    way, with a hearing); NotHolding, Recused, NotFound.
    """
    reason, at = given.reason.strip(), kit.clock()
    if not reason:
        raise NotAllowed
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        if not may_be_doubted(work, request):
            raise NotAllowed
        keys = open_case_keys(work, actor.team, request.id)
        keep_note(work, request.id, keys, NoteKind.NOT_A_REQUEST, reason, actor.id, at)
        request, entry = request.doubt(actor.id)
        save_moves(work, replace(request, taken_by=None, lease_until=None))
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()


def may_be_doubted(work: Work, request: Request) -> bool:
    """Nobody judged a place of it, and nobody is known to be in danger. Never where the child has an access
    beside who acts for them: one would see on their page that the other wrote."""
    if request.state is not RequestState.OPEN or request.danger:
        return False
    places = work.requests.locations_of(request.id)
    is_unjudged = all(one.state in CORRECTABLE or one.state is LocationState.WITHDRAWN for one in places)
    return is_unjudged and len(work.parties.of_request(request.id)) == 1
