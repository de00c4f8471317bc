"""A caseworker found the address of a place that was told as an app and an account, or in words only."""

from dataclasses import dataclass, replace

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit
from app.casework.new_places import place_of, place_record
from app.domain.locations import Location
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState
from app.places.reading import Place, read_places
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose

_BEFORE_A_NOTICE = (
    LocationState.RECEIVED,
    LocationState.ASSESSING,
    LocationState.ASSESSED,
    LocationState.HEARING_DUE,
)


@dataclass(frozen=True)
class LocateInput:
    """`url_text` as the caseworker pasted it; it holds one address."""

    request_id: str
    location_id: str
    url_text: str

    def __repr__(self) -> str:
        return f"LocateInput({self.location_id})"


def locate_place(kit: Kit, actor: Caseworker, given: LocateInput) -> None:
    """Put the address beside what was told: only with one can a place be in a notice. Its state stays.

    Once written it can be put right until somebody judged the place. Raises NotAllowed for a place whose
    address the requester gave, that is in a notice, or when `url_text` is not one address; NotFound,
    NotHolding, Stale.
    """
    found = read_places(given.url_text)
    if len(found.places) != 1 or found.problems:
        raise NotAllowed
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        keys = open_case_keys(work, actor.team, request.id)
        locations = {location.id: location for location in work.requests.locations_of(request.id)}
        location = locations.get(given.location_id)
        if location is None:
            raise NotFound
        record = unlock_record(keys.request, Purpose.LOCATION, location.id, location.place_sealed)
        place = place_of(record)
        if not _may_be_located(location, place):
            raise NotAllowed
        place = replace(place, url=found.places[0].url, host=found.places[0].host)
        sealed = lock_record(keys.request, Purpose.LOCATION, location.id, place_record(place))
        work.series.digests.drop_of(location.id)
        save_moves(work, request, replace(location, place_sealed=sealed))
        work.trail.append(request.trail_id, Entry(TrailKind.PLACE_LOCATED, location.id), actor.id, at)
        work.commit()


def is_told(place: Place) -> bool:
    """Whether the requester gave no address: an app and an account, or words."""
    return bool(place.app) or not read_places(place.typed).places


def _may_be_located(location: Location, place: Place) -> bool:
    """A finding speaks of the address that was looked at, so it is not changed afterwards."""
    if place.url:
        return is_told(place) and location.can_be_corrected
    return location.state in _BEFORE_A_NOTICE
