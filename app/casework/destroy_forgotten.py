"""The end of forgetting: rows and wrapped keys are destroyed, and their traces taken out of the files."""

from dataclasses import dataclass

from app.casework.cases import load_even_forgotten
from app.casework.errors import NotFound
from app.casework.kit import Kit
from app.domain.trail import Entry, TrailKind
from app.persistence.forgetting import scrub


@dataclass(frozen=True)
class Destroyed:
    """How many requests; `is_scrubbed` is False when the files could not be cleaned yet: call again."""

    count: int
    is_scrubbed: bool


def destroy_forgotten(
    kit: Kit, by: str = "courier", scrub_anyway: bool = False, is_full: bool = False
) -> Destroyed:
    """Destroy every forgotten request whose days are over, each in a transaction of its own.

    The last line of its trail says so; the trail stays, and no row ties it to anybody any more.
    `scrub_anyway`: clean the files even if nothing was destroyed now, because an earlier sweep may have
    been stopped in between. `is_full` is app/persistence/forgetting.py's.
    """
    at = kit.clock()
    with kit.database.reading() as work:
        due = work.forgetting.due(at)
    count = 0
    for request_id in due:
        with kit.database.writing() as work:
            try:
                request = load_even_forgotten(work, request_id)
            except NotFound:
                continue  # another courier was faster
            if not request.is_due_to_be_destroyed(at):
                continue  # brought back a moment ago
            work.forgetting.destroy(request)
            work.trail.append(request.trail_id, Entry(TrailKind.REQUEST_DESTROYED), by, at)
            work.commit()
        count += 1
    if not (count or scrub_anyway or is_full):
        return Destroyed(0, True)
    return Destroyed(count, scrub(kit.database.engine, is_full))
