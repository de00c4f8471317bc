"""Sessions that are over are deleted, not only refused."""

from app.casework.kit import Kit
from app.domain.sessions import ALWAYS, IDLE


def sweep_sessions(kit: Kit) -> int:
    """How many were deleted."""
    at = kit.clock()
    longest_idle, longest = max(IDLE.values()), max(ALWAYS.values())
    with kit.database.writing() as work:
        count = work.sessions.sweep(at - longest_idle, at - longest)
        work.commit()
    return count
