"""The first of two who compare a new colleague's key, where the settings ask for two."""

from app.casework.actors import Caseworker
from app.casework.current_team import current_team
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.vouching import vouch
from app.casework.waiting_member import waiting_member
from app.domain.trail import TrailKind
from app.persistence.staff import Proposal


def propose_grant(kit: Kit, actor: Caseworker, fingerprint: str) -> str:
    """Keep that this caseworker compared this very key; nothing is granted. The member's id.

    Raises NotFound, Stale, KeyNotTrusted.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        current_team(kit, work, actor)
        member = waiting_member(work, actor, fingerprint)
        compared = vouch(actor.team.current, proposal_name(member.id, actor.id), member.public)
        work.staff.propose_grant(Proposal(member.id, actor.id, at, compared))
        note(work, TrailKind.GRANT_PROPOSED, actor.id, at, member.id)
        work.commit()
    return member.id


def proposal_name(member_id: str, proposed_by: str) -> str:
    """What the MAC of a proposal binds beside the key: whose it is, and who compared it."""
    return f"proposal {member_id} by {proposed_by}"
