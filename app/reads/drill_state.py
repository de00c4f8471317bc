"""When the recovery shares were last tried. Paper gets lost, and people move."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.casework.kit import Kit

DRILL_EVERY = timedelta(days=180)


@dataclass(frozen=True)
class DrillState:
    """`since`: the last drill, or, before the first one, the day the shares were made.

    None, and nothing overdue, where there is no recovery key.
    """

    since: datetime | None
    was_drilled: bool
    days: int
    is_overdue: bool


def read_drill_state(kit: Kit) -> DrillState:
    with kit.database.reading() as work:
        recovery = work.team_keys.recovery()
    if recovery is None:
        return DrillState(None, False, 0, False)
    since = recovery.drilled_at or recovery.made_at
    ago = kit.clock() - since
    return DrillState(since, recovery.drilled_at is not None, ago.days, ago > DRILL_EVERY)
