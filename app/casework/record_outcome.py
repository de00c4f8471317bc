"""Whom the hotline turned to after a notice, outside of this program. What was seen of a place is a word of
its own (note_signal.py), and so is what a provider said (record_reply.py)."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.cases import load_held, save_moves
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.domain.desk_words import Outcome
from app.domain.locations import Location, NoSuchMove, due_from
from app.domain.moves import NOTICED
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState


@dataclass(frozen=True)
class OutcomeInput:
    """One outcome for the places it is true of."""

    request_id: str
    location_ids: tuple[str, ...]
    outcome: Outcome


_TRAIL = {
    Outcome.ASKED_AGAIN: TrailKind.OUTCOME_ASKED_AGAIN,
    Outcome.UPSTREAM: TrailKind.OUTCOME_UPSTREAM,
}


def record_outcome(kit: Kit, actor: Caseworker, given: OutcomeInput) -> None:
    """Note it of each place, with its line in the trail.

    Raises NotAllowed where a place cannot come into that state: everything needs a notice that went out, and
    a place that is not known to be gone. NotFound, NotHolding, Stale.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        locations = {location.id: location for location in work.requests.locations_of(request.id)}
        chosen = tuple(dict.fromkeys(given.location_ids))
        if not chosen or not set(chosen) <= set(locations):
            raise NotFound
        moved = [_after(locations[location_id], given.outcome, at) for location_id in chosen]
        for location_id in chosen:
            work.trail.append(request.trail_id, Entry(_TRAIL[given.outcome], location_id), actor.id, at)
        save_moves(work, request, *moved)
        work.commit()


def _after(location: Location, outcome: Outcome, at: datetime) -> Location:
    """Asked again, it stands where it stood; only the day on which somebody looks again is a new one."""
    if location.state not in NOTICED:
        raise NotAllowed
    if outcome is Outcome.ASKED_AGAIN:
        return location.due(due_from(location.state, at))
    try:
        return location.move(LocationState.UPSTREAM, at)
    except NoSuchMove:
        raise NotAllowed from None
