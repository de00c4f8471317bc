"""Granting the team key to a new colleague, whose key was compared by voice."""

from dataclasses import replace

from app.casework.actors import Caseworker
from app.casework.current_team import current_team
from app.casework.enrol_member import add_grant, vouched_for
from app.casework.errors import KeyNotTrusted, SecondPersonNeeded, Stale
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.propose_grant import proposal_name
from app.casework.vouching import require_vouched
from app.casework.waiting_member import waiting_member
from app.domain.staff import StaffState, move
from app.domain.trail import TrailKind
from app.persistence.database import Work
from app.persistence.errors import NotThere, Overtaken
from app.persistence.staff import Member


def make_grant(kit: Kit, actor: Caseworker, fingerprint: str) -> str:
    """Vouch for the key behind this fingerprint and seal the team key to it. The member's id.

    Raises NotFound (nobody who waits has this fingerprint), SecondPersonNeeded (no other caseworker has
    compared it yet), Stale, KeyNotTrusted.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        current_team(kit, work, actor)
        member = waiting_member(work, actor, fingerprint)
        if kit.settings.two_person and not _is_seconded(work, actor, member):
            raise SecondPersonNeeded
        team, key_id = actor.team.current, work.team_keys.current().id
        state = move(member.state, StaffState.ACTIVE)
        granted = replace(member, state=state, public_mac=vouched_for(member, team))
        try:
            work.staff.save(granted, member.state)
        except Overtaken:
            raise Stale from None
        work.staff.drop_proposal(member.id)
        add_grant(work, granted, key_id, team)
        note(work, TrailKind.GRANT_MADE, actor.id, at, member.id)
        work.commit()
    return member.id


def _is_seconded(work: Work, actor: Caseworker, member: Member) -> bool:
    """Whether another caseworker, still active, compared the key that lies there now."""
    proposal = work.staff.proposal(member.id)
    if proposal is None or proposal.proposed_by == actor.id:
        return False
    try:
        by = work.staff.member(proposal.proposed_by)
        name = proposal_name(member.id, proposal.proposed_by)
        require_vouched(actor.team.current, name, member.public, proposal.public_mac)
    except (NotThere, KeyNotTrusted):
        return False  # it is asked for once more
    return by.role.opens_cases and by.state is StaffState.ACTIVE
