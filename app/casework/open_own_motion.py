"""A request that the hotline opens itself, for a child who cannot ask: unidentified, unaware, or controlled.

It is sealed like any other. Nobody holds a code to it: its one party stands for the hotline, hears of
nothing and is told nothing. From here on the same rules, ledger and notices follow.
"""

from dataclasses import dataclass
from datetime import datetime
from os import urandom

from app.casework.case_keys import CaseKeys, wrap_for_team, wrap_under
from app.casework.desk_notes import keep_note
from app.casework.kit import new_id
from app.casework.new_places import sealed_location, sealed_place_notes
from app.casework.voices import voice_record
from app.domain.asking import PlaceNote, Voice
from app.domain.desk_words import NoteKind
from app.domain.locations import Location
from app.domain.requests import Request
from app.domain.times import to_hour, to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import Asker, Content, RequestState, Standing
from app.i18n.locales import SOURCE
from app.persistence.database import Work
from app.persistence.parties import Party
from app.persistence.wraps import Wrap
from app.places.reading import Place
from app.vault.derive import digest
from app.vault.records import lock_record
from app.vault.seal import Purpose, Sealed, new_key

_DIGEST_BYTES = 32


@dataclass(frozen=True)
class OwnMotion:
    """What one request is opened for. `opening_id` names it: opened twice, it is one request."""

    opening_id: str
    places: tuple[Place, ...]
    labels: tuple[str, ...]
    contents: tuple[Content, ...]
    reason: str

    def __repr__(self) -> str:
        return f"OwnMotion({self.opening_id})"


@dataclass(frozen=True)
class SealedRequest:
    """All of a request, ready to be written: nothing slow is left to do."""

    request: Request
    party: Party
    locations: tuple[Location, ...]
    notes: dict[str, Sealed]
    keys: CaseKeys
    opening_digest: bytes
    reason: str
    at: datetime

    def __repr__(self) -> str:
        return f"SealedRequest({self.request.id})"


def seal_own_motion(given: OwnMotion, at: datetime) -> SealedRequest:
    """Seal one request of at most MOST_PLACES places."""
    request_id, party_id = new_id(), new_id()
    request_key, voice_key, desk_key = new_key(), new_key(), new_key()
    notes = tuple(PlaceNote(label=label) for label in given.labels)
    locations = tuple(
        sealed_location(request_id, number, place, note, given.contents, at, request_key)
        for number, (place, note) in enumerate(zip(given.places, notes, strict=True), start=1)
    )
    shared = {"contents": list(given.contents), "received_at": to_minute(at).isoformat()}
    voice = Voice(asker=Asker.UNSAID, language=SOURCE)
    request = Request(
        id=request_id,
        version=1,
        trail_id=new_id(),
        state=RequestState.OPEN,
        received_at=to_hour(at),
        open_places=0,
        taken_by=None,
        lease_until=None,
        facts_sealed=lock_record(request_key, Purpose.REQUEST_FACTS, request_id, shared),
    )
    party = Party(
        id=party_id,
        request_id=request_id,
        number=1,
        standing=Standing.HOTLINE,
        generation=1,
        facts_sealed=lock_record(voice_key, Purpose.STATEMENT, party_id, voice_record(voice)),
    )
    return SealedRequest(
        request.following(locations),
        party,
        locations,
        sealed_place_notes(locations, notes, voice_key, party_id),
        CaseKeys(request_key, desk_key, {party_id: voice_key}),
        digest("own motion", given.opening_id.encode()),
        given.reason,
        at,
    )


def open_own_motion(work: Work, team_public: bytes, sealed: SealedRequest, by: str) -> None:
    """Write it, within the caller's transaction. Raises AlreadyThere when it was opened before."""
    request, party = sealed.request, sealed.party
    work.requests.add(request, sealed.opening_digest)
    # No code leads here: nothing that anybody could type has this digest.
    work.parties.add(party, urandom(_DIGEST_BYTES))
    work.requests.add_locations(sealed.locations)
    work.parties.add_notes(party.id, sealed.notes)
    work.wraps.add(*_wraps(team_public, sealed))
    keep_note(work, request.id, sealed.keys, NoteKind.BEST_INTERESTS, sealed.reason, by, sealed.at)
    work.trail.append(request.trail_id, Entry(TrailKind.OWN_MOTION_OPENED), by, sealed.at)


def _wraps(team_public: bytes, sealed: SealedRequest) -> tuple[Wrap, ...]:
    request_id, party_id, keys = sealed.request.id, sealed.party.id, sealed.keys
    voice = keys.voices[party_id]
    return (
        wrap_for_team(team_public, Purpose.REQUEST_KEY, request_id, request_id, keys.request),
        wrap_for_team(team_public, Purpose.VOICE_KEY, request_id, party_id, voice),
        wrap_for_team(team_public, Purpose.DESK_KEY, request_id, request_id, keys.desk),
        wrap_under(voice, party_id, Purpose.REQUEST_KEY, request_id, request_id, keys.request),
    )
