"""Filing a request: everything sealed before the transaction opens, acknowledged only after commit."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.case_keys import wrap_for_team, wrap_under
from app.casework.kit import Kit, new_id
from app.domain.locations import Location
from app.domain.requests import Request
from app.domain.times import to_hour, to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import Asker, Content, LocationState, RequestState, Standing
from app.persistence.errors import AlreadyThere
from app.persistence.requests import Party
from app.persistence.wraps import Wrap
from app.places.reading import Place
from app.vault.codes import code_secrets, read_code
from app.vault.derive import digest
from app.vault.records import lock_record
from app.vault.seal import Purpose, SecretKey, new_key

STANDING_OF = {
    Asker.PERSON: Standing.OWN,
    Asker.UNSAID: Standing.OWN,
    Asker.PARENT: Standing.UNCHECKED,
    Asker.AUTHORISED: Standing.UNCHECKED,
    Asker.BYSTANDER: Standing.BYSTANDER,
}


@dataclass(frozen=True)
class Filing:
    """What a requester sends. `filing_id` is random and made with the draft: sending twice is one request."""

    filing_id: str
    code: str
    places: tuple[Place, ...]
    asker: Asker
    contents: tuple[Content, ...]
    words: str
    language: str

    def __repr__(self) -> str:
        return "Filing(…)"


def file_request(kit: Kit, filing: Filing) -> None:
    """Keep a request for good. Silent when the very same filing was kept before. Raises Busy."""
    code = read_code(filing.code)
    secrets = kit.take_turns(kit.codes, lambda: code_secrets(code, kit.code_salt))
    filing_digest = digest("filing", filing.filing_id.encode())
    with kit.database.reading() as work:
        if work.requests.is_filed(filing_digest):
            return
        team_public = kit.team_key(work).public

    at = kit.clock()
    request_id, party_id = new_id(), new_id()
    request_key, voice_key, desk_key = new_key(), new_key(), new_key()
    shared = {"contents": list(filing.contents), "received_at": to_minute(at).isoformat()}
    own = {"asker": filing.asker, "language": filing.language, "words": filing.words}
    locations = tuple(
        _location(request_id, number, place, at, request_key)
        for number, place in enumerate(filing.places, start=1)
    )
    request = Request(
        id=request_id,
        version=1,
        trail_id=new_id(),
        state=RequestState.OPEN,
        received_at=to_hour(at),
        open_places=len(locations),
        taken_by=None,
        lease_until=None,
        facts_sealed=lock_record(request_key, Purpose.REQUEST_FACTS, request_id, shared),
    )
    party = Party(
        id=party_id,
        request_id=request_id,
        standing=STANDING_OF[filing.asker],
        generation=1,
        facts_sealed=lock_record(voice_key, Purpose.STATEMENT, party_id, own),
    )

    def for_team(public: bytes) -> tuple[Wrap, ...]:
        return (
            wrap_for_team(public, Purpose.REQUEST_KEY, request_id, request_id, request_key),
            wrap_for_team(public, Purpose.VOICE_KEY, request_id, party_id, voice_key),
            wrap_for_team(public, Purpose.DESK_KEY, request_id, request_id, desk_key),
        )

    sealed_for_team = for_team(team_public)
    wraps = (
        wrap_under(secrets.wrapping_key, party_id, Purpose.REQUEST_KEY, request_id, request_id, request_key),
        wrap_under(secrets.wrapping_key, party_id, Purpose.VOICE_KEY, request_id, party_id, voice_key),
    )
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
        work.requests.add_party(party, secrets.lookup_digest)
        work.requests.add_locations(locations)
        work.wraps.add(*sealed_for_team, *wraps)
        work.trail.append(request.trail_id, Entry(TrailKind.REQUEST_FILED), "requester", at)
        work.commit()


def _location(request_id: str, number: int, place: Place, at: datetime, request_key: SecretKey) -> Location:
    location_id = new_id()
    record = {"url": place.url, "host": place.host, "typed": place.typed}
    return Location(
        id=location_id,
        request_id=request_id,
        number=number,
        version=1,
        state=LocationState.RECEIVED,
        state_at=to_minute(at),
        place_sealed=lock_record(request_key, Purpose.LOCATION, location_id, record),
    )
