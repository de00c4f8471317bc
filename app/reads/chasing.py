"""What wants a person after a notice, and what nobody moves: plain columns alone, no address."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.chased_places import chased_places
from app.casework.kit import Kit
from app.casework.open_case import handle_of
from app.domain.chasing import ESCALATED, step_at
from app.domain.locations import Location
from app.domain.notice_words import ChaseStep, NoticeKind
from app.domain.words import LocationState
from app.persistence.database import Work
from app.persistence.notices import Notice

MOST = 100


@dataclass(frozen=True)
class WantedRow:
    """A notice with a step that waits for a person, since its day came. `places`: still up."""

    notice_id: str
    reference: str
    provider_name: str
    step: ChaseStep
    since: datetime
    places: int
    request_id: str
    handle: str


@dataclass(frozen=True)
class StalledCase:
    """Places of one case that nobody moves. `review_at`: when the first of them is looked at."""

    request_id: str
    handle: str
    review_at: datetime
    is_due: bool
    places: tuple[tuple[str, int], ...]  # id and number in the case


@dataclass(frozen=True)
class ChasingPage:
    """`has_more`: there are more than are shown; those that wait longest come first."""

    wanted: tuple[WantedRow, ...]
    stalled: tuple[StalledCase, ...]
    has_more: bool


def read_chasing(kit: Kit, actor: Caseworker) -> ChasingPage:
    """None of a case that the reader stepped back from."""
    at = kit.clock()
    with kit.database.reading() as work:
        notices, stalled = work.notices.wanting(MOST + 1), work.requests.stalled(MOST + 1)
        cases = {one.request_id for one in notices} | {one.request_id for one in stalled}
        recused = {one for one in cases if work.stepped_aside.is_recused(one, actor.id)}
        mine = [one for one in notices[:MOST] if one.request_id not in recused]
        names = {one.id: one.name for one in work.providers.of_ids(one.provider_id for one in mine)}
        found = (_wanted(kit, work, one, names[one.provider_id], at) for one in mine)
        wanted = sorted((one for one in found if one is not None), key=lambda row: row.since)
    return ChasingPage(
        tuple(wanted),
        _by_case([one for one in stalled[:MOST] if one.request_id not in recused], at),
        max(len(notices), len(stalled)) > MOST,
    )


def _wanted(kit: Kit, work: Work, notice: Notice, provider_name: str, at: datetime) -> WantedRow | None:
    """None where everything in it is gone, or was withdrawn, since: the courier tidies that up."""
    known = {one.id: one for one in work.requests.locations_of(notice.request_id)}
    chased = chased_places(work, notice, known)
    if notice.kind is NoticeKind.SEARCH:
        places = sum(one.state is not LocationState.WITHDRAWN for one in chased)
    else:
        places = sum(one.state in ESCALATED for one in chased)
    if not places or notice.wants is None:
        return None
    return WantedRow(
        notice_id=notice.id,
        reference=notice.reference,
        provider_name=provider_name,
        step=notice.wants,
        since=min(step_at(notice.chase, notice.wants, kit.settings.times), at),
        places=places,
        request_id=notice.request_id,
        handle=handle_of(notice.request_id),
    )


def _by_case(stalled: list[Location], at: datetime) -> tuple[StalledCase, ...]:
    """In the order in which the first place of each is looked at."""
    cases: dict[str, list[Location]] = {}
    for one in stalled:
        cases.setdefault(one.request_id, []).append(one)
    found = []
    for request_id, places in cases.items():
        review_at = min(one.due_at or one.state_at for one in places)
        numbered = tuple(sorted(((one.id, one.number) for one in places), key=lambda each: each[1]))
        found.append(StalledCase(request_id, handle_of(request_id), review_at, review_at <= at, numbered))
    return tuple(found)
