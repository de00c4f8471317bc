"""Whom a team key is granted to, and what it vouches for: carried over from one team key to the next."""

from app.casework.enrol_member import add_grant
from app.casework.vouching import member_name, recovery_name, require_vouched
from app.domain.staff import StaffState
from app.persistence.database import Work
from app.persistence.staff import Member
from app.persistence.team_keys import RecoveryKey
from app.vault.pairs import KeyPair, seal_to
from app.vault.seal import Purpose


def trusted_members(work: Work, team: KeyPair) -> tuple[Member, ...]:
    """Active and suspended members whose keys this team key vouches for.

    An admin without a MAC is left out: nothing is ever sealed to an admin's key. A caseworker without a
    good one, or anyone with a wrong one, raises KeyNotTrusted, which names the member's id.
    """
    found = work.staff.members(StaffState.ACTIVE, StaffState.SUSPENDED)
    known = [one for one in found if one.role.opens_cases or one.public_mac]
    for one in known:
        require_vouched(team, member_name(one.id), one.public, one.public_mac)
    return tuple(known)


def trusted_recovery(work: Work, team: KeyPair) -> RecoveryKey | None:
    """The printed key's public half, vouched for. Raises KeyNotTrusted."""
    recovery = work.team_keys.recovery()
    if recovery is not None:
        require_vouched(team, recovery_name(recovery.id), recovery.public, recovery.public_mac)
    return recovery


def grant_to_all(work: Work, members: tuple[Member, ...], key_id: str, team: KeyPair) -> None:
    """Grants of one team key in place of those it had: to caseworkers, and to nobody else."""
    work.staff.destroy_grants(team_key_id=key_id)
    for one in members:
        if one.role.opens_cases:
            add_grant(work, one, key_id, team)


def grant_to_recovery(work: Work, recovery: RecoveryKey | None, key_id: str, team: KeyPair) -> None:
    if recovery is not None:
        sealed = seal_to(recovery.public, Purpose.TEAM_KEY_RECOVERY, key_id, team.seed)
        work.team_keys.add_recovery_grant(recovery.id, key_id, sealed)
