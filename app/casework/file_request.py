"""Filing a request: everything sealed before the transaction opens, acknowledged only after commit."""

from dataclasses import dataclass, replace
from itertools import repeat

from app.casework.case_keys import wrap_for_team, wrap_under
from app.casework.follow_with_code import derive_secrets
from app.casework.keep_contact import ContactInput, add_contact
from app.casework.kit import Kit, new_id
from app.casework.new_places import sealed_location, sealed_place_notes
from app.casework.ring_alarm import ring_alarm
from app.casework.second_word import digest_of_word
from app.casework.voices import voice_record
from app.domain.asking import PlaceNote, Voice
from app.domain.requests import Request
from app.domain.times import to_hour, to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import Asker, Content, RequestState, Standing
from app.persistence.errors import AlreadyThere
from app.persistence.parties import Party
from app.persistence.wraps import Wrap
from app.places.reading import Place
from app.vault.codes import read_code
from app.vault.derive import digest
from app.vault.records import lock_record
from app.vault.seal import Purpose, new_key

STANDING_OF = {
    Asker.PERSON: Standing.OWN,
    Asker.UNSAID: Standing.OWN,
    Asker.PARENT: Standing.UNCHECKED,
    Asker.AUTHORISED: Standing.UNCHECKED,
    Asker.BYSTANDER: Standing.BYSTANDER,
}


@dataclass(frozen=True)
class Filing:
    """What a requester sends. `filing_id` is random and made with the draft: sending twice is one request.

    `notes` go with the places, in their order; `second_word` is what was chosen, or empty; `contact` is where
    to write when there is news, for who asked for that.
    """

    filing_id: str
    code: str
    places: tuple[Place, ...]
    contents: tuple[Content, ...]
    voice: Voice
    notes: tuple[PlaceNote, ...] = ()
    second_word: str = ""
    contact: ContactInput | None = None

    def __repr__(self) -> str:
        return "Filing(…)"


def file_request(kit: Kit, filing: Filing) -> None:
    """Keep a request for good. Silent when the very same filing was kept before. Raises Busy."""
    code = read_code(filing.code)
    secrets = derive_secrets(kit, code)
    voice = filing.voice
    if filing.second_word:
        voice = replace(voice, second_word_digest=digest_of_word(kit, filing.second_word, filing.filing_id))
    filing_digest = digest("filing", filing.filing_id.encode())
    with kit.database.reading() as work:
        if work.requests.is_filed(filing_digest):
            return
        team_public = kit.team_key(work).public

    at = kit.clock()
    request_id, party_id = new_id(), new_id()
    request_key, voice_key, desk_key = new_key(), new_key(), new_key()
    shared = {"contents": list(filing.contents), "received_at": to_minute(at).isoformat()}
    notes = (*filing.notes, *repeat(PlaceNote(), len(filing.places) - len(filing.notes)))
    locations = tuple(
        sealed_location(request_id, number, place, note, filing.contents, at, request_key)
        for number, (place, note) in enumerate(zip(filing.places, notes, strict=True), start=1)
    )
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
    request = request.needing_safety_check(to_minute(at)) if voice.needs_safety_check else request
    request = request.in_danger(voice.is_in_danger).following(locations)
    party = Party(
        id=party_id,
        request_id=request_id,
        number=1,
        standing=STANDING_OF[voice.asker],
        generation=1,
        facts_sealed=lock_record(voice_key, Purpose.STATEMENT, party_id, voice_record(voice)),
    )

    def for_team(public: bytes) -> tuple[Wrap, ...]:
        return (
            wrap_for_team(public, Purpose.REQUEST_KEY, request_id, request_id, request_key),
            wrap_for_team(public, Purpose.VOICE_KEY, request_id, party_id, voice_key),
            wrap_for_team(public, Purpose.DESK_KEY, request_id, request_id, desk_key),
        )

    sealed_for_team = for_team(team_public)
    wraps = (
        wrap_under(secrets.wrapping_key, party_id, Purpose.VOICE_KEY, request_id, party_id, voice_key),
        wrap_under(voice_key, party_id, Purpose.REQUEST_KEY, request_id, request_id, request_key),
    )
    sealed_notes = sealed_place_notes(locations, notes, voice_key, party_id)
    with kit.database.writing() as work:
        now_public = kit.team_key(work).public
        if now_public != team_public:  # rotated at this very moment: nothing may stay under the old key
            sealed_for_team = for_team(now_public)
        if work.requests.is_filed(filing_digest):
            return
        try:
            work.requests.add(request, filing_digest)
        except AlreadyThere:
            return
        work.parties.add(party, secrets.lookup_digest)
        work.requests.add_locations(locations)
        for location_id, note in sealed_notes.items():
            work.parties.keep_note(location_id, party_id, note)
        work.wraps.add(*sealed_for_team, *wraps)
        if filing.contact is not None and party.standing is not Standing.BYSTANDER:
            add_contact(kit, work, party_id, voice_key, voice.language, filing.contact)
        work.trail.append(request.trail_id, Entry(TrailKind.REQUEST_FILED), "requester", at)
        if voice.is_in_danger:
            ring_alarm(kit, work, at)
        work.commit()
