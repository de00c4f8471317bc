"""Taking a case: a lease, so that two caseworkers never work on one."""

from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.cases import load_for, save_moves
from app.casework.errors import TakenBySomeoneElse
from app.casework.kit import Kit
from app.domain.desk_words import Shelf
from app.domain.requests import AlreadyTaken
from app.domain.words import LocationState
from app.persistence.database import Work


def take_case(kit: Kit, actor: Caseworker, request_id: str) -> None:
    """Lease the case; its places are then being looked at. It waits for nobody and no day any more.

    Raises TakenBySomeoneElse, Recused, NotFound.
    """
    with kit.database.writing() as work:
        take_within(work, actor, request_id, kit.clock())
        work.commit()


def take_within(work: Work, actor: Caseworker, request_id: str, at: datetime) -> None:
    """The same within the caller's transaction, which may hold several cases: always in the order of ids."""
    request = load_for(work, actor, request_id)
    try:
        request, entry = request.take(actor.id, at)
    except AlreadyTaken:
        raise TakenBySomeoneElse from None
    work.stepped_aside.come_back(request_id, actor.id, Shelf.SKIPPED)
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
