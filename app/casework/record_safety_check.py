"""The safety check: a caseworker has thought about whether a notice could harm the person, and says why."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.errors import NotAllowed
from app.casework.kit import Kit, new_id
from app.casework.stop_letters import stop_waiting
from app.domain.times import to_minute
from app.domain.words import SafetyState
from app.persistence.safety_notes import SafetyNote
from app.vault.records import lock_record
from app.vault.seal import Purpose


@dataclass(frozen=True)
class SafetyInput:
    """`found` is CLEAR or HOLD; `note` says why, for colleagues who come later."""

    request_id: str
    found: SafetyState
    note: str

    def __repr__(self) -> str:
        return f"SafetyInput({self.request_id}, {self.found})"


def record_safety_check(kit: Kit, actor: Caseworker, given: SafetyInput) -> None:
    """Keep what was found beside every check made before. HOLD also stops letters that wait to leave.

    Raises NotAllowed without a note or with another finding, NotHolding, NotFound, Stale.
    """
    note = given.note.strip()
    if not note or given.found not in (SafetyState.CLEAR, SafetyState.HOLD):
        raise NotAllowed
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        keys = open_case_keys(work, actor.team, request.id)
        if given.found is SafetyState.HOLD:
            for notice in work.notices.of_request(request.id):
                stop_waiting(work, notice, at)
            request = load_held(work, actor, request.id, kit)  # its places may have moved
        request, entry = request.with_safety(given.found)
        note_id = new_id()
        sealed = lock_record(keys.desk, Purpose.SAFETY_NOTE, note_id, {"found": given.found, "note": note})
        work.safety_notes.add(SafetyNote(note_id, request.id, actor.id, to_minute(at), sealed))
        save_moves(work, request)
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()
