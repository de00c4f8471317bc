"""Somebody is in danger now, or no longer: it decides where the case stands."""

from dataclasses import dataclass, replace

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for, save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import NotAllowed, Stale
from app.casework.kit import Kit
from app.casework.reopen_request import trusted
from app.domain.desk_words import NoteKind
from app.domain.trail import Entry, TrailKind


@dataclass(frozen=True)
class DangerInput:
    """`is_so`: in danger now; otherwise it is over, or never was."""

    request_id: str
    is_so: bool
    reason: str

    def __repr__(self) -> str:
        return "DangerInput(…)"


def set_danger(kit: Kit, actor: Caseworker, given: DangerInput) -> None:
    """Nobody needs to hold the case to say so: a call may come while a colleague has it. A case in danger
    waits for no day, and nobody finds any more that it is no request.

    Raises NotAllowed without a reason, Stale when somebody said the same before, Recused, NotFound.
    """
    reason, at = given.reason.strip(), kit.clock()
    if not reason:
        raise NotAllowed
    with kit.database.writing() as work:
        request = load_for(work, actor, given.request_id)
        if bool(request.danger) is given.is_so:
            raise Stale
        if given.is_so:
            request = trusted(work, replace(request, hold_until=None), actor.id, at)
        keys = open_case_keys(work, actor.team, request.id)
        keep_note(work, request.id, keys, NoteKind.DANGER, reason, actor.id, at)
        save_moves(work, request.in_danger(given.is_so))
        kind = TrailKind.DANGER_SET if given.is_so else TrailKind.DANGER_OVER
        work.trail.append(request.trail_id, Entry(kind), actor.id, at)
        work.commit()
