"""The places of a notice as its ladder sees them: plain columns alone."""

from collections.abc import Mapping

from app.domain.chasing import Chased
from app.domain.locations import Location
from app.domain.notice_words import NoticeKind
from app.domain.words import NoticeState
from app.persistence.database import Work
from app.persistence.notices import Notice

_OUT_OR_GOING = frozenset({NoticeState.APPROVED, NoticeState.SENT, NoticeState.ANSWERED})


def chased_places(work: Work, notice: Notice, known: Mapping[str, Location]) -> tuple[Chased, ...]:
    """Those that this notice is the newest word about. `known`: the places of its case, by id."""
    newer = noticed_since(work, notice)
    return tuple(
        Chased(place_id, known[place_id].state, known[place_id].state_at, reply, replied_at)
        for place_id, (reply, replied_at) in work.notices.said(notice.id).items()
        if place_id not in newer
    )


def noticed_since(work: Work, notice: Notice) -> set[str]:
    """Places that a later first notice names, to somebody else or because they are back: what becomes of this
    one is history. A search engine is asked beside whoever has the place, each on its own."""
    later = [one for one in work.notices.of_request(notice.request_id) if _is_newer(one, notice)]
    return {place for one in later for place in work.notices.location_ids(one.id)}


def _is_newer(one: Notice, notice: Notice) -> bool:
    if one.approved_at <= notice.approved_at or not one.is_first or one.state not in _OUT_OR_GOING:
        return False
    if NoticeKind.SEARCH in (one.kind, notice.kind):
        return one.kind is notice.kind and one.provider_id == notice.provider_id
    return True
