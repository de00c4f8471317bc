"""Running a prepared rotation to its end, or going on with one that was interrupted."""

from collections.abc import Callable

from app.casework.actors import Caseworker
from app.casework.finish_rotation import finish_rotation
from app.casework.kit import Kit
from app.casework.reseal_to_team import Batch, Left, left_under, reseal_to_team
from app.casework.second_person import require_second
from app.casework.switch_team_key import switch_team_key
from app.domain.staff import KeyState
from app.persistence.forgetting import scrub


def rotate_team_key(
    kit: Kit,
    actor: Caseworker,
    second: Caseworker | None = None,
    gives_up_damaged: bool = False,
    on_batch: Callable[[Batch], None] = lambda _: None,
) -> None:
    """Switch unless that is done, seal everything anew, destroy the key before.

    `on_batch` hears of each step, and of damaged rows, which keep the rotation from ending unless
    `gives_up_damaged`. Raises RotationRefused (left_over, and as its steps do), Stale, KeyNotTrusted.
    """
    require_second(kit, actor, second)
    if left_to_rotate(kit) is None:
        actor = switch_team_key(kit, actor, second)
    damaged = 0
    for batch in reseal_to_team(kit, actor):
        damaged += len(batch.damaged)
        on_batch(batch)
    finish_rotation(kit, actor, second, given_up=damaged if gives_up_damaged else 0)
    scrub(kit.database.engine)  # as far as it goes now: what was destroyed is not to lie in the log


def left_to_rotate(kit: Kit) -> Left | None:
    """What lies under the key before; None when no switch has happened."""
    with kit.database.reading() as work:
        old = work.team_keys.in_state(KeyState.OLD)
        return None if old is None else left_under(work, old)


def count_to_rotate(kit: Kit) -> int:
    """How many rows a run has before it, whether it begins or goes on."""
    with kit.database.reading() as work:
        old = work.team_keys.in_state(KeyState.OLD)
        if old is not None:
            return left_under(work, old).in_all
        return left_under(work, work.team_keys.current(), KeyState.CURRENT).in_all
