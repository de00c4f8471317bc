"""Series of which every request was destroyed are destroyed, too: their note could speak of somebody who
wanted to be forgotten. Only who holds the team key can tell which they are, so it happens at a sign-in."""

from app.casework.actors import Caseworker
from app.casework.kit import Kit
from app.casework.series_records import load_series
from app.persistence.database import Work


def sweep_series(kit: Kit, actor: Caseworker) -> int:
    """How many were destroyed."""
    with kit.database.reading() as work:
        empty = [one for one in work.series.ids() if _is_empty(work, actor, one)]
    for series_id in empty:
        with kit.database.writing() as work:
            work.series.hold(series_id)
            if _is_empty(work, actor, series_id):
                work.series.destroy(series_id)
                work.commit()
    return len(empty)


def _is_empty(work: Work, actor: Caseworker, series_id: str) -> bool:
    series = load_series(work, actor.team, series_id)
    return series is not None and not work.series.linked_among(series.requests)
