"""Putting a place right while nothing was approved."""

from dataclasses import dataclass, replace

from app.casework.actors import Requester
from app.casework.cases import save_moves
from app.casework.errors import NotAllowed
from app.casework.kit import Kit
from app.casework.new_places import place_record
from app.casework.own_request import load_seeing, show_and_tell
from app.casework.reopen_request import answered
from app.domain.moves import CORRECTABLE
from app.domain.trail import Entry, TrailKind
from app.places.reading import Place
from app.vault.records import lock_record
from app.vault.seal import Purpose


@dataclass(frozen=True)
class CorrectInput:
    """The place as it should have been."""

    number: int
    place: Place

    def __repr__(self) -> str:
        return "CorrectInput(…)"


def correct_place(kit: Kit, actor: Requester, given: CorrectInput) -> None:
    """Raises NotFound; NotAllowed for a representative, and once the place was assessed: what a notice
    names stays what was noticed. `can_be_corrected` of the place says so beforehand."""
    at = kit.clock()
    with kit.database.writing() as work:
        own = load_seeing(work, actor, at)
        place = own.place(given.number)
        if not own.party.standing.is_own or place.state not in CORRECTABLE:
            raise NotAllowed
        if own.party.is_revoked:
            show_and_tell(work, own, at, corrected=(replace(place, place=given.place),))
        else:
            record = place_record(given.place)
            sealed = lock_record(actor.request_key, Purpose.LOCATION, place.location_id, record)
            entry = Entry(TrailKind.PLACE_CORRECTED, place.location_id)
            work.trail.append(own.request.trail_id, entry, "requester", at)
            location = own.locations[place.location_id]
            [location] = answered(work, own.request, [location], at) or [location]
            right = replace(location, place_sealed=sealed)
            work.series.digests.drop_of(location.id)
            save_moves(work, own.request, right, tells=False)
        work.commit()
