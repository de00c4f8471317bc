"""I know this person: a caseworker steps back from a case for good. Nobody asks why."""

from dataclasses import replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.cases import load_for, save_moves
from app.casework.kit import Kit
from app.casework.reopen_request import trusted
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import RequestState
from app.persistence.database import Work


def recuse(kit: Kit, actor: Caseworker, request_id: str) -> None:
    """From now on nothing of this case opens for them; only a supervisor can lift that, never for themselves.

    What they held is free again. A doubt of theirs (`doubt_request`) no longer counts: who knows the person
    is not who says that there is no request. Raises Recused when they stepped back before, NotFound.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = _without(work, load_for(work, actor, request_id), actor.id, at)
        work.stepped_aside.recuse(request_id, actor.id)
        save_moves(work, request)
        work.trail.append(request.trail_id, Entry(TrailKind.RECUSED, actor.id), actor.id, at)
        work.commit()


def _without(work: Work, request: Request, member_id: str, at: datetime) -> Request:
    """The request with nothing of this member in it."""
    if request.taken_by == member_id:
        request = replace(request, taken_by=None, lease_until=None)
    if request.offered_to == member_id:
        request = replace(request, offered_to=None)
    if request.doubted_by == member_id and request.state is RequestState.OPEN:
        request = trusted(work, request, member_id, at)
    return request
