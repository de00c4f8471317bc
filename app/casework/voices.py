"""What one party said, as a record to seal, and back. Fields an older record lacks count as not said."""

from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from app.domain.asking import About, Acting, PlaceNote, Safety, Voice, Wishes
from app.domain.words import AgeBand, Asker, Authority, Content, Matter, Since, Telling, YesNo
from app.vault.records import Record

E = TypeVar("E", bound=StrEnum)


def voice_record(voice: Voice) -> Record:
    """All of it, as JSON can hold it."""
    record: Record = asdict(voice)
    return record


def voice_of(record: Record) -> Voice:
    """What `voice_record` wrote."""
    about, acting, safety, wishes = (record.get(n, {}) for n in ("about", "acting", "safety", "wishes"))
    return Voice(
        asker=Asker(record["asker"]),
        language=record["language"],
        words=record["words"],
        may_provider_hear=record.get("may_provider_hear", False),
        about=About(
            age_band=_one(AgeBand, about.get("age_band")),
            how_known=about.get("how_known", ""),
            police=_one(YesNo, about.get("police")),
            police_which=about.get("police_which", ""),
            is_under_18=_one(YesNo, about.get("is_under_18")),
        ),
        acting=Acting(
            authority=_one(Authority, acting.get("authority")),
            who=acting.get("who", ""),
            is_bona_fide=acting.get("is_bona_fide", False),
            child_wants=acting.get("child_wants", ""),
            is_unsafe=acting.get("is_unsafe", False),
        ),
        safety=Safety(
            could_guess=_one(YesNo, safety.get("could_guess")),
            lives_near=_one(YesNo, safety.get("lives_near")),
        ),
        wishes=Wishes(
            matters=tuple(Matter(one) for one in wishes.get("matters", ())),
            telling=_one(Telling, wishes.get("telling")),
        ),
        gives_word=record.get("gives_word", False),
        contents=tuple(Content(one) for one in record.get("contents", ())),
        names=tuple(record.get("names", ())),
        second_word_digest=record.get("second_word_digest", ""),
    )


def note_record(note: PlaceNote) -> Record:
    record: Record = asdict(note)
    return record | {"threat_on": note.threat_on.isoformat() if note.threat_on else None}


def note_of(record: Record) -> PlaceNote:
    """What `note_record` wrote."""
    threat_on = record.get("threat_on")
    return PlaceNote(
        label=record.get("label", ""),
        since=_one(Since, record.get("since")),
        threat=_one(YesNo, record.get("threat")),
        threat_on=date.fromisoformat(threat_on) if threat_on else None,
    )


def _one(kind: type[E], value: Any) -> E | None:
    return None if value is None else kind(value)
