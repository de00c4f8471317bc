"""How much anybody was shown on an earlier day is nobody's business: it is deleted."""

from app.casework.exposure import today_of
from app.casework.kit import Kit
from app.domain.exposure import PAUSE


def sweep_openings(kit: Kit) -> int:
    """How many members' rows were deleted. Who works past midnight keeps theirs until they stop."""
    with kit.database.writing() as work:
        count = work.openings.sweep(today_of(kit), kit.clock() - PAUSE)
        work.commit()
    return count
