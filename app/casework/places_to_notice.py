"""Which places of a case a notice can be written about now: to who has them, and to search engines."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.casework.case_folder import CasePlace
from app.casework.errors import NotAllowed
from app.domain.moves import GONE_OUT, NOTICE_FROM
from app.domain.notice_words import NoticeKind
from app.domain.words import LocationState, NoticeState
from app.persistence.database import Work

_NEVER_WENT = frozenset({NoticeState.CANCELLED, NoticeState.PLANNED})
_NOT_ASKED = frozenset({NoticeState.CANCELLED, NoticeState.UNDELIVERED})
SEARCHED = GONE_OUT | {LocationState.ASSESSED, LocationState.APPROVED}
"""A search engine may be asked: results, and pictures in them, outlive the place itself."""


@dataclass(frozen=True)
class Noticed:
    """Ids of places that stand in notices of their case already.

    `by_host`: in one to who has them, or who supplies those. `by_search`: by id of a search engine.
    """

    by_host: frozenset[str]
    by_search: dict[str, frozenset[str]]


def noticed_before(work: Work, request_id: str) -> Noticed:
    """Notices that never went are none."""
    by_host: set[str] = set()
    by_search: dict[str, frozenset[str]] = {}
    for notice in work.notices.of_request(request_id):
        if notice.kind is NoticeKind.SEARCH and notice.state not in _NOT_ASKED:
            named = frozenset(work.notices.location_ids(notice.id))
            by_search[notice.provider_id] = by_search.get(notice.provider_id, frozenset()) | named
        elif notice.kind is not NoticeKind.SEARCH and notice.state not in _NEVER_WENT:
            by_host |= set(work.notices.location_ids(notice.id))
    return Noticed(frozenset(by_host), by_search)


def to_notice(places: Iterable[CasePlace], noticed: Noticed) -> tuple[CasePlace, ...]:
    """With an address, and a finding that asks for removal. A place that was referred waits for a notice only
    as long as it had none: no letter goes twice by itself."""
    return tuple(
        place
        for place in places
        if place.state in NOTICE_FROM and _asks_removal(place) and not is_second(place, noticed)
    )


def is_second(place: CasePlace, noticed: Noticed) -> bool:
    """Whether another hotline has it, and a notice went as well."""
    return place.state is LocationState.REFERRED and place.id in noticed.by_host


def to_search(places: Iterable[CasePlace], noticed: Noticed, provider_id: str) -> tuple[CasePlace, ...]:
    """What that search engine was not asked about yet. What lies with it itself goes by the letter to it."""
    asked = noticed.by_search.get(provider_id, frozenset())
    return tuple(
        place
        for place in places
        if place.state in SEARCHED
        and _asks_removal(place)
        and place.id not in asked
        and place.provider_id != provider_id
    )


def kind_of(places: Iterable[CasePlace]) -> NoticeKind:
    """Which whole letter is about them. Raises NotAllowed when they are of several kinds."""
    kinds = {place.finding.kind for place in places if place.finding is not None}
    if len(kinds) != 1:
        raise NotAllowed
    return NoticeKind(kinds.pop())


def _asks_removal(place: CasePlace) -> bool:
    return bool(place.url) and place.finding is not None and place.finding.asks_removal
