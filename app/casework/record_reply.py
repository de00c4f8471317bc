"""A provider's word, recorded by a caseworker. It stays the provider's word: nobody checked."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.cases import load_held, save_moves
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.domain.locations import Location
from app.domain.moves import NOTICED
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState, Reply


@dataclass(frozen=True)
class ReplyInput:
    """What the provider replied about these locations."""

    request_id: str
    location_ids: tuple[str, ...]
    reply: Reply


_TRAIL = {
    Reply.HAS_IT: TrailKind.REPLY_HAS_IT,
    Reply.REMOVED: TrailKind.REPLY_REMOVED,
    Reply.NOT_OURS: TrailKind.REPLY_NOT_OURS,
    Reply.ASKS: TrailKind.REPLY_ASKS,
    Reply.REFUSES: TrailKind.REPLY_REFUSES,
}


_STATE = {
    Reply.HAS_IT: LocationState.HAS_IT,
    Reply.REMOVED: LocationState.SAYS_REMOVED,
    Reply.REFUSES: LocationState.REFUSED,
}


def record_reply(kit: Kit, actor: Caseworker, given: ReplyInput) -> None:
    """Write the reply into the trail. "Removed", "has it" and "refuses" move the locations to the state
    that says so; a chase pack whose places are all gone is destroyed.

    Raises NotAllowed when no notice about a location was sent, NotFound, NotHolding, Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        locations = {location.id: location for location in work.requests.locations_of(request.id)}
        if not given.location_ids or not set(given.location_ids) <= set(locations):
            raise NotFound
        for location_id in given.location_ids:
            locations[location_id] = _reply_for(locations[location_id], given.reply, at)
            work.trail.append(request.trail_id, Entry(_TRAIL[given.reply], location_id), actor.id, at)
        for notice in work.notices.of_request(request.id):
            if not any(locations[one].is_open for one in work.notices.location_ids(notice.id)):
                work.notices.destroy_pack(notice.id)
        save_moves(work, request, *(locations[one] for one in dict.fromkeys(given.location_ids)))
        work.commit()


def _reply_for(location: Location, reply: Reply, at: datetime) -> Location:
    """A question, or "not ours", moves nothing: the place stays noticed until a caseworker acts on it."""
    if location.state not in NOTICED:
        raise NotAllowed
    return location.move(_STATE[reply], at) if reply in _STATE else location
