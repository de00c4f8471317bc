"""Changing the policy of the desk: limits of a day, breaks, and which steps take two caseworkers."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.errors import NotAllowed, Stale
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.policy import keep_policy, policy_of
from app.domain.policy import Policy
from app.domain.trail import TrailKind
from app.domain.words import Role


@dataclass(frozen=True)
class PolicyInput:
    """The policy as it shall be. `seen`: what stood on the page (Policy.written)."""

    policy: Policy
    seen: str


def change_policy(kit: Kit, actor: Caseworker, given: PolicyInput) -> None:
    """In force for everybody with their next click. A policy that stays as it is leaves no line.

    Raises NotAllowed (no supervisor, or a policy that cannot be), Stale (somebody else changed it meanwhile).
    """
    if actor.role is not Role.SUPERVISOR or given.policy.faults:
        raise NotAllowed
    with kit.database.writing() as work:
        work.team_keys.hold()  # so that two supervisors take turns
        before = policy_of(work)
        if before.written != given.seen:
            raise Stale
        if before != given.policy:
            keep_policy(work, given.policy)
            note(work, TrailKind.POLICY_CHANGED, actor.id, kit.clock())
        work.commit()
