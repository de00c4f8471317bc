"""Searching the cases one caseworker holds: they are opened in memory and looked through, one by one.

Nothing is indexed, and neither the words nor what was found is kept anywhere: only that each case was opened
for a search stands in its trail. What is found is named, never shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum, unique

from app.casework.actors import Caseworker
from app.casework.case_folder import CaseParty, CasePlace
from app.casework.case_keys import CaseKeys, open_case_keys
from app.casework.cases import load_for
from app.casework.desk_notes import notes_of_case
from app.casework.errors import NotAllowed, NotFound, Recused
from app.casework.kit import Kit
from app.casework.open_case import handle_of, party_of, places_of
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.persistence.database import Work
from app.places.reading import read_places

MOST_CASES = 50
SHORTEST, LONGEST = 3, 500


@unique
class Where(StrEnum):
    """In what part of a case something was found."""

    PLACE = "place"
    LABEL = "label"
    WORDS = "words"
    MESSAGE = "message"
    NOTE = "note"
    REFERENCE = "reference"


@dataclass(frozen=True)
class Hit:
    """One part of one case. `number` is the place's, where it is about one; `masked` only says its host."""

    where: Where
    number: int = 0
    masked: str = ""


@dataclass(frozen=True)
class FoundCase:
    request_id: str
    handle: str
    hits: tuple[Hit, ...]

    def __repr__(self) -> str:
        return f"FoundCase({self.handle})"


@dataclass(frozen=True)
class _Wanted:
    """What was typed, in small letters, and as an address where it is one."""

    words: str = field(repr=False)
    urls: frozenset[str] = field(repr=False)

    def is_in(self, *texts: str) -> bool:
        return any(self.words in text.casefold() for text in texts)


def find_in_cases(kit: Kit, actor: Caseworker, typed: str) -> tuple[FoundCase, ...]:
    """The cases of theirs in which it stands. NotAllowed where it is too short, or too long, to be found."""
    words = " ".join(typed.split()).casefold()
    if not SHORTEST <= len(words) <= LONGEST:
        raise NotAllowed
    wanted = _Wanted(words, frozenset(place.url for place in read_places(typed).places))
    with kit.database.reading() as work:
        held = work.requests.leased_by(actor.id, kit.clock(), MOST_CASES)
    looked = (_look(kit, actor, request_id, wanted) for request_id in held)
    return tuple(found for found in looked if found is not None)


def _look(kit: Kit, actor: Caseworker, request_id: str, wanted: _Wanted) -> FoundCase | None:
    """In a transaction of its own: a search through many cases is to hold up nobody."""
    with kit.database.writing() as work:
        try:
            request = load_for(work, actor, request_id)
        except (NotFound, Recused):
            return None
        if not request.is_held_by(actor.id, kit.clock()):
            return None
        keys = open_case_keys(work, actor.team, request_id)
        hits = tuple(dict.fromkeys(_hits(work, request, keys, wanted)))
        work.trail.append(request.trail_id, Entry(TrailKind.CASE_FOUND), actor.id, kit.clock())
        work.commit()
    return FoundCase(request_id, handle_of(request_id), hits) if hits else None


def _hits(work: Work, request: Request, keys: CaseKeys, wanted: _Wanted) -> Iterator[Hit]:
    places = places_of(work, request, keys)
    yield from _in_places(places, wanted)
    numbers = {place.id: place for place in places}
    for party in work.parties.of_request(request.id):
        yield from _in_voice(party_of(work, party, keys), numbers, wanted)
    if any(wanted.is_in(note.text) for note in notes_of_case(work, request.id, keys)):
        yield Hit(Where.NOTE)
    references = [notice.reference for notice in work.notices.of_request(request.id)]
    if wanted.is_in(handle_of(request.id), *references):
        yield Hit(Where.REFERENCE)


def _in_places(places: Iterable[CasePlace], wanted: _Wanted) -> Iterator[Hit]:
    for place in places:
        told = place.place
        texts = (told.url, told.typed, place.defanged, told.host, told.app, told.account)
        if wanted.is_in(*texts) or told.url in wanted.urls:
            yield Hit(Where.PLACE, place.number, place.masked)


def _in_voice(party: CaseParty, places: dict[str, CasePlace], wanted: _Wanted) -> Iterator[Hit]:
    for place_id, note in party.notes.items():
        if note.label and place_id in places and wanted.is_in(note.label):
            yield Hit(Where.LABEL, places[place_id].number, places[place_id].masked)
    voice = party.voice
    said = (voice.words, voice.about.how_known, voice.about.police_which)
    if wanted.is_in(*said, voice.acting.who, voice.acting.child_wants):
        yield Hit(Where.WORDS)
    if any(wanted.is_in(message.text) for message in party.messages):
        yield Hit(Where.MESSAGE)
