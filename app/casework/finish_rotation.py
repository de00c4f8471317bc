"""The end of a rotation: the key before is destroyed with everything that led to it."""

from app.casework.actors import Caseworker
from app.casework.current_team import current_team
from app.casework.errors import RotationRefused
from app.casework.hotline_trail import note
from app.casework.kit import Kit
from app.casework.reseal_to_team import left_under
from app.casework.second_person import require_second
from app.domain.staff import KeyState
from app.domain.trail import TrailKind
from app.persistence.team_keys import COURIER


def finish_rotation(kit: Kit, actor: Caseworker, second: Caseworker | None = None, given_up: int = 0) -> None:
    """Couriers are locked and staff sessions end once more: those of the switch hold the key before.

    What is left is counted once more within the transaction. `given_up`: how many rows, which the key
    before does not open either, may stay behind. Raises RotationRefused (nothing_prepared, left_over,
    second_person), Stale.
    """
    people, at = require_second(kit, actor, second), kit.clock()
    with kit.database.writing() as work:
        work.team_keys.hold()
        current_team(kit, work, actor)
        old, current = work.team_keys.in_state(KeyState.OLD), work.team_keys.current()
        if old is None:
            raise RotationRefused("nothing_prepared")
        if left_under(work, old).in_all > given_up:
            raise RotationRefused("left_over")
        work.staff.destroy_grants(team_key_id=old.id)
        work.team_keys.destroy(old.id)
        work.team_keys.cut_bridge(current.id)
        for key in work.hotline_keys.of_kind(COURIER, KeyState.OLD):
            work.hotline_keys.destroy(key.id)
        work.courier_processes.lock_all()
        work.sessions.end_of_staff()
        for person in people:
            note(work, TrailKind.ROTATION_FINISHED, person, at, current.id)
        work.commit()
