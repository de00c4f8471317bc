"""Lifting a recusal: it was a mistake, or it no longer holds. A supervisor does it, never for themselves."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.cases import load_for
from app.casework.errors import NotAllowed, Stale
from app.casework.kit import Kit
from app.domain.desk_words import Shelf
from app.domain.trail import Entry, TrailKind
from app.domain.words import Role


@dataclass(frozen=True)
class LiftInput:
    """`member_id`: who stepped back."""

    request_id: str
    member_id: str


def lift_recusal(kit: Kit, actor: Caseworker, given: LiftInput) -> None:
    """The case opens for that member again. Raises NotAllowed for who is no supervisor; Recused for a
    supervisor who stepped back from it; Stale when the member is not (any more) recused; NotFound."""
    if actor.role is not Role.SUPERVISOR:
        raise NotAllowed
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_for(work, actor, given.request_id)
        if not work.stepped_aside.is_recused(request.id, given.member_id):
            raise Stale
        work.stepped_aside.come_back(request.id, given.member_id, Shelf.RECUSED)
        entry = Entry(TrailKind.RECUSAL_LIFTED, given.member_id)
        work.trail.append(request.trail_id, entry, actor.id, at)
        work.commit()
