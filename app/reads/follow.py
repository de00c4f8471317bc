"""What a requester sees with the receipt code: each location, its state, the messages."""

from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Requester
from app.casework.kit import Kit
from app.domain.words import LocationState, Standing
from app.places.showing import defang, mask
from app.vault.records import unlock_record
from app.vault.seal import Purpose, unlock


@dataclass(frozen=True)
class FollowPlace:
    number: int
    masked: str
    defanged: str
    state: LocationState
    state_at: datetime

    def __repr__(self) -> str:
        return f"FollowPlace({self.number}, {self.state})"


@dataclass(frozen=True)
class ShownMessage:
    from_hotline: bool
    at: datetime
    text: str

    def __repr__(self) -> str:
        return "ShownMessage(…)"


@dataclass(frozen=True)
class FollowPage:
    """`places` is empty for those who may not see states: a bystander, an unchecked representative."""

    received_at: datetime
    standing: Standing
    places: tuple[FollowPlace, ...]
    messages: tuple[ShownMessage, ...]

    def __repr__(self) -> str:
        return "FollowPage(…)"


def read_follow(kit: Kit, actor: Requester) -> FollowPage:
    """Open what this party's code opens, and only what this party may see."""
    with kit.database.reading() as work:
        request = work.requests.load(actor.request_id)
        standing = work.requests.party(actor.party_id).standing
        may_see = standing in (Standing.OWN, Standing.CHECKED)
        locations = work.requests.locations_of(actor.request_id) if may_see else ()
        messages = () if standing is Standing.BYSTANDER else work.messages.of_party(actor.party_id)
    shared = unlock_record(actor.request_key, Purpose.REQUEST_FACTS, request.id, request.facts_sealed)
    places = []
    for location in locations:
        record = unlock_record(actor.request_key, Purpose.LOCATION, location.id, location.place_sealed)
        shown = FollowPlace(
            location.number, mask(record["url"]), defang(record["url"]), location.state, location.state_at
        )
        places.append(shown)
    return FollowPage(
        received_at=datetime.fromisoformat(shared["received_at"]),
        standing=standing,
        places=tuple(places),
        messages=tuple(
            ShownMessage(
                m.from_hotline,
                m.written_at,
                unlock(actor.voice_key, Purpose.MESSAGE, m.id, m.text_sealed).decode(),
            )
            for m in messages
        ),
    )
