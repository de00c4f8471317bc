"""What the desk sees of a series: beside one case, and on a page of its own. It opens nothing of any case."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.errors import NotFound, Recused
from app.casework.kit import Kit
from app.casework.series_records import linked_to, load_series
from app.domain.series import PoliceFile, Series
from app.domain.words import Standing
from app.persistence.database import Work
from app.persistence.series import LinkedCase

_ASKS_FOR_ITSELF = (Standing.OWN, Standing.CHILD, Standing.HOTLINE)


@dataclass(frozen=True)
class CaseSeries:
    """The series of one case. `others`: how many other cases there are in it for this caseworker.

    `asks_differ`: other people may ask in the other cases; nothing of one may be told in another.
    """

    id: str
    requests: frozenset[str]
    others: int
    police: PoliceFile
    note: str
    asks_differ: bool

    def __repr__(self) -> str:
        return f"CaseSeries({self.id})"

    @property
    def police_reference(self) -> str:
        return self.police.reference

    @property
    def police_country(self) -> str:
        return self.police.country

    @property
    def is_known_to_police(self) -> bool:
        return self.police.is_known


@dataclass(frozen=True)
class SeriesCase:
    """One case of a series, by plain columns alone. `held_by`: empty while nobody holds it."""

    request_id: str
    received_at: datetime
    open_places: int
    held_by: str
    is_mine: bool

    @property
    def handle(self) -> str:
        return self.request_id[:8]


@dataclass(frozen=True)
class SeriesFolder:
    """A series as its page needs it. `left_out`: cases from which this caseworker stepped back."""

    series: Series
    cases: tuple[SeriesCase, ...]
    left_out: int
    asks_differ: bool

    def __repr__(self) -> str:
        return f"SeriesFolder({self.series.id})"

    @property
    def open_places(self) -> int:
        return sum(one.open_places for one in self.cases)

    @property
    def mine(self) -> SeriesCase | None:
        """A case of it that this caseworker holds: only who holds one changes the series."""
        return next((one for one in self.cases if one.is_mine), None)


def series_of(work: Work, actor: Caseworker, request_id: str) -> CaseSeries | None:
    """The series of a case, for whatever is made of the case; None when it is in none."""
    series_id = linked_to(work, actor.team, request_id)
    series = load_series(work, actor.team, series_id) if series_id else None
    if series is None:
        return None  # in none; or its record is of another day than the link, after a restore
    ids = [one.request_id for one in work.series.cases(series.requests, actor.id) if not one.is_recused]
    others = sum(one != request_id for one in ids)
    differ = _asks_differ(work, ids)
    return CaseSeries(series.id, frozenset(series.requests), others, series.police, series.note, differ)


def open_series(kit: Kit, actor: Caseworker, series_id: str) -> SeriesFolder:
    """Raises NotFound; Recused for who stepped back from every case of it."""
    at = kit.clock()
    with kit.database.reading() as work:
        series = load_series(work, actor.team, series_id)
        if series is None:
            raise NotFound
        cases = work.series.cases(series.requests, actor.id)
        shown = tuple(_case(one, actor, at) for one in cases if not one.is_recused)
        if cases and not shown:
            raise Recused
        differ = _asks_differ(work, [one.request_id for one in shown])
    return SeriesFolder(series, shown, len(cases) - len(shown), differ)


def cases_called(kit: Kit, actor: Caseworker, start: str) -> tuple[str, ...]:
    """Ids of cases that begin so, two at most; none from which this caseworker stepped back."""
    with kit.database.reading() as work:
        found = work.series.requests_called(start)
        return tuple(one for one in found if not work.stepped_aside.is_recused(one, actor.id))


def _asks_differ(work: Work, request_ids: list[str]) -> bool:
    """Whether somebody acts for somebody, or came across it, while there is another case."""
    standings = work.series.standings_in(request_ids)
    return len(request_ids) > 1 and any(one not in _ASKS_FOR_ITSELF for one in standings)


def _case(row: LinkedCase, actor: Caseworker, at: datetime) -> SeriesCase:
    is_held = row.lease_until is not None and row.lease_until > at
    held_by = (row.taken_by or "") if is_held else ""
    return SeriesCase(row.request_id, row.received_at, row.open_places, held_by, held_by == actor.id)
