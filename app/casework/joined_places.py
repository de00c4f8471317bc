"""The places of a child's request, sealed anew for the one they are joined to; none stands there twice."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.case_keys import CaseKeys
from app.casework.new_places import place_of, seal_note
from app.casework.voices import note_of
from app.domain.desk_words import Why
from app.domain.locations import MOST_PLACES, Location
from app.domain.moves import WITH_OTHERS
from app.domain.queue_order import read_why, write_why
from app.domain.words import LocationState
from app.persistence.database import Work
from app.persistence.joining import Move
from app.places.reading import Place
from app.vault.records import Record, lock_record, unlock_record
from app.vault.seal import Purpose

_NOT_JUDGED = (LocationState.RECEIVED, LocationState.ASSESSING)
_GONE = (LocationState.SAYS_REMOVED, LocationState.GONE)
_JUDGED = (LocationState.ASSESSED, LocationState.HEARING_DUE)


@dataclass(frozen=True)
class JoinedPlaces:
    """Whose places move where, the keys of both requests, and when the child asked."""

    move: Move
    target: CaseKeys
    source: CaseKeys
    asked_at: datetime
    at: datetime

    def __repr__(self) -> str:
        return "JoinedPlaces(…)"


def move_places(work: Work, joined: JoinedPlaces) -> tuple[Location, ...]:
    """Move what is new; the other request's locations that changed because both had them, to be saved."""
    move = joined.move
    there = work.requests.locations_of(move.target_id)
    known = {
        _same(_opened(joined.target, one)): one for one in there if one.state is not LocationState.WITHDRAWN
    }
    number = (move.number - 1) * MOST_PLACES  # their own thousand: who filed the request sees no gap
    stands_for: dict[str, str] = {}
    changed: dict[str, Location] = {}
    for location in work.requests.locations_of(move.source_id):
        record = unlock_record(joined.source.request, Purpose.LOCATION, location.id, location.place_sealed)
        twin = known.get(_same(place_of(record)))
        if twin is None or location.state is LocationState.WITHDRAWN:
            number += 1
            _move(work, location, record, number, joined)
        else:
            stands_for[location.id] = twin.id
            changed[twin.id] = _merged(changed.get(twin.id, twin), location, joined)
    _move_findings(work, joined, stands_for)
    for location_id, twin_id in stands_for.items():
        _move_note(work, joined, location_id, twin_id)
        work.joining.destroy_location(location_id)
    return tuple(changed.values())


def _opened(keys: CaseKeys, location: Location) -> Place:
    return place_of(unlock_record(keys.request, Purpose.LOCATION, location.id, location.place_sealed))


def _same(place: Place) -> tuple[str, ...]:
    """What two places that are one have in common."""
    if place.url:
        return (place.url,)
    return (place.app.casefold(), place.account.casefold(), "" if place.app else place.typed)


def _move(work: Work, location: Location, record: Record, number: int, joined: JoinedPlaces) -> None:
    sealed = lock_record(joined.target.request, Purpose.LOCATION, location.id, record)
    moved = replace(location, request_id=joined.move.target_id, number=number, place_sealed=sealed)
    work.joining.move_location(moved)


def _merged(twin: Location, location: Location, joined: JoinedPlaces) -> Location:
    """Looked at as soon as either says, known for what both say. A finding that was made of the one is not
    made again of the other: nobody is to look at such things twice. What was gone when the child named it is
    back."""
    twin = _knowing_both(twin, location)
    if twin.state in _GONE and twin.state_at < joined.asked_at:
        return twin.move(LocationState.BACK, joined.at)
    dues = [due for due in (twin.due_at, location.due_at) if due is not None]
    due_at = min(dues) if dues and twin.due_at is not None else twin.due_at
    if twin.state in _NOT_JUDGED and location.state in _JUDGED:
        judged = replace(twin, state=location.state, state_at=location.state_at, due_at=due_at)
        return replace(judged, known=write_why(read_why(twin.known) | read_why(location.known)))
    return replace(twin, due_at=due_at)


def _knowing_both(twin: Location, location: Location) -> Location:
    """What the queue knows of either; it waits since the earlier one, while it waits for the hotline."""
    for why in (Why.THREAT, Why.IDENTITY):
        if why in read_why(location.known):
            twin = twin.knowing(why, location.threat_at if why is Why.THREAT else None)
    if twin.state in WITH_OTHERS:
        return twin
    return replace(twin, since_at=min(twin.since_at, location.since_at))


def _move_findings(work: Work, joined: JoinedPlaces, stands_for: dict[str, str]) -> None:
    sealed = {}
    for finding_id, _location_id, before in work.joining.findings_of(joined.move.source_id):
        record = unlock_record(joined.source.desk, Purpose.ASSESSMENT, finding_id, before)
        sealed[finding_id] = lock_record(joined.target.desk, Purpose.ASSESSMENT, finding_id, record)
    work.joining.move_findings(joined.move, stands_for, sealed)


def _move_note(work: Work, joined: JoinedPlaces, location_id: str, twin_id: str) -> None:
    """What the child said of a place goes with it; it lies under their own key, bound to the place."""
    party_id = joined.move.party_id
    sealed = work.parties.notes_of(party_id).get(location_id)
    if sealed is None:
        return
    voice_key = joined.source.voices[party_id]
    note = note_of(unlock_record(voice_key, Purpose.PLACE_NOTE, f"{location_id} {party_id}", sealed))
    work.parties.keep_note(twin_id, party_id, seal_note(twin_id, note, voice_key, party_id))
