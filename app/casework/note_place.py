"""What a party says of one place: a label of their own, since when, a threat. They and the desk read it."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Requester
from app.casework.cases import save_moves
from app.casework.kit import Kit
from app.casework.new_places import due_with_threat, seal_note
from app.casework.own_request import OwnRequest, load_seeing, show_and_tell
from app.domain.asking import PlaceNote
from app.domain.desk_words import Why
from app.domain.locations import Location
from app.persistence.database import Work


@dataclass(frozen=True)
class NoteInput:
    """The note in place of the one before; an empty one takes it away."""

    number: int
    note: PlaceNote

    def __repr__(self) -> str:
        return "NoteInput(…)"


def note_place(kit: Kit, actor: Requester, given: NoteInput) -> None:
    """A threat with a day makes the place due before that day; the queue knows of it until it is taken back.

    Raises NotFound for a place this party does not see, NotAllowed for who sees none.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        own = load_seeing(work, actor, at)
        place = own.place(given.number)
        if own.party.is_revoked:
            show_and_tell(work, own, at, corrected=(replace(place, note=given.note),))
        else:
            location = own.locations[place.location_id]
            _write(work, own, location, given.note)
            known = location.without(Why.THREAT) if _is_theirs_alone(work, own, location) else location
            save_moves(work, own.request, due_with_threat(known, given.note, at))
        work.commit()


def keep_note(work: Work, own: OwnRequest, location: Location, note: PlaceNote, at: datetime) -> Location:
    """With a place that was just named: an empty note changes nothing. The location, due as the note asks."""
    if note.is_empty:
        return location
    _write(work, own, location, note)
    return due_with_threat(location, note, at)


def _is_theirs_alone(work: Work, own: OwnRequest, location: Location) -> bool:
    """Whether nobody else says anything of this place. What somebody else says stays with the queue, whatever
    this party takes back: it may be a threat of their own."""
    others = (one.id for one in work.parties.of_request(own.request.id) if one.id != own.party.id)
    return not any(location.id in work.parties.notes_of(one) for one in others)


def _write(work: Work, own: OwnRequest, location: Location, note: PlaceNote) -> None:
    sealed = seal_note(location.id, note, own.actor.voice_key, own.party.id)
    work.parties.keep_note(location.id, own.party.id, sealed)
