"""Bringing a forgotten request back within its seven days, when the person asks for it by phone."""

from app.casework.actors import Caseworker
from app.casework.cases import load_even_forgotten, refuse_recused
from app.casework.errors import NotFound
from app.casework.kit import Kit


def undo_forgetting(kit: Kit, actor: Caseworker, request_id: str) -> None:
    """The code and the desk find it again; letters that were dropped wait for a new approval.

    Raises NotFound when it is not forgotten, or its days are over; Recused.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_even_forgotten(work, request_id)
        refuse_recused(work, actor, request_id)
        if not request.is_forgotten or request.is_due_to_be_destroyed(at):
            raise NotFound
        request, entry = request.undo_forgetting(work.requests.locations_of(request.id))
        work.requests.save(request)
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()
