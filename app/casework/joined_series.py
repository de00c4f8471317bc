"""The series of a child's request goes on with the request that the child's was joined to."""

from dataclasses import replace

from app.casework.actors import Caseworker
from app.casework.series_records import linked_to, load_series, seal_series, write_links
from app.persistence.database import Work


def move_series(work: Work, actor: Caseworker, source_id: str, target_id: str) -> None:
    """Before the source's keys are destroyed. A target that is in a series already stays in that one.

    The caller holds both requests' rows.
    """
    series_id = linked_to(work, actor.team, source_id)
    if not series_id:
        return
    work.series.hold(series_id)
    series = load_series(work, actor.team, series_id)
    work.series.drop_link(source_id)
    if series is None:
        return
    left = series.without(source_id)
    if not linked_to(work, actor.team, target_id):
        left = left.with_request(target_id)
        write_links(work, actor.team, series_id, [target_id])
    left = replace(left, version=series.version + 1)
    work.series.save(series_id, seal_series(actor.team.current, left))
