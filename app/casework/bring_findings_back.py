"""Bringing findings of one case, and what was seen at its places, back from the hotline's authorised system:
all that is chosen, or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.casework.actors import Caseworker
from app.casework.assess import chosen_places, keep_finding
from app.casework.brought_findings import REFERENCE, Brought, LineUnread, in_our_columns, read_brought
from app.casework.case_folder import CasePlace
from app.casework.case_keys import open_case_keys
from app.casework.cases import load_for, load_held, save_moves
from app.casework.count_outcome import findings_in
from app.casework.errors import NotAllowed, NotFound, Stale
from app.casework.exposure import count_case
from app.casework.kit import Kit, new_id
from app.casework.note_signal import follow_signal
from app.casework.open_case import places_of
from app.casework.place_references import Referred, places_by_reference
from app.casework.staged_lists import ListKind, Staged, StageInput, drop_staged, keep_rows, load_staged
from app.domain.assessments import Finding
from app.domain.moves import ASSESSABLE, GONE_OUT
from app.domain.requests import Request
from app.domain.signals import Signal
from app.domain.trail import Entry, TrailKind
from app.domain.words import LocationState
from app.persistence.database import Work
from app.places.list_files import LineProblem, read_rows

_MAY_BE_FOUND = ASSESSABLE | {LocationState.RECEIVED}


@dataclass(frozen=True)
class ReadLine:
    """What one good line would do. `is_stale`: its place moved since it was taken out, so that the caseworker
    decides anew. `is_open`: a finding may be made there now, or it was looked at after a notice."""

    line: int
    place: CasePlace
    brought: Brought
    is_stale: bool

    @property
    def finding(self) -> Finding | None:
        return self.brought.finding

    @property
    def is_look(self) -> bool:
        """Whether it says what was seen where a notice went out: a word of its own (note_signal.py)."""
        return self.brought.seen is not None and self.place.state in GONE_OUT

    @property
    def is_open(self) -> bool:
        return self.is_look or (self.finding is not None and self.place.state in _MAY_BE_FOUND)

    def __repr__(self) -> str:
        return f"ReadLine({self.line})"


@dataclass(frozen=True)
class FindingsPreview:
    """A list of findings beside the case as it stands now."""

    request_id: str
    staged: Staged
    lines: tuple[ReadLine, ...]
    problems: tuple[LineProblem, ...]
    is_mine: bool  # the actor holds the case

    def __repr__(self) -> str:
        return f"FindingsPreview({self.request_id})"


@dataclass(frozen=True)
class BringInput:
    """`lines`: those that go on. `versions`: of the places as they were on the page, by location id."""

    staged_id: str
    lines: tuple[int, ...]
    versions: Mapping[str, int]

    def __repr__(self) -> str:
        return f"BringInput({self.staged_id})"


def require_case(kit: Kit, actor: Caseworker, request_id: str) -> None:
    """For the page that takes the list: it opens nothing. Raises Recused, NotFound."""
    with kit.database.reading() as work:
        load_for(work, actor, request_id)


def stage_findings(kit: Kit, actor: Caseworker, request_id: str, raw: bytes | memoryview) -> Staged:
    """Keep a list of findings until it is confirmed. Raises ListRefused (no_column: it names no place or no
    kind), NotAllowed when too many lists wait, Recused, NotFound, Busy."""
    require_case(kit, actor, request_id)
    rows = kit.take_turns(kit.documents, lambda: in_our_columns(read_rows(raw)))
    return keep_rows(kit, actor, StageInput(ListKind.FINDINGS, b"", more={"request_id": request_id}), rows)


def preview_findings(kit: Kit, actor: Caseworker, staged_id: str) -> FindingsPreview:
    """What each line would do now. It opens the case: that is counted, and stands in its trail.

    Raises NotFound, Recused, EnoughForToday.
    """
    staged, request_id = _own_findings(kit, actor, staged_id)
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_for(work, actor, request_id)
        count_case(kit, work, actor, request)
        lines, problems = _read(work, actor, staged, request_id)
        work.trail.append(request.trail_id, Entry(TrailKind.CASE_OPENED), actor.id, at)
        work.commit()
    return FindingsPreview(request_id, staged, lines, problems, request.is_held_by(actor.id, at))


def bring_findings_back(kit: Kit, actor: Caseworker, given: BringInput) -> int:
    """Keep what was seen, make the chosen findings, all of them or none, and use up the list. How many places
    it was about.

    Raises Stale when a place moved since the page was shown, NotAllowed where no finding can be made,
    NotHolding, NotFound (no line chosen, the list is gone, or such a line is not in it).
    """
    staged, request_id = _own_findings(kit, actor, given.staged_id)
    at = kit.clock()
    with kit.database.writing() as work:
        request = load_held(work, actor, request_id, kit)
        lines, _problems = _read(work, actor, staged, request_id)
        chosen = _chosen(lines, given)
        drop_staged(work, actor, staged.id)
        request = _looked_at(kit, work, actor, request, chosen, at)
        for finding, ids in _by_finding(work, request_id, chosen).items():
            locations = work.requests.locations_of(request_id)
            versions = {one.id: one.version for one in locations}  # of the page: `_chosen` has compared them
            found_at = chosen_places(locations, tuple(ids), tuple(versions[one] for one in ids), at)
            keep_finding(work, actor, request, found_at, finding, at)
            request = load_held(work, actor, request_id, kit)
        work.trail.append(request.trail_id, Entry(TrailKind.FINDINGS_BROUGHT_BACK), actor.id, at)
        work.commit()
    return len(chosen)


def _looked_at(
    kit: Kit,
    work: Work,
    actor: Caseworker,
    request: Request,
    chosen: list[ReadLine],
    at: datetime,
) -> Request:
    """Follow what was seen, and the request as it is then. Raises NotAllowed, Stale."""
    looks = {one.place.id: one.brought for one in chosen if one.is_look}
    if not looks:
        return request
    findings = findings_in(work, open_case_keys(work, actor.team, request.id), request.id)
    moved = []
    for location in work.requests.locations_of(request.id):
        seen = looks[location.id].seen if location.id in looks else None
        if seen is not None:
            source = looks[location.id].source
            word = Signal(new_id(), location.id, location.back_count, source, seen, at, actor.id)
            moved.append((location, follow_signal(kit, work, request, location, word, findings)))
    save_moves(work, request, *(new for old, new in moved if new != old))
    return load_held(work, actor, request.id, kit)


def _own_findings(kit: Kit, actor: Caseworker, staged_id: str) -> tuple[Staged, str]:
    staged = load_staged(kit, actor, staged_id)
    if staged.kind is not ListKind.FINDINGS:
        raise NotFound
    return staged, str(staged.more["request_id"])


def _read(
    work: Work, actor: Caseworker, staged: Staged, request_id: str
) -> tuple[tuple[ReadLine, ...], tuple[LineProblem, ...]]:
    """Each line beside its place as it stands now. Only places of this very case are known."""
    keys = open_case_keys(work, actor.team, request_id)
    request = load_for(work, actor, request_id)
    known = places_by_reference(keys, places_of(work, request, keys))
    lines: dict[str, ReadLine] = {}
    problems = list(staged.rows.problems)
    for row in staged.rows.rows:
        try:
            referred = _referred(known, row.values[REFERENCE])
            found = read_brought(row)
        except LineUnread as unread:
            problems.append(LineProblem(row.line, unread.code))
            continue
        if referred.place.id in lines:
            problems.append(LineProblem(row.line, "repeated"))
        else:
            read = ReadLine(row.line, referred.place, found, referred.is_stale)
            lines[referred.place.id] = read
    problems.sort(key=lambda one: one.line)
    return tuple(lines.values()), tuple(problems)


def _referred(known: Mapping[str, Referred], reference: str) -> Referred:
    found = known.get(reference.upper())
    if found is None:
        raise LineUnread("reference")
    return found


def _chosen(lines: tuple[ReadLine, ...], given: BringInput) -> list[ReadLine]:
    """The lines that go on, each at a place as it was on the page. Raises NotFound, Stale, NotAllowed."""
    wanted = [one for one in lines if one.line in given.lines]
    if not wanted or len(wanted) != len(set(given.lines)):
        raise NotFound
    if any(given.versions.get(one.place.id) != one.place.version for one in wanted):
        raise Stale
    if not all(one.is_open for one in wanted):
        raise NotAllowed
    return wanted


def _by_finding(work: Work, request_id: str, chosen: list[ReadLine]) -> dict[Finding, list[str]]:
    """Ids of the places with one finding together: where one can be made, now that they were looked at."""
    states = {one.id: one.state for one in work.requests.locations_of(request_id)}
    found: dict[Finding, list[str]] = {}
    for one in chosen:
        if one.finding is not None and states[one.place.id] in _MAY_BE_FOUND:
            found.setdefault(one.finding, []).append(one.place.id)
    return found
