"""Everything one party sees and said, to keep: their own file."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Requester
from app.casework.contact_packs import ContactPack
from app.casework.frozen_page import FrozenPlace
from app.casework.kit import Kit
from app.casework.new_places import open_note, place_record
from app.casework.own_contact import open_contact
from app.casework.own_request import OwnRequest, load_opened
from app.casework.voices import note_record, voice_of, voice_record
from app.domain.asking import PlaceNote, Voice
from app.domain.times import to_minute
from app.domain.trail import Entry, TrailKind
from app.domain.words import Content, LocationState, RequestState, Standing
from app.persistence.database import Work
from app.places.reading import Place
from app.vault.records import Record, unlock_record
from app.vault.seal import Purpose, unlock


@dataclass(frozen=True)
class OwnPlace:
    """One place, whole. Without a state for who does not see states."""

    number: int
    place: Place
    note: PlaceNote
    state: LocationState | None
    state_at: datetime | None
    due_at: datetime | None

    def __repr__(self) -> str:
        return f"OwnPlace({self.number})"

    def as_record(self) -> Record:
        return {
            "number": self.number,
            **place_record(self.place),
            "note": note_record(self.note),
            "state": self.state,
            "state_at": self.state_at.isoformat() if self.state_at else None,
            "looked_at_by": self.due_at.isoformat() if self.due_at else None,
        }


@dataclass(frozen=True)
class OwnMessage:
    from_hotline: bool
    at: datetime
    text: str

    def __repr__(self) -> str:
        return "OwnMessage(…)"


@dataclass(frozen=True)
class OwnFile:
    """Holds opened content: never log it. `voice` comes without the digest of the second word."""

    made_at: datetime
    received_at: datetime
    standing: Standing
    contents: tuple[Content, ...]
    voice: Voice
    places: tuple[OwnPlace, ...]
    messages: tuple[OwnMessage, ...]
    contact: ContactPack | None

    def __repr__(self) -> str:
        return "OwnFile(…)"

    def as_record(self) -> Record:
        """All of it as JSON can hold it: stored values for closed lists, ISO 8601 for times."""
        said = voice_record(self.voice)
        del said["second_word_digest"]
        return {
            "made_at": self.made_at.isoformat(),
            "received_at": self.received_at.isoformat(),
            "standing": self.standing,
            "contents": list(self.contents),
            "said": said,
            "places": [one.as_record() for one in self.places],
            "messages": [
                {"from_hotline": one.from_hotline, "at": one.at.isoformat(), "text": one.text}
                for one in self.messages
            ],
            "contact": _contact_record(self.contact),
        }


def _contact_record(contact: ContactPack | None) -> Record | None:
    """Without the number, which is good only where it was mailed to."""
    if contact is None:
        return None
    return {"email": contact.email, "telling": contact.telling, "hours": contact.hours}


def open_own_file(kit: Kit, actor: Requester) -> OwnFile:
    """Open it, and say so in the trail. For every party; what a bystander named comes without a state.

    Raises NotFound, NotAllowed for a handed-over code that was not replaced yet.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        own = load_opened(work, actor)
        sealed = own.party.facts_sealed
        voice = voice_of(unlock_record(actor.voice_key, Purpose.STATEMENT, own.party.id, sealed))
        file = OwnFile(
            made_at=to_minute(at),
            received_at=own.page.received_at,
            standing=own.party.standing,
            contents=own.page.contents,
            voice=replace(voice, second_word_digest=""),
            places=_places(work, own),
            messages=_messages(work, own),
            contact=open_contact(work, actor),
        )
        entry = Entry(TrailKind.FILE_OPENED, own.party.id)
        work.trail.append(own.request.trail_id, entry, "requester", at)
        work.commit()
    return file


def _places(work: Work, own: OwnRequest) -> tuple[OwnPlace, ...]:
    notes = work.parties.notes_of(own.party.id)
    # Of what was set aside no state is true: nobody looks at it before they write.
    is_aside = own.request.state is RequestState.NOT_A_REQUEST and not own.party.is_revoked
    seen = own.party.standing.sees_places and not is_aside
    return tuple(
        OwnPlace(
            number=one.number,
            place=one.place,
            note=_note(own, one, notes),
            state=one.state if seen else None,
            state_at=one.state_at if seen else None,
            due_at=one.due_at if seen else None,
        )
        for one in own.page.places
    )


def _note(own: OwnRequest, one: FrozenPlace, notes: dict[str, bytes]) -> PlaceNote:
    if one.note is not None or one.location_id not in notes:
        return one.note or PlaceNote()
    return open_note(one.location_id, notes[one.location_id], own.actor.voice_key, own.party.id)


def _messages(work: Work, own: OwnRequest) -> tuple[OwnMessage, ...]:
    """As the page shows them: none to a bystander, and no asides."""
    if own.party.standing is Standing.BYSTANDER:
        return ()
    return tuple(
        OwnMessage(
            one.from_hotline,
            one.written_at,
            unlock(own.actor.voice_key, Purpose.MESSAGE, one.id, one.text_sealed).decode(),
        )
        for one in work.messages.of_party(own.party.id)
        if not one.is_aside
    )
