"""Places as they come in: sealed, numbered, each due to be looked at."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time

from app.casework.kit import new_id
from app.casework.voices import note_of, note_record
from app.domain.asking import PlaceNote
from app.domain.desk_words import Why
from app.domain.locations import Location, due_from
from app.domain.times import to_hour, to_minute
from app.domain.words import Content, LocationState, YesNo
from app.places.reading import Place
from app.vault.records import Record, lock_record, unlock_record
from app.vault.seal import Purpose, Sealed, SecretKey


def place_record(place: Place) -> Record:
    """What is sealed of one place, under the request key."""
    return {
        "url": place.url,
        "host": place.host,
        "typed": place.typed,
        "app": place.app,
        "account": place.account,
    }


def place_of(record: Record) -> Place:
    """What `place_record` wrote."""
    return Place(
        record["url"], record["host"], record["typed"], record.get("app", ""), record.get("account", "")
    )


def sealed_location(
    request_id: str,
    number: int,
    place: Place,
    note: PlaceNote,
    contents: Iterable[Content],
    at: datetime,
    request_key: SecretKey,
) -> Location:
    """A new location, due as its note asks, with what the queue may know of it. `contents`: what its
    requester says is there."""
    location_id = new_id()
    made = Location(
        id=location_id,
        request_id=request_id,
        number=number,
        version=1,
        state=LocationState.RECEIVED,
        state_at=to_minute(at),
        due_at=due_from(LocationState.RECEIVED, at),
        place_sealed=lock_record(request_key, Purpose.LOCATION, location_id, place_record(place)),
        since_at=to_hour(at),
    )
    if Content.IDENTITY in contents:
        made = made.knowing(Why.IDENTITY)
    return due_with_threat(made, note, at)


def due_with_threat(location: Location, note: PlaceNote, at: datetime) -> Location:
    """The queue knows of a threat. One with a day makes it due before that day begins; what is done with is
    not due."""
    before = None if note.threat_on is None else datetime.combine(note.threat_on, time(), UTC)
    if before is not None or note.threat in (YesNo.YES, YesNo.UNSURE):
        location = location.knowing(Why.THREAT, before)
    if before is None or location.due_at is None:
        return location
    return replace(location, due_at=max(to_minute(at), min(location.due_at, before)))


def sealed_place_notes(
    locations: Iterable[Location], notes: Iterable[PlaceNote], voice_key: SecretKey, party_id: str
) -> dict[str, Sealed]:
    """By location id; places of which nothing was said are left out."""
    return {
        location.id: seal_note(location.id, note, voice_key, party_id)
        for location, note in zip(locations, notes, strict=True)
        if not note.is_empty
    }


def seal_note(location_id: str, note: PlaceNote, voice_key: SecretKey, party_id: str) -> Sealed:
    """Bound to the place and to whose words they are."""
    return lock_record(voice_key, Purpose.PLACE_NOTE, f"{location_id} {party_id}", note_record(note))


def open_note(location_id: str, sealed: bytes, voice_key: SecretKey, party_id: str) -> PlaceNote:
    """What `seal_note` sealed. Raises NotOpened."""
    return note_of(unlock_record(voice_key, Purpose.PLACE_NOTE, f"{location_id} {party_id}", sealed))
