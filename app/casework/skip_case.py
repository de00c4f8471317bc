"""Skipping a case: somebody cannot, today. No reason is asked, and no trail tells of it."""

from dataclasses import replace
from datetime import timedelta

from app.casework.actors import Caseworker
from app.casework.cases import load_for, save_moves
from app.casework.kit import Kit

SKIPPED_FOR = timedelta(hours=12)


def skip_case(kit: Kit, actor: Caseworker, request_id: str) -> None:
    """Out of this member's free cases for twelve hours. Held, it is given back; offered to them, it is
    anybody's again. Taking it all the same ends that. Raises Recused, NotFound."""
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_for(work, actor, request_id)
        if request.is_held_by(actor.id, at):
            request, entry = request.give_back(actor.id, at)
            work.trail.append(request.trail_id, entry, actor.id, at)
        if request.offered_to == actor.id:
            request = replace(request, offered_to=None)
        work.stepped_aside.skip(request_id, actor.id, at + SKIPPED_FOR, at)
        save_moves(work, request)
        work.commit()
