"""Taking a case out of its series. With the last one the series ends."""

from dataclasses import replace

from app.casework.actors import Caseworker
from app.casework.cases import load_held, save_moves
from app.casework.current_team import current_team
from app.casework.errors import NotAllowed, Stale
from app.casework.kit import Kit
from app.casework.series_records import linked_to, load_series, seal_series
from app.domain.times import to_day
from app.domain.trail import Entry, TrailKind


def unlink_series(kit: Kit, actor: Caseworker, request_id: str) -> None:
    """One case that is left keeps the series, with what police know.

    Raises NotAllowed when the case is in none, NotHolding, NotFound, Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        current_team(kit, work, actor)  # a rotation waits
        request = load_held(work, actor, request_id, kit)
        series_id = linked_to(work, actor.team, request_id)
        if not series_id:
            raise NotAllowed
        work.series.hold(series_id)
        if linked_to(work, actor.team, request_id) != series_id:
            raise Stale
        work.series.drop_link(request_id)
        series = load_series(work, actor.team, series_id)
        if series is not None:
            left = series.without(request_id)
            left = replace(left.among(work.series.linked_among(left.requests)), version=series.version + 1)
            if left.requests:
                work.series.save(series_id, seal_series(actor.team.current, left))
            else:
                work.series.destroy(series_id)
        entry = Entry(TrailKind.SERIES_UNLINKED)
        work.trail.append(request.trail_id, entry, actor.id, to_day(at))
        save_moves(work, request)
        work.commit()
