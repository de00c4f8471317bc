"""Handing a case over to a colleague, with or without a word to go with it."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.domain.desk_words import NoteKind
from app.domain.staff import StaffState
from app.persistence.database import Work
from app.persistence.errors import NotThere


@dataclass(frozen=True)
class HandOverInput:
    """`to`: a colleague's id. `note`: what they should know, or nothing."""

    request_id: str
    to: str
    note: str = ""

    def __repr__(self) -> str:
        return "HandOverInput(…)"


def hand_over_case(kit: Kit, actor: Caseworker, given: HandOverInput) -> None:
    """End one's own lease; the case stands among the colleague's own until somebody takes it, whoever it is:
    nothing waits for one person.

    Raises NotAllowed for somebody who cannot take it (not here, opens no cases, stepped back from it, or the
    actor themselves), NotHolding, Recused, NotFound.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        if given.to == actor.id or not _can_take(work, given):
            raise NotAllowed
        request, entry = request.hand_over(actor.id, given.to, at)
        if given.note.strip():
            keys = open_case_keys(work, actor.team, request.id)
            keep_note(work, request.id, keys, NoteKind.HAND_OVER, given.note.strip(), actor.id, at)
        save_moves(work, request)
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()


def _can_take(work: Work, given: HandOverInput) -> bool:
    try:
        member = work.staff.member(given.to)
    except NotThere:
        return False
    is_here = member.state is StaffState.ACTIVE and member.role.opens_cases
    return is_here and not work.stepped_aside.is_recused(given.request_id, given.to)
