"""Suspending a member: no way in until they are resumed. Their grant stays, sealed."""

from app.casework.actors import Admin
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.member_moves import member_to_move, refuse_last_admin, save_move
from app.domain.staff import StaffState
from app.domain.trail import TrailKind


def suspend_member(kit: Kit, actor: Admin, member_id: str) -> None:
    """Their sessions end with this. Raises NotFound, NotAllowed, LastOne (the last admin), Stale."""
    at = kit.clock()
    with kit.database.writing() as work:
        member = member_to_move(work, member_id)
        refuse_last_admin(work, member)
        save_move(work, member, StaffState.SUSPENDED)
        work.sessions.end_of_staff(member.id)
        note(work, TrailKind.MEMBER_SUSPENDED, actor.id, at, member.id)
        work.commit()
