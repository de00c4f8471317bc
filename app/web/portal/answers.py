"""Everything that was answered so far: as the pages of asking hand it on, and as the session keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.casework.voices import note_of, note_record, voice_of, voice_record
from app.domain.asking import PlaceNote, Voice
from app.domain.words import Content, Hours


@dataclass(frozen=True)
class Answers:
    """What somebody said, whole and as typed: going back shows it again, whatever was answered since.

    What of it is sent is decided once, in filing.py: a parent's answers are not sent after the answer
    to "who is asking" became another one.
    """

    places: str = ""  # as typed: reading it again gives the same places
    accounts: tuple[tuple[str, str], ...] = ()  # the app, and the account there
    unsure: str = ""  # "I do not know exactly"
    notes: Mapping[str, PlaceNote] = field(default_factory=dict)  # by the key of a place, see said_places.py
    contents: tuple[Content, ...] = ()
    voice: Voice = field(default_factory=lambda: Voice(language=""))  # no language: that of the pages
    may_hear: bool = False  # the website may hear the words, should the very text be agreed to
    agreed_to: str = ""  # digest of the words that were agreed to
    second_word: str = ""
    email: str = ""
    hours: Hours | None = None

    def __repr__(self) -> str:
        return "Answers(…)"


def answers_record(answers: Answers) -> dict[str, Any]:
    """As JSON can hold it."""
    return {
        "places": answers.places,
        "accounts": [list(each) for each in answers.accounts],
        "unsure": answers.unsure,
        "notes": {key: note_record(note) for key, note in answers.notes.items()},
        "contents": [each.value for each in answers.contents],
        "voice": voice_record(answers.voice),
        "may_hear": answers.may_hear,
        "agreed_to": answers.agreed_to,
        "second_word": answers.second_word,
        "email": answers.email,
        "hours": answers.hours,
    }


def answers_of(record: dict[str, Any]) -> Answers:
    """What `answers_record` wrote."""
    return Answers(
        places=record["places"],
        accounts=tuple((app, account) for app, account in record["accounts"]),
        unsure=record["unsure"],
        notes={key: note_of(note) for key, note in record["notes"].items()},
        contents=tuple(Content(each) for each in record["contents"]),
        voice=voice_of(record["voice"]),
        may_hear=record["may_hear"],
        agreed_to=record["agreed_to"],
        second_word=record["second_word"],
        email=record["email"],
        hours=Hours(record["hours"]) if record["hours"] else None,
    )
