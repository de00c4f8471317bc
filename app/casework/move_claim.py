"""What a caseworker does about a counter-claim: asks for proof, rejects it, or finds that its proof holds."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for, save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import ClaimRefused, NotAllowed, NotFound, SecondCaseworkerNeeded, Stale
from app.casework.kit import Kit
from app.domain.claims import Claim, ClaimMove, NoSuchClaimMove, SameCaseworker
from app.domain.desk_words import NoteKind
from app.domain.locations import Location
from app.domain.moves import MOVES
from app.domain.notice_words import ClaimState
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken


@dataclass(frozen=True)
class ClaimInput:
    """`version` is that of the page. `note`: what was asked for, why not, or what was checked; the desk's."""

    claim_id: str
    version: int
    move: ClaimMove
    note: str

    def __repr__(self) -> str:
        return f"ClaimInput({self.claim_id}, {self.move})"


def move_claim(kit: Kit, actor: Caseworker, given: ClaimInput) -> Claim:
    """The claim as it stands then. A claim is upheld by two different caseworkers; its place waits for a
    hearing from then on, where it can. Nothing is restored, and nobody is written to.

    Raises NotFound, Recused; ClaimRefused without a note; Stale when somebody moved it first; NotAllowed when
    it is over; SecondCaseworkerNeeded.
    """
    at, note = kit.clock(), given.note.strip()
    if not note:
        raise ClaimRefused("no_note")
    with kit.database.writing() as work:
        claim, request, place = _load(work, actor, given.claim_id)
        if claim.version != given.version:
            raise Stale
        try:
            moved = claim.move(given.move, actor.id, at)
            work.claims.save(moved)
        except NoSuchClaimMove:
            raise NotAllowed from None
        except SameCaseworker:
            raise SecondCaseworkerNeeded from None
        except Overtaken:
            raise Stale from None
        keys = open_case_keys(work, actor.team, request.id)
        keep_note(work, request.id, keys, NoteKind.CLAIM, f"{place}: {note}", actor.id, at)
        work.trail.append(request.trail_id, Entry(TrailKind.CLAIM_MOVED, claim.id), actor.id, at)
        save_moves(work, request, *_to_be_heard(work, request, moved, at))
        work.commit()
    return moved


def _load(work: Work, actor: Caseworker, claim_id: str) -> tuple[Claim, Request, str]:
    """With the request, held, and which place of which notice it is about."""
    try:
        claim = work.claims.load(claim_id)
    except NotThere:
        raise NotFound from None
    notice = work.notices.load(claim.notice_id)
    request = load_for(work, actor, notice.request_id)
    number = work.notices.location_ids(notice.id).index(claim.location_id) + 1
    # Once more, now that all who work on this case take turns.
    return work.claims.load(claim_id), request, f"{notice.reference} ({number})"


def _to_be_heard(work: Work, request: Request, claim: Claim, at: datetime) -> tuple[Location, ...]:
    """The place is no longer asked for by itself, and nothing is decided before a hearing."""
    if claim.state is not ClaimState.UPHELD:
        return ()
    place = next(one for one in work.requests.locations_of(request.id) if one.id == claim.location_id)
    may_be_heard = LocationState.HEARING_DUE in MOVES[place.state]
    is_there_already = place.state is LocationState.HEARING_DUE
    return (place.move(LocationState.HEARING_DUE, at),) if may_be_heard and not is_there_already else ()
