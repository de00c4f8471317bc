"""A caseworker has checked that a representative may act: from now on they see each place's state."""

from dataclasses import replace

from app.casework.actors import Caseworker
from app.casework.cases import load_held
from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.domain.trail import Entry, TrailKind
from app.domain.words import Standing


def check_authority(kit: Kit, actor: Caseworker, request_id: str) -> None:
    """Raises NotAllowed when there is nothing to check, NotHolding, NotFound."""
    with kit.database.writing() as work:
        request = load_held(work, actor, request_id, kit)
        party = work.parties.of_request(request_id)[0]
        if party.standing is not Standing.UNCHECKED or party.is_revoked:
            raise NotAllowed
        work.parties.save(replace(party, standing=Standing.CHECKED))
        work.requests.save(request)
        work.trail.append(
            request.trail_id, Entry(TrailKind.AUTHORITY_CHECKED, party.id), actor.id, kit.clock()
        )
        work.commit()
