"""A word that places are gone, or are there, noted by a caseworker as what it is.

Nobody here, and no part of this program, contacts a reported host: a check is the hotline's own in the way it
is authorised to look, or a partner's. A requester's word is only ever volunteered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.count_outcome import findings_in
from app.casework.errors import NotAllowed, NotFound
from app.casework.follow_word import follow_word
from app.casework.kit import Kit, new_id
from app.domain.assessments import Finding
from app.domain.locations import Location
from app.domain.moves import GONE_OUT
from app.domain.notice_words import Seen, SignalSource
from app.domain.requests import Request
from app.domain.signals import Signal
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState
from app.persistence.database import Work

SOURCES = (SignalSource.US, SignalSource.PARTNER, SignalSource.REQUESTER)
"""Whose word is noted by hand. A provider's comes by `take_replies` alone."""


@dataclass(frozen=True)
class SignalInput:
    """One word, for the places it is true of."""

    request_id: str
    location_ids: tuple[str, ...]
    source: SignalSource
    seen: Seen


@dataclass(frozen=True)
class Noted:
    """What came of a word, in numbers of places: confirmed gone by it, still gone when looked at again, back
    again, and those that stand as before."""

    gone: int = 0
    watched: int = 0
    back: int = 0
    unmoved: int = 0


def note_signal(kit: Kit, actor: Caseworker, given: SignalInput) -> Noted:
    """Keep the word for each place, with its line in the trail, and follow it: all of them, or none.

    Raises NotAllowed for a provider's word, and for a place about which no notice went out, or that was
    withdrawn. NotFound, NotHolding, Stale.
    """
    if given.source not in SOURCES:
        raise NotAllowed
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        findings = findings_in(work, open_case_keys(work, actor.team, request.id), request.id)
        locations = {one.id: one for one in work.requests.locations_of(request.id)}
        chosen = tuple(dict.fromkeys(given.location_ids))
        if not chosen or not set(chosen) <= set(locations):
            raise NotFound
        before = [locations[one] for one in chosen]
        after = [
            follow_signal(kit, work, request, one, _signal(given, actor, one, at), findings) for one in before
        ]
        changed = [new for old, new in zip(before, after, strict=True) if new != old]
        save_moves(work, request, *changed)
        work.commit()
    return came_of(zip(before, after, strict=True))


def follow_signal(
    kit: Kit,
    work: Work,
    request: Request,
    location: Location,
    word: Signal,
    findings: dict[str, Finding],
) -> Location:
    """One word about one place, in the caller's transaction, which saves the location. Raises NotAllowed."""
    if location.state not in GONE_OUT:
        raise NotAllowed
    work.trail.append(request.trail_id, Entry(TrailKind.SIGNAL_NOTED, location.id), word.by, word.said_at)
    return follow_word(work, request, location, word, kit.settings.times, findings.get(location.id))


def _signal(given: SignalInput, actor: Caseworker, location: Location, at: datetime) -> Signal:
    return Signal(new_id(), location.id, location.back_count, given.source, given.seen, at, actor.id)


def came_of(moves: Iterable[tuple[Location, Location]]) -> Noted:
    """Count places by what a word did to each: before and after."""
    counts = dict.fromkeys(("gone", "watched", "back", "unmoved"), 0)
    names = {LocationState.GONE: "gone", LocationState.WATCHED: "watched", LocationState.BACK: "back"}
    for before, after in moves:
        has_moved = (before.state, before.watch_step) != (after.state, after.watch_step)
        counts[names[after.state] if has_moved else "unmoved"] += 1
    return Noted(**counts)
