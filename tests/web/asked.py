"""What was filed, as its own code opens it, and one way through the questions."""

from dataclasses import dataclass

from flask import Flask
from werkzeug.test import TestResponse

from app.casework.follow_with_code import follow_with_code
from app.casework.kit import Kit
from app.casework.new_places import place_of
from app.casework.voices import note_of, voice_of
from app.domain.asking import PlaceNote, Voice
from app.domain.words import SafetyState
from app.places.reading import Place
from app.vault.records import Record, unlock_record
from app.vault.seal import Purpose
from tests.make import URL
from tests.walks import Asking, Value


@dataclass(frozen=True)
class Asked:
    """One request: its places with their notes in order, and what was said."""

    places: tuple[Place, ...]
    notes: tuple[PlaceNote, ...]
    voice: Voice
    shared: Record
    safety: SafetyState


def asked(kit: Kit, code: str) -> Asked:
    """Open a request with its code."""
    actor = follow_with_code(kit, code)
    with kit.database.reading() as work:
        party = work.parties.load(actor.party_id)
        request = work.requests.load(actor.request_id)
        locations = work.requests.locations_of(actor.request_id)
        sealed = work.parties.notes_of(actor.party_id)
    places = tuple(
        place_of(unlock_record(actor.request_key, Purpose.LOCATION, each.id, each.place_sealed))
        for each in locations
    )
    notes = tuple(
        note_of(
            unlock_record(actor.voice_key, Purpose.PLACE_NOTE, f"{each.id} {actor.party_id}", sealed[each.id])
        )
        if each.id in sealed
        else PlaceNote()
        for each in locations
    )
    shared = unlock_record(actor.request_key, Purpose.REQUEST_FACTS, request.id, request.facts_sealed)
    said = unlock_record(actor.voice_key, Purpose.STATEMENT, party.id, party.facts_sealed)
    return Asked(places, notes, voice_of(said), shared, request.safety)


def at(site: Flask, step: str, places: str = URL, **answers: Value) -> Asking:
    """Somebody who named a place, answered something, and now looks at one of the questions."""
    asking = Asking(site)
    asking.fill(places, **answers)
    asking.go(f"/ask/{step}")
    assert asking.path == f"/ask/{step}"
    return asking


def press(asking: Asking, button: str, **answers: Value) -> TestResponse:
    """Press a button of the question that is open."""
    return asking.send(asking.path, button, **answers)
