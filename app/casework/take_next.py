"""Taking the case that stands first in the queue, without choosing one."""

from app.casework.actors import Caseworker
from app.casework.errors import NotFound, Recused, Stale, TakenBySomeoneElse
from app.casework.exposure import refuse_new
from app.casework.kit import Kit
from app.casework.take_case import take_case

MOST_TRIES = 10


def take_next(kit: Kit, actor: Caseworker) -> str | None:
    """The id of the case that is theirs now; None when nothing is free.

    Where a colleague was faster, the next one; raises TakenBySomeoneElse when that was so MOST_TRIES times.
    Raises EnoughForToday: nobody gets a case that would not open.
    """
    for _ in range(MOST_TRIES):
        with kit.database.reading() as work:
            refuse_new(kit, work, actor)
            first = work.queue.free(actor.id, kit.clock())
        if not first:
            return None
        try:
            take_case(kit, actor, first[0].request_id)
        except (TakenBySomeoneElse, Stale, NotFound, Recused):
            continue
        return first[0].request_id
    raise TakenBySomeoneElse
