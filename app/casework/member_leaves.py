"""A member leaves for good: what let them in is destroyed. Coming back means a new invitation."""

from dataclasses import dataclass, replace

from app.casework.actors import Admin
from app.casework.errors import LastOne
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.member_moves import is_last_caseworker, member_to_move, refuse_last_admin, save_move
from app.domain.staff import StaffState
from app.domain.trail import TrailKind


@dataclass(frozen=True)
class LeaveInput:
    """Who leaves. `even_last`: it is meant, though all cases then depend on the recovery shares."""

    member_id: str
    even_last: bool = False


def member_leaves(kit: Kit, actor: Admin, given: LeaveInput) -> None:
    """Grants, sessions, passkeys, codes and sealed keys go; the sign-in name is free again.

    Who knew the team key may have copied it: rotate it after this. Raises NotFound, NotAllowed,
    LastOne (the last admin; the last caseworker unless `even_last`), Stale, KeyNotTrusted.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        member = member_to_move(work, given.member_id)
        refuse_last_admin(work, member)
        if not given.even_last and is_last_caseworker(kit, work, member):
            raise LastOne("last_caseworker")
        save_move(work, replace(member, pair_sealed=b"", totp_sealed=b"", name_sealed=b""), StaffState.LEFT)
        work.staff.destroy_grants(member.id)
        work.staff.drop_proposal(member.id)
        work.staff.free_sign_in(member.id)
        work.staff.replace_factor_codes(member.id, ())
        work.passkeys.remove(member.id)
        work.sessions.end_of_staff(member.id)
        work.staged_lists.drop_all_of(member.id)
        note(work, TrailKind.MEMBER_LEFT, actor.id, at, member.id)
        work.commit()
