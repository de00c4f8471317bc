"""Letting a suspended member back in: their grant was kept."""

from app.casework.actors import Admin
from app.casework.errors import NotAllowed
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.member_moves import member_to_move, save_move
from app.domain.staff import StaffState
from app.domain.trail import TrailKind


def resume_member(kit: Kit, actor: Admin, member_id: str) -> None:
    """Only who was suspended: an admin cannot let in somebody who waits. Raises
    NotFound, NotAllowed, Stale."""
    at = kit.clock()
    with kit.database.writing() as work:
        member = member_to_move(work, member_id)
        if member.state is not StaffState.SUSPENDED:
            raise NotAllowed
        save_move(work, member, StaffState.ACTIVE)
        note(work, TrailKind.MEMBER_RESUMED, actor.id, at, member.id)
        work.commit()
