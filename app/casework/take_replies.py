"""A provider's words about places of one notice, whichever way they came: kept, counted, and followed.

They stay the provider's words: nobody checked. "Removed" is one of the two words that a confirmation needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.casework.cases import save_moves
from app.casework.count_outcome import count_outcome, noticed_at
from app.casework.follow_word import follow_word
from app.casework.kit import new_id
from app.casework.open_claim import open_claim
from app.domain.assessments import Finding
from app.domain.counting import OF_REPLY
from app.domain.locations import Location
from app.domain.moves import SAID_GONE
from app.domain.notice_words import NoticeKind, Seen, SignalSource
from app.domain.replies import state_after
from app.domain.requests import Request
from app.domain.signals import Signal
from app.domain.timers import Times
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState, Reply
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
PROVIDER = "provider"
"""Who stands in the trail for what came through a link: nobody proved who they are."""
_NO_TIMES = Times()


@dataclass(frozen=True)
class _Said:
    reply: Reply
    by: str
    at: datetime
    finding: Finding | None


def take_replies(
    work: Work,
    request: Request,
    notice: Notice | None,
    replies: Mapping[str, Reply],
    by: str,
    at: datetime,
    findings: Mapping[str, Finding] | None = None,
    times: Times = _NO_TIMES,
) -> Request:
    """Within the caller's transaction, once, last: saves the request. `replies` by location id; `by` is who
    stands in the trail ("provider", or the caseworker who noted it). `findings` of those places, for the
    chart; without one a place counts under unknown. `times`: the operator's (kit.settings.times). Without a
    notice: somebody else's went out, such as that of the hotline it was referred to.

    Raises Stale.
    """
    locations = {one.id: one for one in work.requests.locations_of(request.id)}
    known = findings or {}
    said = work.trail.newest_of(request.trail_id, TRAIL.values())
    moved: dict[str, Location] = {}
    for location_id, reply in replies.items():
        before, word = locations[location_id], _Said(reply, by, at, known.get(location_id))
        kind = NoticeKind.CSAM if notice is None else notice.kind
        if notice is not None:
            work.notices.note_reply(notice.id, location_id, reply, to_minute(at))
        after = _after(work, request, kind, before, word, times)
        since = noticed_at(work, before)
        if _is_counted(kind, before, after, reply, said.get((TRAIL[reply], location_id)), since):
            count_outcome(work, word.finding, OF_REPLY[reply], at, since)
        work.trail.append(request.trail_id, Entry(TRAIL[reply], location_id), by, at)
        if reply is Reply.OVER_18 and notice is not None:
            open_claim(work, notice.id, location_id, at, by)
        if after != before:
            moved[location_id] = after
    _destroy_packs(work, request, locations | moved)
    return save_moves(work, request, *moved.values())


def _after(
    work: Work, request: Request, kind: NoticeKind, before: Location, said: _Said, times: Times
) -> Location:
    """Where it stands after the word. "Removed" is to be looked at within `times.confirm`, and may be the
    second of two words."""
    to = state_after(kind, before.state, said.reply)
    after = before if to is None else before.move(to, said.at)
    if to is LocationState.SAYS_REMOVED:
        after = after.due(to_minute(said.at + times.confirm))
    if said.reply is not Reply.REMOVED or kind is NoticeKind.SEARCH:
        return after
    by = "" if said.by == PROVIDER else said.by
    word = Signal(new_id(), before.id, before.back_count, SignalSource.PROVIDER, Seen.GONE, said.at, by)
    return follow_word(work, request, after, word, times, said.finding)


def _is_counted(
    kind: NoticeKind,
    before: Location,
    after: Location,
    reply: Reply,
    said_at: datetime | None,
    since: datetime | None,
) -> bool:
    """Each kind of word counts once for each time that the place was there: a link that is pressed again and
    again adds nothing. "Removed" counts where the place was waited for. `said_at`: when it was last said."""
    if reply is Reply.REMOVED:
        return before.state not in SAID_GONE and after.state in SAID_GONE
    if kind in (NoticeKind.SEARCH, NoticeKind.UPSTREAM):
        return False
    return said_at is None or (since is not None and said_at < since)


def _destroy_packs(work: Work, request: Request, locations: Mapping[str, Location]) -> None:
    """What is gone from everywhere is not chased. Search engines are asked whether or not a place is gone."""
    for notice in work.notices.of_request(request.id):
        named = work.notices.location_ids(notice.id)
        if notice.kind is not NoticeKind.SEARCH and not any(locations[one].is_open for one in named):
            work.notices.destroy_pack(notice.id)
