"""What one party knows of a request: as it stands, or frozen as it stood when that party was revoked.

Nobody is to notice that they were revoked: what they do afterwards shows on their frozen page as it would
have shown on the live one. The page is sealed under the request key they still hold; everything that comes
after lies under a new one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.new_places import place_of, place_record
from app.casework.voices import note_of, note_record
from app.domain.asking import PlaceNote
from app.domain.locations import Location, as_shown, due_from
from app.domain.requests import Request
from app.domain.times import to_minute
from app.domain.words import Content, LocationState
from app.persistence.parties import Party
from app.places.reading import Place
from app.vault.records import Record, lock_record, unlock_record
from app.vault.seal import Purpose, Sealed, SecretKey


@dataclass(frozen=True)
class FrozenPlace:
    """One place, opened. `note` is set only where the party wrote it after they were revoked."""

    location_id: str
    number: int
    place: Place
    state: LocationState
    state_at: datetime
    due_at: datetime | None
    note: PlaceNote | None = None

    def __repr__(self) -> str:
        return f"FrozenPlace({self.number})"

    def moved(self, to: LocationState, at: datetime) -> "FrozenPlace":
        """As it looks from now on to who moved it."""
        return replace(self, state=to, state_at=to_minute(at), due_at=due_from(to, at))


@dataclass(frozen=True)
class FrozenPage:
    """All that one party knows, places by number; what they may see of it depends on their standing."""

    received_at: datetime
    contents: tuple[Content, ...]
    places: tuple[FrozenPlace, ...]

    def __repr__(self) -> str:
        return "FrozenPage(…)"

    def with_places(self, *changed: FrozenPlace) -> "FrozenPage":
        """These in place of those with the same number, or beside them."""
        by_number = {one.number: one for one in (*self.places, *changed)}
        return replace(self, places=tuple(by_number[number] for number in sorted(by_number)))


def known_to(party: Party, locations: Iterable[Location]) -> tuple[Location, ...]:
    """The child's own access knows every place; who filed the request knows those they named. Each as this
    party is told of it: to be shown, never to be saved."""
    known = (one for one in locations if party.number > 1 or one.named_by == party.number)
    return tuple(as_shown(one, party.standing) for one in known)


def page_of(
    request: Request, party: Party, locations: Iterable[Location], request_key: SecretKey
) -> FrozenPage:
    """What the party knows now: the live page, or the frozen one. Raises NotOpened."""
    if party.is_revoked:
        return frozen_of(party, request_key)
    shared = unlock_record(request_key, Purpose.REQUEST_FACTS, request.id, request.facts_sealed)
    return FrozenPage(
        received_at=datetime.fromisoformat(shared["received_at"]),
        contents=tuple(Content(one) for one in shared["contents"]),
        places=tuple(_opened(location, request_key) for location in known_to(party, locations)),
    )


def freeze(party_id: str, page: FrozenPage, request_key: SecretKey) -> Sealed:
    """The page to keep for this party."""
    record: Record = {
        "received_at": page.received_at.isoformat(),
        "contents": list(page.contents),
        "places": [_record(one) for one in page.places],
    }
    return lock_record(request_key, Purpose.FROZEN_PAGE, party_id, record)


def frozen_of(party: Party, request_key: SecretKey) -> FrozenPage:
    """What `freeze` kept. Raises NotOpened."""
    record = unlock_record(request_key, Purpose.FROZEN_PAGE, party.id, party.frozen_sealed or b"")
    return FrozenPage(
        received_at=datetime.fromisoformat(record["received_at"]),
        contents=tuple(Content(one) for one in record["contents"]),
        places=tuple(_place(one) for one in record["places"]),
    )


def _opened(location: Location, request_key: SecretKey) -> FrozenPlace:
    record = unlock_record(request_key, Purpose.LOCATION, location.id, location.place_sealed)
    return FrozenPlace(
        location.id, location.number, place_of(record), location.state, location.state_at, location.due_at
    )


def _record(one: FrozenPlace) -> Record:
    return {
        "location_id": one.location_id,
        "number": one.number,
        "place": place_record(one.place),
        "state": one.state,
        "state_at": one.state_at.isoformat(),
        "due_at": one.due_at.isoformat() if one.due_at else None,
        "note": None if one.note is None else note_record(one.note),
    }


def _place(record: Record) -> FrozenPlace:
    due_at, note = record["due_at"], record["note"]
    return FrozenPlace(
        location_id=record["location_id"],
        number=record["number"],
        place=place_of(record["place"]),
        state=LocationState(record["state"]),
        state_at=datetime.fromisoformat(record["state_at"]),
        due_at=datetime.fromisoformat(due_at) if due_at else None,
        note=None if note is None else note_of(note),
    )
