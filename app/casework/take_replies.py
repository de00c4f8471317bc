"""A provider's words about places of one notice, whichever way they came: kept, counted, and followed.

They stay the provider's words: nobody checked. "Removed" is one of the two words that a confirmation needs.
"""

from collections.abc import Mapping
from datetime import datetime

from app.casework.cases import save_moves
from app.casework.kit import new_id
from app.domain.locations import Location
from app.domain.notice_words import NoticeKind, Seen, SignalSource
from app.domain.replies import state_after
from app.domain.requests import Request
from app.domain.signals import Signal
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import Reply
from app.persistence.database import Work
from app.persistence.notices import Notice

TRAIL = {
    Reply.HAS_IT: TrailKind.REPLY_HAS_IT,
    Reply.REMOVED: TrailKind.REPLY_REMOVED,
    Reply.NOT_OURS: TrailKind.REPLY_NOT_OURS,
    Reply.ASKS: TrailKind.REPLY_ASKS,
    Reply.REFUSES: TrailKind.REPLY_REFUSES,
    Reply.AGE_DOUBT: TrailKind.REPLY_AGE_DOUBT,
    Reply.OVER_18: TrailKind.REPLY_OVER_18,
}


def take_replies(
    work: Work, request: Request, notice: Notice, replies: Mapping[str, Reply], by: str, at: datetime
) -> Request:
    """Within the caller's transaction, once, last: saves the request. `replies` by location id; `by` is who
    stands in the trail ("provider", or the caseworker who noted it).

    Raises Stale.
    """
    locations = {one.id: one for one in work.requests.locations_of(request.id)}
    moved: dict[str, Location] = {}
    for location_id, reply in replies.items():
        location = locations[location_id]
        work.notices.note_reply(notice.id, location_id, reply, to_minute(at))
        work.trail.append(request.trail_id, Entry(TRAIL[reply], location_id), by, at)
        to = state_after(notice.kind, location.state, reply)
        if reply is Reply.REMOVED and notice.kind is not NoticeKind.SEARCH:
            said = Signal(
                new_id(),
                location_id,
                location.back_count,
                SignalSource.PROVIDER,
                Seen.GONE,
                to_minute(at),
                "",
            )
            work.signals.add(said)
        if to is not None:
            moved[location_id] = location.move(to, at)
    return save_moves(work, request, *moved.values())
