"""A volunteered "it is back". Nobody is ever asked to go and look."""

from app.casework.actors import Requester
from app.casework.cases import save_moves
from app.casework.errors import NotAllowed
from app.casework.follow_word import follow_word
from app.casework.frozen_page import FrozenPlace
from app.casework.kit import Kit, new_id
from app.casework.own_request import load_seeing, show_and_tell
from app.domain.moves import MOVES
from app.domain.notice_words import Seen, SignalSource
from app.domain.signals import Signal
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState


def say_back_again(kit: Kit, actor: Requester, number: int) -> None:
    """The place is open again, and due to be looked at. Silent when it is known to be back.

    Raises NotFound for a place this party does not see, NotAllowed for who sees none, and for a place that
    was never said to be gone.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        own = load_seeing(work, actor, at)
        place = own.place(number)
        if place.state is LocationState.BACK:
            return
        if not can_be_back(place):
            raise NotAllowed
        if own.party.is_revoked:
            show_and_tell(work, own, at, back=(place.moved(LocationState.BACK, at),))
        else:
            entry = Entry(TrailKind.SAID_BACK_AGAIN, place.location_id)
            work.trail.append(own.request.trail_id, entry, "requester", at)
            location = own.locations[place.location_id]
            word = Signal(new_id(), location.id, location.back_count, SignalSource.REQUESTER, Seen.THERE, at)
            back = follow_word(work, own.request, location, word, kit.settings.times, None)
            save_moves(work, own.request, back, by_party=own.party.id)
        work.commit()


def can_be_back(place: FrozenPlace) -> bool:
    return LocationState.BACK in MOVES[place.state]
