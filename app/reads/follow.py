"""What a requester sees with the receipt code: each location, its state, the messages."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Requester
from app.casework.cases import load_own
from app.casework.errors import NotFound
from app.casework.frozen_page import FrozenPlace, frozen_of, known_to
from app.casework.kit import Kit
from app.casework.new_places import place_of
from app.casework.own_request import is_represented
from app.casework.voices import note_of, voice_of
from app.domain.asking import PlaceNote, Voice
from app.domain.locations import Location
from app.domain.moves import CORRECTABLE, MOVES
from app.domain.proof_words import ContactState
from app.domain.words import LocationState, RequestState, Standing
from app.places.reading import Place
from app.places.showing import masked_place, whole_place
from app.vault.records import unlock_record
from app.vault.seal import Purpose, unlock

PAGE = 25
ALL = 1_000_000  # as `per_page`: every place
NAME_CHARACTERS = 80


@dataclass(frozen=True)
class FollowPlace:
    """One place as its requester sees it. `due_at`: when somebody looks at it again, at the latest."""

    number: int
    place: Place
    note: PlaceNote
    state: LocationState
    state_at: datetime
    due_at: datetime | None

    def __repr__(self) -> str:
        return f"FollowPlace({self.number}, {self.state})"

    @property
    def masked(self) -> str:
        """Empty where the place is told in words only."""
        return masked_place(self.place)

    @property
    def whole(self) -> str:
        """All of it, never as a link."""
        return whole_place(self.place)

    @property
    def name(self) -> str:
        """What to call it on a page that others may see: their own label, else the masked host, else the
        beginning of their words."""
        called = self.note.label or self.masked or self.place.typed
        return called if len(called) <= NAME_CHARACTERS else called[:NAME_CHARACTERS] + "…"

    @property
    def can_be_corrected(self) -> bool:
        return self.state in CORRECTABLE

    @property
    def can_be_back(self) -> bool:
        """Whether it is, or was said to be, gone: then it may be there again."""
        return LocationState.BACK in MOVES[self.state]

    @property
    def is_watched_no_more(self) -> bool:
        """It stayed gone on every day on which somebody looked."""
        return self.state is LocationState.WATCHED and self.due_at is None

    @property
    def can_be_withdrawn(self) -> bool:
        return LocationState.WITHDRAWN in MOVES[self.state]


@dataclass(frozen=True)
class ShownMessage:
    from_hotline: bool
    at: datetime
    text: str

    def __repr__(self) -> str:
        return "ShownMessage(…)"


@dataclass(frozen=True)
class FollowPage:
    """`places` is one page of them; none for those who may not see states.

    `is_represented`: somebody else acts in this request, too. Only the child's own access is told.
    `is_set_aside`: the hotline found no place in it, and waits for a word. No state is true then, and no day.
    """

    received_at: datetime
    standing: Standing
    voice: Voice
    places: tuple[FollowPlace, ...]
    place_count: int
    page: int
    pages: int
    messages: tuple[ShownMessage, ...]
    is_handed_over: bool
    is_represented: bool
    was_represented: bool
    contact: ContactState | None
    is_set_aside: bool = False

    def __repr__(self) -> str:
        return "FollowPage(…)"

    @property
    def sees_places(self) -> bool:
        return self.standing.sees_places

    @property
    def may_end(self) -> bool:
        """Whether withdrawing and forgetting are this party's own to do; otherwise a caseworker is asked."""
        return self.standing is Standing.OWN


def read_follow(kit: Kit, actor: Requester, page: int = 1, per_page: int = PAGE) -> FollowPage:
    """Open what this party's code opens, and only what this party may see. Raises NotFound."""
    with kit.database.reading() as work:
        request, party = load_own(work, actor)
        seen = party.standing.sees_places
        locations = known_to(party, work.requests.locations_of(request.id)) if seen else ()
        messages = () if party.standing is Standing.BYSTANDER else work.messages.of_party(party.id)
        messages = tuple(one for one in messages if not one.is_aside)
        notes = work.parties.notes_of(party.id)
        represented = is_represented(work, party)
        contact = work.contacts.load(party.id)
    voice = voice_of(unlock_record(actor.voice_key, Purpose.STATEMENT, party.id, party.facts_sealed))
    if party.is_revoked:
        frozen = frozen_of(party, actor.request_key)
        received_at = frozen.received_at
        every = [_frozen(one, notes, actor) for one in frozen.places] if seen else []
        count = len(every)
        pages, page = _pages(count, page, per_page)
        places = every[(page - 1) * per_page : page * per_page]
    else:
        shared = unlock_record(actor.request_key, Purpose.REQUEST_FACTS, request.id, request.facts_sealed)
        received_at = datetime.fromisoformat(shared["received_at"])
        count = len(locations)
        pages, page = _pages(count, page, per_page)
        shown = locations[(page - 1) * per_page : page * per_page]
        asked_at = {one.written_at for one in messages if one.from_hotline}
        places = [_as_told(_opened(one, notes, actor), asked_at) for one in shown]
    return FollowPage(
        received_at=received_at,
        standing=party.standing,
        voice=voice,
        places=tuple(places),
        place_count=count,
        page=page,
        pages=pages,
        messages=tuple(
            ShownMessage(
                m.from_hotline,
                m.written_at,
                unlock(actor.voice_key, Purpose.MESSAGE, m.id, m.text_sealed).decode(),
            )
            for m in messages
        ),
        is_handed_over=party.is_handed_over,
        is_represented=represented,
        was_represented=party.number > 1,
        contact=None if contact is None else contact.state,
        is_set_aside=request.state is RequestState.NOT_A_REQUEST and not party.is_revoked,
    )


def read_place(kit: Kit, actor: Requester, number: int) -> FollowPlace:
    """One place of those that this party sees. Raises NotFound."""
    shown = read_follow(kit, actor, per_page=ALL)
    place = next((one for one in shown.places if one.number == number), None)
    if place is None:
        raise NotFound
    return place


def _pages(count: int, page: int, per_page: int) -> tuple[int, int]:
    """How many pages, and the one that is nearest to what was asked for."""
    pages = max(1, -(-count // per_page))
    return pages, min(max(page, 1), pages)


def _opened(location: Location, notes: dict[str, bytes], actor: Requester) -> FollowPlace:
    record = unlock_record(actor.request_key, Purpose.LOCATION, location.id, location.place_sealed)
    return FollowPlace(
        number=location.number,
        place=place_of(record),
        note=_note(location.id, notes, actor),
        state=location.state,
        state_at=location.state_at,
        due_at=location.due_at,
    )


def _as_told(place: FollowPlace, asked_at: set[datetime]) -> FollowPlace:
    """A question is for who was asked it: to the others the place stands as before."""
    is_hidden = place.state is LocationState.ASKED and place.state_at not in asked_at
    return replace(place, state=LocationState.ASSESSING) if is_hidden else place


def _frozen(one: FrozenPlace, notes: dict[str, bytes], actor: Requester) -> FollowPlace:
    note = _note(one.location_id, notes, actor) if one.note is None else one.note
    return FollowPlace(one.number, one.place, note, one.state, one.state_at, one.due_at)


def _note(location_id: str, notes: dict[str, bytes], actor: Requester) -> PlaceNote:
    sealed = notes.get(location_id)
    if sealed is None:
        return PlaceNote()
    bound_to = f"{location_id} {actor.party_id}"
    return note_of(unlock_record(actor.voice_key, Purpose.PLACE_NOTE, bound_to, sealed))
