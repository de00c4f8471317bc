"""Taking a case: a lease, so that two caseworkers never work on one."""

from app.casework.actors import Caseworker
from app.casework.cases import load, save_moves
from app.casework.errors import TakenBySomeoneElse
from app.casework.kit import Kit
from app.domain.requests import AlreadyTaken
from app.domain.words import LocationState


def take_case(kit: Kit, actor: Caseworker, request_id: str) -> None:
    """Lease the case; its places are then being looked at. Raises TakenBySomeoneElse, NotFound."""
    at = kit.clock()
    with kit.database.writing() as work:
        request = load(work, request_id)
        try:
            request, entry = request.take(actor.id, at)
        except AlreadyTaken:
            raise TakenBySomeoneElse from None
        save_moves(
            work,
            request,
            *(
                location.move(LocationState.ASSESSING, at)
                for location in work.requests.locations_of(request_id)
                if location.state is LocationState.RECEIVED
            ),
        )
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()
