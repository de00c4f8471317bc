"""Making a caseworker a supervisor, or a supervisor a caseworker. Nobody else's role changes: an admin or an
auditor holds no grant of the team key, and somebody who does must not become one of them."""

from dataclasses import dataclass

from app.casework.actors import Admin
from app.casework.errors import NotAllowed, Stale
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.member_moves import member_to_move
from app.domain.staff import StaffState
from app.domain.trail import TrailKind
from app.domain.words import Role
from app.persistence.errors import Overtaken

THERE = (StaffState.ACTIVE, StaffState.SUSPENDED)


@dataclass(frozen=True)
class RoleInput:
    """Who becomes what."""

    member_id: str
    to: Role


def change_role(kit: Kit, actor: Admin, given: RoleInput) -> None:
    """Their sessions end with this; they sign in again as what they are now. Their key stays theirs.

    Raises NotFound, NotAllowed (another role, or they wait or have left), Stale (it is so already).
    """
    at = kit.clock()
    with kit.database.writing() as work:
        member = member_to_move(work, given.member_id)
        if member.state not in THERE or not (member.role.opens_cases and given.to.opens_cases):
            raise NotAllowed
        if member.role is given.to:
            raise Stale
        try:
            work.staff.change_role(member.id, member.role, given.to)
        except Overtaken:
            raise Stale from None
        work.sessions.end_of_staff(member.id)
        note(work, TrailKind.ROLE_CHANGED, actor.id, at, member.id)
        work.commit()
