"""A provider's word, recorded by a caseworker. It stays the provider's word: nobody checked."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.cases import load_held
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.kit import Kit
from app.domain.locations import Location
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState, Reply
from app.persistence.database import Work
from app.persistence.errors import Overtaken


@dataclass(frozen=True)
class ReplyInput:
    """What the provider replied about these locations."""

    request_id: str
    location_ids: tuple[str, ...]
    reply: Reply


_TRAIL = {
    Reply.REMOVED: TrailKind.REPLY_REMOVED,
    Reply.NOT_OURS: TrailKind.REPLY_NOT_OURS,
    Reply.ASKS: TrailKind.REPLY_ASKS,
    Reply.REFUSES: TrailKind.REPLY_REFUSES,
}


def record_reply(kit: Kit, actor: Caseworker, given: ReplyInput) -> None:
    """Write the reply into the trail. "Removed" moves the locations to "provider says removed", and a
    chase pack whose places are all gone is destroyed; any other reply leaves them noticed and open.

    Raises NotAllowed when no notice about a location was sent, NotFound, NotHolding, Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        locations = {location.id: location for location in work.requests.locations_of(request.id)}
        if not given.location_ids or not set(given.location_ids) <= set(locations):
            raise NotFound
        for location_id in given.location_ids:
            locations[location_id] = _reply_for(work, locations[location_id], given.reply, at)
            work.trail.append(request.trail_id, Entry(_TRAIL[given.reply], location_id), actor.id, at)
        for notice in work.notices.of_request(request.id):
            if not any(locations[one].is_open for one in work.notices.location_ids(notice.id)):
                work.notices.destroy_pack(notice.id)
        work.requests.save(request.counting(sum(location.is_open for location in locations.values())))
        work.commit()


def _reply_for(work: Work, location: Location, reply: Reply, at: datetime) -> Location:
    if location.state is not LocationState.NOTICE_SENT:
        raise NotAllowed
    if reply is not Reply.REMOVED:
        return location
    removed = location.move(LocationState.SAYS_REMOVED, at)
    try:
        work.requests.save_location(removed)
    except Overtaken:
        raise Stale from None
    return removed
