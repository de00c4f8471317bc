"""Proving, while nothing is wrong, that the shares still open the team key."""

from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.recover_team_key import recover_team_key
from app.domain.trail import TrailKind


def drill_recovery(kit: Kit, shares: tuple[str, ...]) -> None:
    """Changes nothing but the day of the last drill, and says so in the trail.

    Raises as recover_team_key; then nothing is written.
    """
    opened, at = recover_team_key(kit, shares), kit.clock()
    with kit.database.writing() as work:
        work.team_keys.note_drill(opened.recovery_key_id, at)
        note(work, TrailKind.RECOVERY_DRILLED, "command", at)
        work.commit()
