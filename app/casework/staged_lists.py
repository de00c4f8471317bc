"""Lists between preview and confirmation: sealed to the key of who brought them, theirs alone, for a day."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum, unique

from app.casework.actors import Staff
from app.casework.errors import NotAllowed, NotFound
from app.casework.kit import Kit, new_id
from app.domain.times import to_minute
from app.persistence.database import Work
from app.persistence.errors import NotThere
from app.persistence.forgetting import scrub_if_quick
from app.persistence.staged_lists import StagedRow
from app.places.list_files import LineProblem, ListRow, ListRows, read_rows
from app.vault.pairs import KeyPair
from app.vault.records import Record, open_record_with, seal_record_to
from app.vault.seal import NotOpened, Purpose

KEPT_FOR = timedelta(days=1)
MOST_AT_ONCE = 10
LONGEST_NAME = 80


@unique
class ListKind(StrEnum):
    """What a list is for. The values are stored."""

    OWN_MOTION = "own_motion"
    FINDINGS = "findings"
    PROVIDERS = "providers"


@dataclass(frozen=True)
class StageInput:
    """A list as it came. `name` is what its owner calls it; `more` is what its kind needs beside the rows."""

    kind: ListKind
    raw: bytes | memoryview
    name: str = ""
    more: Record = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"StageInput({self.kind})"


@dataclass(frozen=True)
class Staged:
    """A list that waits for its owner to go on."""

    id: str
    kind: ListKind
    made_at: datetime
    name: str
    rows: ListRows
    more: Record

    def __repr__(self) -> str:
        return f"Staged({self.id}, {self.kind})"


@dataclass(frozen=True)
class StagedLine:
    """A list as the page of all lists shows it."""

    id: str
    kind: ListKind
    made_at: datetime
    name: str
    good: int
    bad: int
    request_id: str  # the case it belongs to, if it belongs to one

    def __repr__(self) -> str:
        return f"StagedLine({self.id}, {self.kind})"


def stage_list(kit: Kit, actor: Staff, given: StageInput) -> Staged:
    """Read a list and keep it sealed. Raises ListRefused; NotAllowed when too many wait already."""
    return keep_rows(kit, actor, given, read_rows(given.raw))


def keep_rows(kit: Kit, actor: Staff, given: StageInput, rows: ListRows) -> Staged:
    """The same for what was read already. Raises NotAllowed when too many wait."""
    at = to_minute(kit.clock())
    made = Staged(new_id(), given.kind, at, given.name.strip()[:LONGEST_NAME], rows, given.more)
    public = actor.pair.public
    facts: Record = {"name": made.name, "good": len(rows.rows), "bad": len(rows.problems)}
    facts["request_id"] = given.more.get("request_id", "")
    row = StagedRow(
        made.id,
        actor.id,
        made.kind,
        at,
        seal_record_to(public, Purpose.STAGED_LIST, f"{made.id} facts", facts),
        seal_record_to(public, Purpose.STAGED_LIST, made.id, _record(made)),
    )
    with kit.database.writing() as work:
        if work.staged_lists.count(actor.id) >= MOST_AT_ONCE:
            raise NotAllowed
        work.staged_lists.add(row)
        work.commit()
    return made


def load_staged(kit: Kit, actor: Staff, staged_id: str) -> Staged:
    """The actor's own list, opened. Raises NotFound."""
    with kit.database.reading() as work:
        try:
            row = work.staged_lists.load(staged_id, actor.id)
        except NotThere:
            raise NotFound from None
    if _is_over(kit, row.made_at):
        raise NotFound
    return _opened(row, actor.pair)


def drop_staged(work: Work, actor: Staff, staged_id: str) -> None:
    """Within the transaction that uses it: each list is used once. Raises NotFound when it is gone."""
    if not work.staged_lists.drop(staged_id, actor.id):
        raise NotFound


def forget_staged(kit: Kit, actor: Staff, staged_id: str) -> None:
    """Drop a list unused. Silent when it is gone already."""
    with kit.database.writing() as work:
        work.staged_lists.drop(staged_id, actor.id)
        work.commit()
    scrub_if_quick(kit.database.engine)


def staged_of(kit: Kit, actor: Staff) -> tuple[StagedLine, ...]:
    """The actor's own lists, the newest first."""
    with kit.database.reading() as work:
        rows = work.staged_lists.of_member(actor.id)
    return tuple(_line(row, actor.pair) for row in rows if not _is_over(kit, row.made_at))


def sweep_staged_lists(kit: Kit) -> int:
    """How many were destroyed because their day is over."""
    with kit.database.writing() as work:
        count = work.staged_lists.sweep(kit.clock() - KEPT_FOR)
        work.commit()
    return count


def _is_over(kit: Kit, made_at: datetime) -> bool:
    return made_at + KEPT_FOR <= kit.clock()


def _record(staged: Staged) -> Record:
    return {
        "name": staged.name,
        "more": staged.more,
        "header": staged.rows.header,
        "rows": [(row.line, *row.values) for row in staged.rows.rows],
        "problems": [(one.line, one.code) for one in staged.rows.problems],
        "is_json": staged.rows.is_json,
    }


def _opened(row: StagedRow, pair: KeyPair) -> Staged:
    try:
        record = open_record_with(pair, Purpose.STAGED_LIST, row.id, row.list_sealed)
    except NotOpened:  # their key is a new one
        raise NotFound from None
    rows = ListRows(
        tuple(record["header"]),
        tuple(ListRow(line, tuple(values)) for line, *values in record["rows"]),
        tuple(LineProblem(line, code) for line, code in record["problems"]),
        record["is_json"],
    )
    return Staged(row.id, ListKind(row.kind), row.made_at, record["name"], rows, record["more"])


def _line(row: StagedRow, pair: KeyPair) -> StagedLine:
    try:
        facts = open_record_with(pair, Purpose.STAGED_LIST, f"{row.id} facts", row.facts_sealed)
    except NotOpened:
        facts = {"name": "", "good": 0, "bad": 0, "request_id": ""}
    return StagedLine(row.id, ListKind(row.kind), row.made_at, **facts)
