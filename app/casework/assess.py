"""A caseworker's finding on one or several locations of a case."""

from dataclasses import dataclass

from app.casework.actors import Caseworker
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_held, save_moves
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.findings import finding_record
from app.casework.kit import Kit, new_id
from app.domain.assessments import Finding
from app.domain.locations import Location
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState
from app.persistence.requests import Assessment
from app.vault.records import lock_record
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


def assess(kit: Kit, actor: Caseworker, given: AssessInput) -> None:
    """Keep the finding. A "no" to a question refuses nothing: the place then waits for a hearing.

    Raises Stale when a location moved since the page was shown, NotAllowed when a notice is
    already on its way, NotHolding, NotFound.
    """
    at = kit.clock()
    to = LocationState.ASSESSED if given.finding.asks_removal else LocationState.HEARING_DUE
    with kit.database.writing() as work:
        request = load_held(work, actor, given.request_id, kit)
        keys = open_case_keys(work, actor.team, request.id)
        chosen = _chosen(work.requests.locations_of(request.id), given)
        made, moved = [], []
        for location in chosen:
            assessment_id = new_id()
            sealed = lock_record(keys.desk, Purpose.ASSESSMENT, assessment_id, finding_record(given.finding))
            made.append(Assessment(assessment_id, location.id, actor.id, at, sealed))
            moved.append(location.move(to, at))
            work.trail.append(request.trail_id, Entry(TrailKind.LOCATION_ASSESSED, location.id), actor.id, at)
        work.requests.add_assessments(request.id, tuple(made))
        save_moves(work, request, *moved)
        work.commit()


def _chosen(locations: tuple[Location, ...], given: AssessInput) -> list[Location]:
    by_id = {location.id: location for location in locations}
    chosen = []
    for location_id, version in zip(given.location_ids, given.versions, strict=True):
        if location_id not in by_id:
            raise NotFound
        if by_id[location_id].version != version:
            raise Stale
        if not by_id[location_id].can_be_assessed:
            raise NotAllowed
        chosen.append(by_id[location_id])
    if not chosen:
        raise NotFound
    return chosen
