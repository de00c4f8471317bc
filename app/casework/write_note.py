"""A note for colleagues, in the case. No requester ever sees one."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for, save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.domain.desk_words import NoteKind
from app.domain.trail import Entry, TrailKind


@dataclass(frozen=True)
class NoteInput:
    request_id: str
    text: str

    def __repr__(self) -> str:
        return "NoteInput(…)"


def write_note(kit: Kit, actor: Caseworker, given: NoteInput) -> None:
    """Also where a colleague has the case: somebody may have called them. One's own lease goes on.

    Raises NotAllowed when it is empty, Recused, NotFound.
    """
    text, at = given.text.strip(), kit.clock()
    if not text:
        raise NotAllowed
    with kit.database.writing() as work:
        request = load_for(work, actor, given.request_id)
        keys = open_case_keys(work, actor.team, request.id)
        keep_note(work, request.id, keys, NoteKind.NOTE, text, actor.id, at)
        if request.is_held_by(actor.id, at):
            save_moves(work, request.renewed(actor.id, at))
        work.trail.append(request.trail_id, Entry(TrailKind.NOTE_WRITTEN), actor.id, at)
        work.commit()
