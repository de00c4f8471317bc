"""The two-person rule for what touches the team key: policy of this program, not of the keys."""

from app.casework.actors import Caseworker
from app.casework.errors import RotationRefused
from app.casework.kit import Kit


def require_second(kit: Kit, actor: Caseworker, second: Caseworker | None) -> tuple[str, ...]:
    """Ids of who acts. Raises RotationRefused when settings ask for two and there is one."""
    if kit.settings.two_person and (second is None or second.id == actor.id):
        raise RotationRefused("second_person")
    return (actor.id,) if second is None else (actor.id, second.id)
