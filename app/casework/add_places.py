"""Adding places to a request, by anybody who asks in it but a bystander."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, repeat

from app.casework.actors import Requester
from app.casework.cases import save_moves
from app.casework.errors import NotAllowed
from app.casework.frozen_page import FrozenPlace
from app.casework.kit import Kit, new_id
from app.casework.new_places import sealed_location
from app.casework.note_place import keep_note
from app.casework.own_request import OwnRequest, load_to_change, show_and_tell
from app.casework.say_back_again import can_be_back
from app.casework.voices import voice_of
from app.domain.asking import PlaceNote
from app.domain.locations import MOST_PLACES, Location, due_from, named_by
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import Content, LocationState
from app.persistence.database import Work
from app.places.reading import Place
from app.vault.records import unlock_record
from app.vault.seal import Purpose

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class AddInput:
    """`notes` go with the places, in their order; fewer of them will do."""

    places: tuple[Place, ...]
    notes: tuple[PlaceNote, ...] = ()

    def __repr__(self) -> str:
        return "AddInput(…)"


@dataclass(frozen=True)
class _Sorted:
    """What was named now: new places, and places the party had named before, each with its note."""

    new: tuple[tuple[Place, PlaceNote], ...]
    again: tuple[tuple[FrozenPlace, PlaceNote], ...]


def add_places(kit: Kit, actor: Requester, given: AddInput) -> int:
    """Keep the places that this party had not named before; how many those were.

    A place that was gone and is named again is back. Raises NotAllowed for a bystander, for more than
    MOST_AT_ONCE places (or none), and when the party would have named more than domain.locations.MOST_PLACES;
    NotFound.
    """
    if not 0 < len(given.places) <= MOST_AT_ONCE:
        raise NotAllowed
    at = kit.clock()
    with kit.database.writing() as work:
        own = load_to_change(work, actor, at)
        found = _sort_out(own, given)
        first = _next_number(own)
        if first - 1 + len(found.new) > own.party.number * MOST_PLACES:
            raise NotAllowed
        if own.party.is_revoked:
            _show(work, own, found, first, at)
        else:
            _keep(work, own, found, first, at)
        work.commit()
    return len(found.new)


def _sort_out(own: OwnRequest, given: AddInput) -> _Sorted:
    """By what this party knows alone: what somebody else named looks new to them. A place they withdrew and
    name again is new: they want it asked for after all."""
    known = {_same(one.place): one for one in own.page.places if one.state is not LocationState.WITHDRAWN}
    new: dict[tuple[str, ...], tuple[Place, PlaceNote]] = {}
    again: dict[int, tuple[FrozenPlace, PlaceNote]] = {}
    for place, note in zip(given.places, chain(given.notes, repeat(PlaceNote())), strict=False):
        one = known.get(_same(place))
        if one is not None:
            again.setdefault(one.number, (one, note))
        else:
            new.setdefault(_same(place), (place, note))
    return _Sorted(tuple(new.values()), tuple(again.values()))


def _same(place: Place) -> tuple[str, ...]:
    """Equal for two ways to name one place."""
    if place.url:
        return ("url", place.url)
    if place.app:
        return ("app", _folded(place.app), _folded(place.account))
    return ("words", _folded(place.typed))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _next_number(own: OwnRequest) -> int:
    mine = [one.number for one in own.page.places if named_by(one.number) == own.party.number]
    return max(mine, default=(own.party.number - 1) * MOST_PLACES) + 1


def _keep(work: Work, own: OwnRequest, found: _Sorted, first: int, at: datetime) -> None:
    request, key = own.request, own.actor.request_key
    contents = _contents(own)
    added = tuple(
        sealed_location(request.id, number, place, note, contents, at, key)
        for number, (place, note) in enumerate(found.new, start=first)
    )
    if added:
        work.requests.add_locations(added)
        work.trail.append(request.trail_id, Entry(TrailKind.PLACES_ADDED), "requester", at)
    for location, (_, note) in zip(added, found.new, strict=True):
        keep_note(work, own, location, note, at)
    save_moves(work, request, *_said_again(work, own, found, at), by_party=own.party.id)


def _contents(own: OwnRequest) -> tuple[Content, ...]:
    """What this party says is there: shared by who filed the request, their own for a child beside them."""
    if own.party.number == 1:
        return own.page.contents
    record = unlock_record(own.actor.voice_key, Purpose.STATEMENT, own.party.id, own.party.facts_sealed)
    return voice_of(record).contents


def _said_again(work: Work, own: OwnRequest, found: _Sorted, at: datetime) -> list[Location]:
    """What was known moves: to "back" what was gone, and to an earlier date what is threatened now."""
    moved = []
    for one, note in found.again:
        location = own.locations[one.location_id]
        if can_be_back(one):
            location = location.move(LocationState.BACK, at)
            entry = Entry(TrailKind.SAID_BACK_AGAIN, location.id)
            work.trail.append(own.request.trail_id, entry, "requester", at)
        location = keep_note(work, own, location, note, at)
        if location != own.locations[one.location_id]:
            moved.append(location)
    return moved


def _show(work: Work, own: OwnRequest, found: _Sorted, first: int, at: datetime) -> None:
    added = tuple(
        FrozenPlace(
            location_id=new_id(),
            number=number,
            place=place,
            state=LocationState.RECEIVED,
            state_at=to_minute(at),
            due_at=due_from(LocationState.RECEIVED, at),
            note=note,
        )
        for number, (place, note) in enumerate(found.new, start=first)
    )
    again = [(replace(one, note=one.note if note.is_empty else note), one) for one, note in found.again]
    back = tuple(one.moved(LocationState.BACK, at) for one, _ in again if can_be_back(one))
    noted = tuple(one for one, before in again if one != before and not can_be_back(one))
    show_and_tell(work, own, at, added=added, back=back, corrected=noted)
