"""Granting the team key without a colleague: by those who brought enough shares of the recovery key."""

from dataclasses import dataclass, replace

from app.casework.enrol_member import add_grant, vouched_for
from app.casework.errors import KeyNotTrusted, NotAllowed, NotFound, Stale
from app.casework.hotline_trail import note
from app.casework.invite_member import Invite, put_invitation
from app.casework.kit import Kit
from app.casework.recover_team_key import Recovered
from app.casework.staff_names import sign_in_digest
from app.casework.vouching import member_name
from app.domain.staff import StaffState
from app.domain.trail import TrailKind
from app.persistence.database import Work
from app.vault.pairs import fingerprint_of


@dataclass(frozen=True)
class GrantInput:
    """The member's sign-in name, and the fingerprint of their key as they read it out."""

    sign_in: str
    fingerprint: str

    def __repr__(self) -> str:
        return "GrantInput(…)"


def grant_by_recovery(kit: Kit, actor: Recovered, given: GrantInput) -> str:
    """Vouch for the member's key and grant them the team key; they are active from now on. Their id.

    Raises NotFound (no such name), NotAllowed (an admin, or somebody who left), KeyNotTrusted (another
    fingerprint than the one read out), Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        _require_current(kit, work, actor)
        member = work.staff.by_sign_in(sign_in_digest(kit, given.sign_in))
        if member is None:
            raise NotFound
        if not member.role.opens_cases or member.state is StaffState.LEFT:
            raise NotAllowed
        if fingerprint_of(member.public) != given.fingerprint:
            raise KeyNotTrusted(member_name(member.id))
        granted = replace(member, state=StaffState.ACTIVE, public_mac=vouched_for(member, actor.team))
        work.staff.save(granted, member.state)
        work.staff.drop_proposal(member.id)
        work.staff.destroy_grants(member.id, actor.team_key_id)
        add_grant(work, granted, actor.team_key_id, actor.team)
        note(work, TrailKind.RECOVERY_USED, "command", at, member.id)
        work.commit()
    return member.id


def invite_by_recovery(kit: Kit, actor: Recovered, given: Invite) -> str:
    """A first person anew, where nobody is left who could invite: the secret of the link.

    Raises SignInTaken, NotAllowed, Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        _require_current(kit, work, actor)
        secret = put_invitation(kit, work, "command", given, actor.team, at)
        note(work, TrailKind.RECOVERY_USED, "command", at)
        work.commit()
    return secret


def _require_current(kit: Kit, work: Work, actor: Recovered) -> None:
    if kit.team_key(work).public != actor.team.public:
        raise Stale
