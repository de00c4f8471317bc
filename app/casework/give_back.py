"""Giving a case back before its lease ends."""

from app.casework.actors import Caseworker
from app.casework.cases import load_for
from app.casework.errors import NotHolding
from app.casework.kit import Kit
from app.domain.requests import NotTaken


def give_back(kit: Kit, actor: Caseworker, request_id: str) -> None:
    """End one's own lease. Raises NotHolding, Recused, NotFound."""
    at = kit.clock()
    with kit.database.writing() as work:
        try:
            request, entry = load_for(work, actor, request_id).give_back(actor.id, at)
        except NotTaken:
            raise NotHolding from None
        work.requests.save(request)
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()
