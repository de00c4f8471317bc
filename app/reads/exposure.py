"""What one caseworker was shown today, for themselves; and of a whole team, about how much."""

from app.casework.actors import Caseworker
from app.casework.errors import NotAllowed
from app.casework.exposure import today_of
from app.casework.kit import Kit
from app.casework.policy import policy_of
from app.domain.exposure import Exposure, exposure_of, team_sum
from app.domain.words import Role
from app.persistence.errors import NotThere


def read_exposure(kit: Kit, actor: Caseworker) -> Exposure:
    """One's own day. There is no way to ask for somebody else's."""
    with kit.database.reading() as work:
        return exposure_of(work.openings.of(actor.id), policy_of(work), kit.clock(), today_of(kit))


def is_holding(kit: Kit, actor: Caseworker, request_id: str) -> bool:
    """Whether they have a case now, known without opening it."""
    with kit.database.reading() as work:
        try:
            return work.requests.load(request_id).is_held_by(actor.id, kit.clock())
        except NotThere:
            return False


def read_team_exposure(kit: Kit, actor: Caseworker) -> int | None:
    """For a supervisor: about how much colleagues were shown today, all together. None while fewer than
    three of them opened anything. Their own number is left out: they could take it off. Raises NotAllowed."""
    if actor.role is not Role.SUPERVISOR:
        raise NotAllowed
    with kit.database.reading() as work:
        return team_sum(work.openings.others_on(today_of(kit), actor.id))
