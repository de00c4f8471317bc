"""What suspending, resuming and leaving share: one at a time, from a state that allows it."""

from dataclasses import replace

from app.casework.errors import LastOne, NotAllowed, NotFound, Stale
from app.casework.kit import Kit
from app.domain.staff import NoSuchStaffMove, StaffState, move
from app.domain.words import Role
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken
from app.persistence.staff import Member


def member_to_move(work: Work, member_id: str) -> Member:
    """The member; nobody else moves anybody until this transaction ends. Raises NotFound."""
    work.team_keys.hold()
    try:
        return work.staff.member(member_id)
    except NotThere:
        raise NotFound from None


def save_move(work: Work, member: Member, to: StaffState) -> None:
    """Raises NotAllowed (no such move), Stale."""
    try:
        work.staff.save(replace(member, state=move(member.state, to)), member.state)
    except NoSuchStaffMove:
        raise NotAllowed from None
    except Overtaken:
        raise Stale from None


def refuse_last_admin(work: Work, member: Member) -> None:
    """Raises LastOne: without an admin nobody could invite, suspend or look after providers."""
    if member.role is not Role.ADMIN or member.state is not StaffState.ACTIVE:
        return
    if not any(one.role is Role.ADMIN for one in _others(work, member)):
        raise LastOne("last_admin")


def is_last_caseworker(kit: Kit, work: Work, member: Member) -> bool:
    """Whether every case would depend on the shares of the recovery key without this member."""
    if not member.role.opens_cases or member.state is not StaffState.ACTIVE:
        return False
    key_id = kit.team_key(work).id
    others = (one for one in _others(work, member) if one.role.opens_cases)
    return all(work.staff.grant(one.id, key_id) is None for one in others)


def _others(work: Work, member: Member) -> tuple[Member, ...]:
    return tuple(one for one in work.staff.members(StaffState.ACTIVE) if one.id != member.id)
