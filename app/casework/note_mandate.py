"""A signed mandate: that somebody asked in writing, and where the paper lies. Never the paper itself.

It is a note of the desk, sealed like the others. The newest one of its kind says how it stands: one with
words notes a mandate, one without takes it back. So nothing is overwritten, and the trail shows both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import CaseKeys, open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.desk_notes import CaseNote, keep_note, notes_of_case
from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.casework.stop_letters import stop_waiting
from app.domain.desk_words import NoteKind
from app.domain.trail import Entry, TrailKind
from app.persistence.database import Work


@dataclass(frozen=True)
class MandateInput:
    """`where`: a sentence that says where the signed paper is kept; empty takes the mandate back."""

    request_id: str
    where: str

    def __repr__(self) -> str:
        return "MandateInput(…)"


def note_mandate(kit: Kit, actor: Caseworker, given: MandateInput) -> None:
    """By who holds the case. When it is taken back, letters to covered platforms that wait are stopped: they
    may cite it.

    Raises NotAllowed where nothing would change, NotHolding, NotFound, Recused.
    """
    where, at = given.where.strip(), kit.clock()
    with kit.database.writing() as work:
        kit.team_key(work)
        request = load_held(work, actor, given.request_id, kit)
        keys = open_case_keys(work, actor.team, request.id)
        before = mandate_of(notes_of_case(work, request.id, keys))
        if where == (before.text if before else ""):
            raise NotAllowed
        keep_note(work, request.id, keys, NoteKind.MANDATE, where, actor.id, at)
        save_moves(work, request)
        if not where:
            _stop_citing(work, request.id, at)
        work.trail.append(request.trail_id, Entry(TrailKind.MANDATE_NOTED), actor.id, at)
        work.commit()


def _stop_citing(work: Work, request_id: str, at: datetime) -> None:
    notices = work.notices.of_request(request_id)
    found = work.providers.of_ids({notice.provider_id for notice in notices})
    covered = {provider.id for provider in found if provider.is_covered}
    for notice in notices:
        if notice.provider_id in covered:
            stop_waiting(work, notice, at)


def mandate_of(notes: Sequence[CaseNote]) -> CaseNote | None:
    """The mandate as it stands, of a case's notes, oldest first. None where there is none (any more)."""
    newest = next((one for one in reversed(notes) if one.kind is NoteKind.MANDATE), None)
    return newest if newest is not None and newest.text else None


def has_mandate(work: Work, request_id: str, keys: CaseKeys) -> bool:
    """Whether a signed mandate is noted, and was not taken back."""
    return mandate_of(notes_of_case(work, request_id, keys)) is not None
