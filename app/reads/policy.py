"""The policy of the desk, for the page on which supervisors change it."""

from app.casework.kit import Kit
from app.casework.policy import policy_of
from app.domain.policy import Policy


def read_policy(kit: Kit) -> Policy:
    """What is in force."""
    with kit.database.reading() as work:
        return policy_of(work)
