"""What a finding for a whole series would be about, in numbers: nothing of any case is opened."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.errors import NotFound
from app.casework.kit import Kit
from app.casework.series_records import load_series
from app.domain.locations import Location
from app.domain.moves import ASSESSABLE
from app.domain.series import Series
from app.domain.words import LocationState, RequestState
from app.persistence.database import Work
from app.persistence.series import LinkedCase
from app.vault.derive import digest

NOT_YET = frozenset({LocationState.RECEIVED, LocationState.ASSESSING})


@dataclass(frozen=True)
class CaseToAssess:
    """What one case of a series has to assess, in numbers of places: without a finding, and with one that may
    be made anew. `is_held`: somebody else holds it, so it is left alone. `mark`: how its places stand now.
    """

    request_id: str
    is_held: bool
    is_mine: bool
    fresh: int
    found: int
    mark: str

    @property
    def handle(self) -> str:
        return self.request_id[:8]


@dataclass(frozen=True)
class SeriesToAssess:
    """`left_out`: cases from which this caseworker stepped back."""

    cases: tuple[CaseToAssess, ...]
    left_out: int

    @property
    def within_reach(self) -> tuple[CaseToAssess, ...]:
        return tuple(one for one in self.cases if not one.is_held and one.fresh + one.found)

    @property
    def fresh(self) -> int:
        return sum(one.fresh for one in self.within_reach)

    @property
    def found(self) -> int:
        return sum(one.found for one in self.within_reach)


def read_series_to_assess(kit: Kit, actor: Caseworker, series_id: str) -> SeriesToAssess:
    """What a finding would be about, in numbers: nothing of any case is opened. Raises NotFound."""
    at = kit.clock()
    with kit.database.reading() as work:
        _found, known = series_and_cases(work, actor, series_id)
        cases = []
        for one in known:
            if one.is_recused or one.state is not RequestState.OPEN:
                continue
            places = [each for each in work.requests.locations_of(one.request_id) if is_assessable(each)]
            is_held = one.lease_until is not None and one.lease_until > at
            case = CaseToAssess(
                request_id=one.request_id,
                is_held=is_held and one.taken_by != actor.id,
                is_mine=is_held and one.taken_by == actor.id,
                fresh=sum(each.state in NOT_YET for each in places),
                found=sum(each.state not in NOT_YET for each in places),
                mark=mark_of(places),
            )
            cases.append(case)
    return SeriesToAssess(tuple(cases), sum(one.is_recused for one in known))


def series_and_cases(work: Work, actor: Caseworker, series_id: str) -> tuple[Series, tuple[LinkedCase, ...]]:
    series = load_series(work, actor.team, series_id)
    if series is None:
        raise NotFound
    return series, work.series.cases(series.requests, actor.id)


def is_assessable(location: Location) -> bool:
    """One that was not looked at yet is, too: taking the case comes first."""
    return location.state in ASSESSABLE or location.state is LocationState.RECEIVED


def mark_of(places: Iterable[Location]) -> str:
    """The same while none of these places moves, and none comes: short, where a list of versions would be
    longer than a form may be."""
    written = " ".join(sorted(f"{one.id}:{one.version}" for one in places if is_assessable(one)))
    return digest("places of a series", written.encode()).hex()[:32]
