"""A caseworker says that they had a break: nobody checks, nobody counts it."""

from app.casework.actors import Caseworker
from app.casework.exposure import today_of
from app.casework.kit import Kit


def take_break(kit: Kit, actor: Caseworker) -> None:
    """Their stretch of work begins anew. No line in the trail: a break is nobody else's business."""
    at = kit.clock()
    with kit.database.writing() as work:
        work.openings.save(actor.id, work.openings.hold(actor.id, at, today_of(kit)).rested(at))
        work.commit()
