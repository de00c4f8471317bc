"""A step of a notice's ladder that waited for a person was seen to, or there is nothing more to do in it."""

from dataclasses import dataclass, replace

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for, save_moves
from app.casework.chase_notices import BY_THE_LADDER
from app.casework.desk_notes import keep_note
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.kit import Kit
from app.domain.desk_words import NoteKind
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.trail import Entry, TrailKind
from app.domain.words import Role
from app.persistence.errors import NotThere, Overtaken


@dataclass(frozen=True)
class WantedInput:
    """`step`: the one that was on the page. `note`: what was done, for the desk alone."""

    notice_id: str
    step: ChaseStep
    note: str

    def __repr__(self) -> str:
        return f"WantedInput({self.notice_id}, {self.step})"


def settle_wanted(kit: Kit, actor: Caseworker, given: WantedInput) -> None:
    """The ladder goes on by time, and its places are looked at when the next step is due. Nobody need hold
    the case: it is a word about what was done outside of this program.

    Raises NotAllowed without a note, or where a supervisor has to (regulator and police); Stale when another
    step waits by now; Recused, NotFound.
    """
    note, at = given.note.strip(), kit.clock()
    if not note or (given.step is ChaseStep.NUDGE and actor.role is not Role.SUPERVISOR):
        raise NotAllowed
    with kit.database.writing() as work:
        try:
            request = load_for(work, actor, work.notices.load(given.notice_id).request_id)
            notice = work.notices.load(given.notice_id)  # again, now that changes of this case take turns
        except NotThere:
            raise NotFound from None
        if notice.wants is not given.step:
            raise Stale
        keys = open_case_keys(work, actor.team, request.id)
        kind = NoteKind.NUDGE if given.step is ChaseStep.NUDGE else NoteKind.NOTE
        keep_note(work, request.id, keys, kind, note, actor.id, at)
        try:
            work.notices.save(replace(notice, wants=None))
        except Overtaken:
            raise Stale from None
        mine = set(work.notices.location_ids(notice.id)) if notice.kind is not NoticeKind.SEARCH else set()
        waiting = [
            one
            for one in work.requests.locations_of(request.id)
            if one.id in mine and one.state in BY_THE_LADDER
        ]
        # Without a ladder any more they stay due: nobody else would come to them.
        moved = [one.due(notice.chase_at) for one in waiting] if notice.chase_at else []
        save_moves(work, request, *moved)
        work.trail.append(request.trail_id, Entry(TrailKind.CHASE_SETTLED, notice.id), actor.id, at)
        work.commit()
