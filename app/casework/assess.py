"""A caseworker's finding on one or several locations of a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.case_keys import CaseKeys, open_case_keys
from app.casework.case_proofs import proofs_of
from app.casework.cases import load_held, save_moves
from app.casework.count_outcome import count_outcome
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.findings import finding_of, finding_record, with_proof
from app.casework.kit import Kit, new_id
from app.casework.policy import policy_of
from app.casework.reopen_request import trusted
from app.domain.assessments import Finding
from app.domain.counting import Counted
from app.domain.desk_words import Step, Why
from app.domain.locations import Location
from app.domain.requests import Request
from app.domain.trail import Entry, TrailKind
from app.domain.words import Kind, LocationState
from app.persistence.assessments import Assessment
from app.persistence.database import Work
from app.vault.records import lock_record, unlock_record
from app.vault.seal import Purpose


@dataclass(frozen=True)
class AssessInput:
    """`versions` are those of the locations when the page was shown, in the same order."""

    request_id: str
    location_ids: tuple[str, ...]
    versions: tuple[int, ...]
    finding: Finding

    def __repr__(self) -> str:
        return f"AssessInput({self.request_id})"


@dataclass(frozen=True)
class Assessed:
    """How the case stands now, in numbers of places: without a finding, waiting for a notice, and waiting
    until a colleague finds the same "no", by the hotline's policy."""

    left: int
    to_notice: int
    for_second: int


def assess(kit: Kit, actor: Caseworker, given: AssessInput) -> Assessed:
    """Keep the finding, with the proof that the case has now. A "no" to a question refuses nothing: the place
    then waits for a hearing, or for a colleague who has to find the same first.

    Raises Stale when a location moved since the page was shown, NotAllowed when a notice is already on its
    way, NotHolding, NotFound.
    """
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        locations = work.requests.locations_of(request.id)
        chosen = chosen_places(locations, given.location_ids, given.versions, at)
        assessed = keep_finding(work, actor, request, chosen, given.finding, at)
        work.commit()
    return assessed


def keep_finding(
    work: Work,
    actor: Caseworker,
    request: Request,
    chosen: tuple[Location, ...],
    finding: Finding,
    at: datetime,
) -> Assessed:
    """One finding for places of a case that the actor holds, within the caller's transaction: once, last.

    Raises Stale.
    """
    keys = open_case_keys(work, actor.team, request.id)
    finding = with_proof(finding, proofs_of(work, request.id, keys, actor.team, at))
    waits = _waits_for_second(work, actor, chosen, keys, finding)
    made, moved = [], []
    assessed_before = work.assessments.newest(request.id)
    for location in chosen:
        if location.id not in assessed_before:
            count_outcome(work, finding, Counted.ASSESSED, at)
        made.append(_sealed(location, finding, actor, keys, at))
        stays = location.id in waits
        moved.append(_as_found(location if stays else location.move(_state(finding), at), finding))
        work.trail.append(request.trail_id, Entry(TrailKind.LOCATION_ASSESSED, location.id), actor.id, at)
    work.assessments.add(request.id, tuple(made))
    before = work.requests.locations_of(request.id)
    # What somebody judges is a request, whatever was thought of it before.
    save_moves(work, trusted(work, request, actor.id, at), *moved)
    return _standing({one.id: one for one in (*before, *moved)}.values(), waits)


def _standing(locations: Iterable[Location], waits: frozenset[str]) -> Assessed:
    states = [one.state for one in locations if one.id not in waits]
    left = sum(state in (LocationState.RECEIVED, LocationState.ASSESSING) for state in states)
    return Assessed(left, states.count(LocationState.ASSESSED), len(waits))


def chosen_places(
    locations: tuple[Location, ...], ids: tuple[str, ...], versions: tuple[int, ...], at: datetime
) -> tuple[Location, ...]:
    """The chosen ones, as they were seen; what came in while the case was held is looked at from now on.

    Raises Stale, NotAllowed where no finding can be made, NotFound.
    """
    by_id = {location.id: location for location in locations}
    chosen = []
    for location_id, version in zip(ids, versions, strict=True):
        if location_id not in by_id:
            raise NotFound
        if by_id[location_id].version != version:
            raise Stale
        location = by_id[location_id]
        if location.state is LocationState.RECEIVED:
            location = location.move(LocationState.ASSESSING, at)
        if not location.can_be_assessed:
            raise NotAllowed
        chosen.append(location)
    if not chosen:
        raise NotFound
    return tuple(chosen)


def _state(finding: Finding) -> LocationState:
    return LocationState.ASSESSED if finding.asks_removal else LocationState.HEARING_DUE


def _sealed(
    location: Location, finding: Finding, actor: Caseworker, keys: CaseKeys, at: datetime
) -> Assessment:
    assessment_id = new_id()
    sealed = lock_record(keys.desk, Purpose.ASSESSMENT, assessment_id, finding_record(finding))
    return Assessment(assessment_id, location.id, actor.id, at, sealed)


def _as_found(location: Location, finding: Finding) -> Location:
    """What the queue may know of a finding."""
    known = location.of_age(finding.age_band)
    return known.knowing(Why.IDENTITY) if finding.kind is Kind.IDENTITY else known


def _waits_for_second(
    work: Work, actor: Caseworker, chosen: tuple[Location, ...], keys: CaseKeys, finding: Finding
) -> frozenset[str]:
    """Those of the chosen that stay where they are: a first "no", where the policy asks for two people."""
    if finding.asks_removal or not policy_of(work).takes_two(Step.OUTSIDE):
        return frozenset()
    newest = work.assessments.newest(chosen[0].request_id)
    waits = set()
    for one in chosen:
        made = newest.get(one.id)
        is_agreed = made is not None and made.made_by != actor.id and not _asks_removal(made, keys)
        if not is_agreed and one.state is not LocationState.HEARING_DUE:
            waits.add(one.id)
    return frozenset(waits)


def _asks_removal(made: Assessment, keys: CaseKeys) -> bool:
    record = unlock_record(keys.desk, Purpose.ASSESSMENT, made.id, made.finding_sealed)
    return finding_of(record).asks_removal
