"""One finding for a whole series: every place that can be assessed, in cases that are free or one's own."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.assess import keep_finding
from app.casework.cases import load_for
from app.casework.errors import NotFound, Stale
from app.casework.kit import Kit
from app.casework.series_records import linked_to
from app.casework.series_to_assess import NOT_YET, is_assessable, mark_of, series_and_cases
from app.casework.take_case import take_within
from app.domain.assessments import Finding
from app.domain.locations import Location
from app.domain.requests import Request
from app.domain.words import LocationState, RequestState
from app.persistence.database import Work


@dataclass(frozen=True)
class SeriesFinding:
    """`seen`: by request id how its places stood when the page was shown (CaseToAssess.mark); a case that was
    not on it is left alone. `only_new`: leave places alone that have a finding."""

    series_id: str
    finding: Finding
    seen: dict[str, str]
    only_new: bool = True

    def __repr__(self) -> str:
        return f"SeriesFinding({self.series_id})"


@dataclass(frozen=True)
class SeriesAssessed:
    """`counts`: places by request id. `held`: cases that a colleague holds. `left_out`: how many this
    caseworker stepped back from. `for_second`: places that wait until a colleague finds the same."""

    counts: dict[str, int]
    held: tuple[str, ...]
    left_out: int
    for_second: int

    @property
    def in_all(self) -> int:
        return sum(self.counts.values())


def assess_series(kit: Kit, actor: Caseworker, given: SeriesFinding) -> SeriesAssessed:
    """Take what is free, and give every place the same finding: all of it, or nothing.

    What somebody else holds, and what this caseworker stepped back from, stays as it is. Raises Stale when a
    place moved since the page was shown, NotFound when nothing is left to assess.
    """
    at, held, for_second = kit.clock(), [], 0
    counts: dict[str, int] = {}
    with kit.database.writing() as work:
        series, known = series_and_cases(work, actor, given.series_id)
        for request_id in (one.request_id for one in known if not one.is_recused):  # in the order of ids
            request = load_for(work, actor, request_id)
            if request.state is not RequestState.OPEN or linked_to(work, actor.team, request_id) != series.id:
                continue
            locations = work.requests.locations_of(request_id)
            if _is_with_a_colleague(request, actor, at):
                held += [request_id] if any(is_assessable(one) for one in locations) else []
                continue
            chosen = _chosen(request_id, locations, given)
            if not chosen:
                continue
            request = _taken(work, actor, request, at)
            places = tuple(
                _looked_at(one, at) for one in work.requests.locations_of(request_id) if one.id in chosen
            )
            for_second += keep_finding(work, actor, request, places, given.finding, at).for_second
            counts[request_id] = len(places)
        if not counts:
            raise NotFound
        work.commit()
    return SeriesAssessed(counts, tuple(held), sum(one.is_recused for one in known), for_second)


def _chosen(request_id: str, locations: tuple[Location, ...], given: SeriesFinding) -> frozenset[str]:
    """Raises Stale when a place of the case moved, or came, since the page was shown."""
    if request_id not in given.seen:
        return frozenset()
    if mark_of(locations) != given.seen[request_id]:
        raise Stale
    return frozenset(
        one.id for one in locations if is_assessable(one) and (one.state in NOT_YET or not given.only_new)
    )


def _is_with_a_colleague(request: Request, actor: Caseworker, at: datetime) -> bool:
    is_held = request.lease_until is not None and request.lease_until > at
    return is_held and request.taken_by != actor.id


def _taken(work: Work, actor: Caseworker, request: Request, at: datetime) -> Request:
    """Held by the actor from now on."""
    if request.is_held_by(actor.id, at):
        return request.renewed(actor.id, at)
    take_within(work, actor, request.id, at)
    return work.requests.load(request.id)


def _looked_at(location: Location, at: datetime) -> Location:
    """What came in while the case was held is looked at from now on."""
    is_new = location.state is LocationState.RECEIVED
    return location.move(LocationState.ASSESSING, at) if is_new else location
