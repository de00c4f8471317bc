"""A child asked alone while somebody acts for them: the child's request becomes part of the other one.

The child keeps their code, their voice and their messages; their places come along. The representative is
shown nothing of it: not that the child asked, and no place that only the child named.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import CaseKeys, open_case_keys, wrap_under
from app.casework.cases import load_held, save_moves
from app.casework.current_team import current_team
from app.casework.errors import NotAllowed
from app.casework.joined_holding import move_holding
from app.casework.joined_places import JoinedPlaces, move_places
from app.casework.joined_proofs import move_decisions
from app.casework.joined_series import move_series
from app.casework.kit import Kit, new_id
from app.casework.voices import voice_of, voice_record
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import Asker, Content, SafetyState, Standing
from app.persistence.database import Work
from app.persistence.joining import Move
from app.persistence.parties import Party
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose

_ITSELF = (Asker.PERSON, Asker.UNSAID)


@dataclass(frozen=True)
class JoinInput:
    """`request_id`: where a representative asks; `child_request_id`: where the child asks alone.

    `is_verified`: the caseworker has made sure that it is the child who asks there.
    """

    request_id: str
    child_request_id: str
    is_verified: bool = False


def join_requests(kit: Kit, actor: Caseworker, given: JoinInput) -> None:
    """Move the child, with all that is theirs, and end the request that is left empty.

    Raises NotAllowed when the child has an access there already, when nobody acts for them there, when a
    notice was made in the child's request, or a referral, or when more than the child asks in it; NotHolding
    unless the caseworker holds both; NotFound, Stale.
    """
    if given.request_id == given.child_request_id:
        raise NotAllowed
    at = kit.clock()
    with kit.database.writing() as work:
        current_team(kit, work, actor)
        # Always in one order: two caseworkers who join the same two cases must not wait for each other.
        held = {
            one: load_held(work, actor, one, kit)
            for one in sorted((given.request_id, given.child_request_id))
        }
        target, source = held[given.request_id], held[given.child_request_id]
        target_keys, source_keys = (open_case_keys(work, actor.team, one.id) for one in (target, source))
        child = _child(work, source, source_keys)
        _check_target(work, target, target_keys)
        move = Move(child.id, source.id, target.id, number=2)
        joined = JoinedPlaces(move, target_keys, source_keys, source.received_at, at)
        changed = move_places(work, joined)
        _move_safety(work, move, target_keys, source_keys)
        target = move_holding(work, target, source, target_keys, source_keys, actor.id, at)
        move_series(work, actor, source.id, target.id)
        _move_party(work, child, move, target_keys, source, source_keys, given.is_verified)
        save_moves(work, _as_careful(target, source, at), *changed)
        work.requests.save(_ended(source, at))
        work.trail.append(target.trail_id, Entry(TrailKind.REQUESTS_JOINED, child.id), actor.id, at)
        work.trail.append(source.trail_id, Entry(TrailKind.REQUESTS_JOINED), actor.id, at)
        work.commit()


def _child(work: Work, source: Request, keys: CaseKeys) -> Party:
    found = work.parties.of_request(source.id)
    if len(found) != 1 or found[0].standing is not Standing.OWN:
        raise NotAllowed
    if work.notices.of_request(source.id) or work.referrals.of_request(source.id):
        raise NotAllowed  # others know its places by this case
    if _asker(found[0], keys) not in _ITSELF:
        raise NotAllowed
    return found[0]


def _check_target(work: Work, target: Request, keys: CaseKeys) -> None:
    filer, *others = work.parties.of_request(target.id)
    if others or not _asker(filer, keys).is_representative:
        raise NotAllowed


def _asker(party: Party, keys: CaseKeys) -> Asker:
    record = unlock_record(keys.voices[party.id], Purpose.STATEMENT, party.id, party.facts_sealed)
    return voice_of(record).asker


def _move_party(
    work: Work,
    child: Party,
    move: Move,
    target_keys: CaseKeys,
    source: Request,
    source_keys: CaseKeys,
    is_verified: bool,
) -> None:
    """Their code goes on opening their voice; their voice opens the other request's key from now on."""
    voice_key = source_keys.voices[child.id]
    record = unlock_record(voice_key, Purpose.STATEMENT, child.id, child.facts_sealed)
    shared = unlock_record(source_keys.request, Purpose.REQUEST_FACTS, source.id, source.facts_sealed)
    # What they said is there was shared in a request of their own; here it stays theirs.
    voice = replace(voice_of(record), contents=tuple(Content(one) for one in shared["contents"]))
    joined = replace(
        child,
        request_id=move.target_id,
        number=move.number,
        standing=Standing.OWN if is_verified else Standing.CHILD,
        generation=child.generation + 1,  # a session of theirs knows the other request: they come in anew
        facts_sealed=lock_record(voice_key, Purpose.STATEMENT, child.id, voice_record(voice)),
    )
    for kind in ("request", "desk"):
        work.wraps.destroy(move.source_id, kind)
    work.joining.move_party(move)
    work.parties.save(joined)
    move_decisions(work, child.id, source_keys, target_keys)
    work.wraps.add(
        wrap_under(
            voice_key, child.id, Purpose.REQUEST_KEY, move.target_id, move.target_id, target_keys.request
        )
    )


def _move_safety(work: Work, move: Move, target_keys: CaseKeys, source_keys: CaseKeys) -> None:
    """Checks that were made of the child's request stay to be read."""
    for note in work.safety_notes.of_request(move.source_id):
        record = unlock_record(source_keys.desk, Purpose.SAFETY_NOTE, note.id, note.note_sealed)
        kept_id = new_id()
        sealed = lock_record(target_keys.desk, Purpose.SAFETY_NOTE, kept_id, record)
        work.safety_notes.add(replace(note, id=kept_id, request_id=move.target_id, note_sealed=sealed))
    work.joining.destroy_safety_notes(move.source_id)


def _as_careful(target: Request, source: Request, at: datetime) -> Request:
    """The more careful of both: danger is danger, a hold holds, and a check that is due stays due."""
    target = target.in_danger(bool(target.danger or source.danger))
    if SafetyState.HOLD in (target.safety, source.safety):
        return replace(target, safety=SafetyState.HOLD, safety_by=None)
    if source.safety is SafetyState.DUE and target.safety is not SafetyState.DUE:
        return replace(target, safety=SafetyState.DUE, safety_by=source.safety_by)
    if source.safety is SafetyState.DUE and source.safety_by is not None and target.safety_by is not None:
        return replace(target, safety_by=min(target.safety_by, source.safety_by))
    return target


def _ended(source: Request, at: datetime) -> Request:
    """Empty, hidden from everybody, and due to be destroyed at the next sweep."""
    hidden, _entry = source.forget(at)
    return replace(hidden, destroy_at=at)
