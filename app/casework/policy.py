"""The hotline's policy as it is kept: what nobody decided is as in app/domain/policy.py."""

from datetime import timedelta

from app.domain.desk_words import Step
from app.domain.policy import Policy
from app.persistence.database import Work


def policy_of(work: Work) -> Policy:
    """The policy in force."""
    kept, usual = work.policies.all(), Policy()
    minutes = int(kept.get("break_after", usual.break_minutes))
    return Policy(
        soft_limit=int(kept.get("soft_limit", usual.soft_limit)),
        hard_limit=int(kept.get("hard_limit", usual.hard_limit)),
        break_after=timedelta(minutes=minutes),
        second_for=frozenset(Step(one) for one in kept.get("second_for", "").split()),
    )


def keep_policy(work: Work, policy: Policy) -> None:
    """Within the transaction of the verb that changes it."""
    work.policies.save(
        {
            "soft_limit": str(policy.soft_limit),
            "hard_limit": str(policy.hard_limit),
            "break_after": str(policy.break_minutes),
            "second_for": " ".join(sorted(policy.second_for)),
        }
    )
