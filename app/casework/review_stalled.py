"""A place that nobody moves is looked at every month, by a person. It is never closed."""

from dataclasses import dataclass
from enum import StrEnum, unique

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for, save_moves
from app.casework.desk_notes import keep_note
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.kit import Kit
from app.domain.desk_words import NoteKind
from app.domain.locations import Location
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState


@unique
class Review(StrEnum):
    """What was decided. There is no third way: nothing is given up."""

    AGAIN = "again"  # a new notice, to whoever it may be
    LATER = "later"


@dataclass(frozen=True)
class ReviewInput:
    """One decision for those places of one case. `note`: why, for the desk alone; may be empty."""

    request_id: str
    location_ids: tuple[str, ...]
    review: Review
    note: str = ""

    def __repr__(self) -> str:
        return f"ReviewInput({self.request_id}, {self.review})"


def review_stalled(kit: Kit, actor: Caseworker, given: ReviewInput) -> None:
    """Try again: the places wait for a new notice by the finding they have. Later: they are due again in a
    month. Nobody need hold the case.

    Raises NotAllowed without a place, NotFound for one that is not of this case, Stale for one that is not
    stalled any more; Recused.
    """
    note, at = given.note.strip(), kit.clock()
    chosen = dict.fromkeys(given.location_ids)
    if not chosen:
        raise NotAllowed
    with kit.database.writing() as work:
        request = load_for(work, actor, given.request_id)
        known = {one.id: one for one in work.requests.locations_of(request.id)}
        if not set(chosen) <= set(known):
            raise NotFound
        if any(known[one].state is not LocationState.STALLED for one in chosen):
            raise Stale

        def reviewed(place: Location) -> Location:
            if given.review is Review.AGAIN:
                return place.move(LocationState.ASSESSED, at)
            return place.reviewed(at + kit.settings.times.review)

        if note:
            keys = open_case_keys(work, actor.team, request.id)
            keep_note(work, request.id, keys, NoteKind.NOTE, note, actor.id, at)
        for one in chosen:
            work.trail.append(request.trail_id, Entry(TrailKind.PLACE_REVIEWED, one), actor.id, at)
        save_moves(work, request, *(reviewed(known[one]) for one in chosen))
        work.commit()
