"""Taking places of one case to the hotline's authorised assessment system: the one way in which addresses
leave as a list.

The lines are as SCART reads them (AbuseIO/SCART-application, Inputs_import.php): six cells, a semicolon
between them, no quotes. It calls the line of names no address, and goes on.
"""

from app.casework.actors import Caseworker
from app.casework.case_folder import CasePlace
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.errors import NotFound
from app.casework.exposure import count_opening
from app.casework.kit import Kit
from app.casework.open_case import places_of
from app.casework.place_references import reference_of
from app.domain.trail import Entry, TrailKind

_NAMES = "URL;REFERER;WORKUSER;REFERENCE;SOURCE;TYPE"
_LINE = "{url};;;{reference};;"


def take_places_out(kit: Kit, actor: Caseworker, request_id: str, location_ids: tuple[str, ...]) -> bytes:
    """The chosen places of a case that the actor holds, as CSV. Each stands in the trail; it counts as one
    opening. Referer, user, source and type stay empty: they would tell of the case.

    Raises NotFound (also for places of another case, or without an address), NotHolding, EnoughForToday.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, request_id, kit)
        keys = open_case_keys(work, actor.team, request_id)
        chosen = _chosen(places_of(work, request, keys), location_ids)
        count_opening(kit, work, actor)
        for place in chosen:
            work.trail.append(request.trail_id, Entry(TrailKind.PLACES_TAKEN_OUT, place.id), actor.id, at)
        save_moves(work, request)
        work.commit()
    lines = [_NAMES, *(_line(place, reference_of(keys, place.id, place.version)) for place in chosen)]
    return "".join(f"{line}\r\n" for line in lines).encode()


def _chosen(places: tuple[CasePlace, ...], location_ids: tuple[str, ...]) -> list[CasePlace]:
    chosen = [place for place in places if place.id in location_ids]
    if not chosen or len(chosen) != len(set(location_ids)) or not all(place.url for place in chosen):
        raise NotFound
    return chosen


def _line(place: CasePlace, reference: str) -> str:
    """A semicolon would end the address for who reads no quotes: it is written as browsers encode it."""
    return _LINE.format(url=place.url.replace(";", "%3B"), reference=reference)
