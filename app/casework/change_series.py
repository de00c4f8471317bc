"""What police know a series by, and a note about it for the desk."""

from dataclasses import dataclass, replace

from app.casework.actors import Caseworker
from app.casework.cases import load_held, save_moves
from app.casework.current_team import current_team
from app.casework.errors import NotFound, NotHolding, Stale
from app.casework.kit import Kit
from app.casework.series_records import load_series, seal_series
from app.domain.series import PoliceFile
from app.domain.times import to_day
from app.domain.trail import Entry, TrailKind


@dataclass(frozen=True)
class ChangeInput:
    """`version`: that of the series when the page was shown."""

    series_id: str
    version: int
    police: PoliceFile
    note: str

    def __repr__(self) -> str:
        return f"ChangeInput({self.series_id})"


def change_series(kit: Kit, actor: Caseworker, given: ChangeInput) -> None:
    """The line goes into the trail of one case of it that the actor holds.

    Raises NotHolding for who holds none of its cases, NotFound, Stale when it changed since it was shown.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        current_team(kit, work, actor)  # a rotation waits
        seen = load_series(work, actor.team, given.series_id)
        if seen is None:
            raise NotFound
        cases = work.series.cases(seen.requests, actor.id)
        mine = next((one.request_id for one in cases if one.taken_by == actor.id), None)
        if mine is None:
            raise NotHolding
        request = load_held(work, actor, mine, kit)
        work.series.hold(given.series_id)
        series = load_series(work, actor.team, given.series_id)
        if series is None or series.version != given.version or mine not in series.requests:
            raise Stale
        changed = replace(series.described(given.police, given.note), version=series.version + 1)
        work.series.save(series.id, seal_series(actor.team.current, changed))
        work.trail.append(request.trail_id, Entry(TrailKind.SERIES_CHANGED), actor.id, to_day(at))
        save_moves(work, request)
        work.commit()
