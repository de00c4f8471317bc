"""A caseworker has made sure that the child's own access is the child's: from now on it decides alone."""

from dataclasses import replace

from app.casework.actors import Caseworker
from app.casework.cases import load_held
from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.domain.trail import Entry, TrailKind
from app.domain.words import Standing


def verify_child(kit: Kit, actor: Caseworker, request_id: str) -> None:
    """Raises NotAllowed when there is no such access, or nothing left to verify; NotHolding, NotFound."""
    with kit.database.writing() as work:
        request = load_held(work, actor, request_id, kit)
        child = next((one for one in work.parties.of_request(request.id) if one.number > 1), None)
        if child is None or child.standing is not Standing.CHILD or child.is_revoked:
            raise NotAllowed
        work.parties.save(replace(child, standing=Standing.OWN))
        work.requests.save(request)
        work.trail.append(request.trail_id, Entry(TrailKind.CHILD_VERIFIED, child.id), actor.id, kit.clock())
        work.commit()
